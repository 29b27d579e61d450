// What a failure looks like: a class, a name, the facts, and no secret.
import { accounts, check, rejectionOf, same } from "./world.mjs"

const names = ["Abort", "Api", "Authentication", "Configuration", "Decode", "Network", "Store", "Timeout", "Validation"]

/** What the runtime prints for a value, where it offers that. */
const inspect = (value) => {
  const { Bun, Deno, process } = globalThis
  const print = Bun?.inspect ?? Deno?.inspect ?? process?.getBuiltinModule?.("node:util")?.inspect ?? String
  return print(value)
}

export const errors = [
  [
    "every error class is exported, and an option that cannot be used is refused by name",
    async ({ client, sdk }) => {
      for (const name of names)
        check(sdk[`Linxio${name}Error`]?.prototype instanceof sdk.LinxioError, `Linxio${name}Error is missing`)
      try {
        client({ timeoutMs: 0 })
      } catch (error) {
        check(error instanceof sdk.LinxioConfigurationError, `createClient threw ${String(error)}`)
        return same([error.name, error._tag, error.option], [error._tag, "LinxioConfigurationError", "timeoutMs"], "it")
      }
      throw new Error("createClient accepted timeoutMs: 0")
    }
  ],
  [
    "a 404 is a LinxioApiError with the facts of the answer",
    async ({ inject, sdk, signedIn }) => {
      const linxio = await signedIn()
      await inject({ fault: "status", status: 404, endpoint: "vehicles.count" })
      const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
      check(error instanceof sdk.LinxioApiError && error instanceof Error, `the call failed with ${error}`)
      const { method, name, path, reason, requestId, retryable, status } = error
      same(
        [name, status, reason, method, path, retryable],
        ["LinxioApiError", 404, "NotFound", "GET", "/api/vehicles/count", false],
        "it"
      )
      check(typeof requestId === "string", "the X-Request-Id of the answer is missing")
    }
  ],
  [
    "an HTML page in place of an answer is a typed error",
    async ({ inject, sdk, signedIn }) => {
      const linxio = await signedIn({ retry: { retries: 0 } })
      await inject({ fault: "html", status: 200, endpoint: "vehicles.count" })
      const decode = await rejectionOf(linxio.request("GET", "/vehicles/count"))
      check(decode instanceof sdk.LinxioDecodeError, `with status 200 the call failed with ${decode}`)
      await inject({ fault: "html", status: 502, endpoint: "vehicles.count" })
      const api = await rejectionOf(linxio.request("GET", "/vehicles/count"))
      check(api instanceof sdk.LinxioApiError, `with status 502 the call failed with ${api}`)
      same([decode.status, api.status, api.retryable], [200, 502, true], "the statuses")
    }
  ],
  [
    "a connection that breaks is a LinxioNetworkError",
    async ({ inject, sdk, signedIn }) => {
      const linxio = await signedIn({ retry: { retries: 0 } })
      // Browsers and Bun repeat a GET by themselves while connections that they kept break, so more of them break than they keep.
      await inject({ fault: "reset", endpoint: "vehicles.count", times: 300 })
      const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
      check(error instanceof sdk.LinxioNetworkError, `the call failed with ${error}`)
      same([error.name, error.retryable, error.attempts], ["LinxioNetworkError", true, 1], "it")
    }
  ],
  [
    "a server that is not there is a LinxioNetworkError, of a sign-in too",
    async ({ client, sdk }) => {
      const { error } = await client({ baseUrl: "http://127.0.0.1:9/api" }).auth.login({
        email: "a@b.test",
        password: "c"
      })
      check(error instanceof sdk.LinxioNetworkError, `the sign-in failed with ${error}`)
    }
  ],
  [
    "neither an error nor a client shows a secret, though the server repeats them",
    async ({ client, inject, signedIn }) => {
      const linxio = await signedIn({ retry: { retries: 0 } })
      const { refreshToken, token } = linxio.session()
      await inject({ fault: "echo-secrets", on: true })
      const { error: refused } = await client().auth.login({ email: accounts.fleet.email, password: "hunter2hunter2" })
      await inject({ fault: "status", status: 500, endpoint: "any", times: 2 })
      const failed = await rejectionOf(linxio.request("POST", "/logout", { body: { password: "hunter2hunter2" } }))
      const me = await linxio.auth.me()
      const printed = [refused, failed, me.error, me, linxio, linxio.auth.health()].flatMap((value) => [
        JSON.stringify(value),
        String(value),
        String(value.stack),
        inspect(value)
      ])
      same([refused.status, failed.status, me.error.status], [401, 500, 500], "the failures that were provoked")
      for (const secret of [token, refreshToken, accounts.fleet.password, "hunter2hunter2"])
        for (const text of printed) check(!text?.includes(secret), `${secret} is in ${text}`)
    }
  ]
]
