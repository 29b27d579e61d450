// Every wait ends: by its limit, or by its signal.
import { check, rejectionOf, same, timed } from "./world.mjs"

export const abort = [
  [
    "an answer that never comes is a LinxioTimeoutError after timeoutMs",
    async ({ inject, sdk, signedIn }) => {
      const linxio = await signedIn()
      await inject({ fault: "stall-headers", endpoint: "vehicles.count" })
      const [error, ms] = await timed(rejectionOf(linxio.request("GET", "/vehicles/count", { timeoutMs: 200 })))
      check(error instanceof sdk.LinxioTimeoutError, `the call failed with ${error}`)
      check(error instanceof sdk.LinxioNetworkError, "a timeout is no LinxioNetworkError")
      same([error.name, error.phase, error.timeoutMs], ["LinxioTimeoutError", "headers", 200], "it")
      check(ms < 10_000, `it took ${ms} ms`)
    }
  ],
  [
    "a body that stops half-way is a LinxioTimeoutError, too",
    async ({ inject, sdk, signedIn }) => {
      const linxio = await signedIn()
      await inject({ fault: "stall-body", endpoint: "vehicles.count" })
      // Long enough for the head of the answer on a busy machine.
      const error = await rejectionOf(linxio.request("GET", "/vehicles/count", { timeoutMs: 1_000 }))
      check(error instanceof sdk.LinxioTimeoutError, `the call failed with ${error}`)
      same(error.phase, "body", "the phase")
    }
  ],
  [
    "deadlineMs bounds a call with all its retries",
    async ({ inject, sdk, signedIn }) => {
      const linxio = await signedIn({ retry: { retries: 1_000, delayMs: 50, maxDelayMs: 50 } })
      await inject({ fault: "status", status: 503, endpoint: "vehicles.count", times: 1_000 })
      const [error, ms] = await timed(rejectionOf(linxio.request("GET", "/vehicles/count", { deadlineMs: 300 })))
      check(error instanceof sdk.LinxioError, `the call failed with ${error}`)
      check(ms < 10_000, `it took ${ms} ms`)
    }
  ],
  [
    "a signal ends a call at once, with its reason",
    async ({ inject, sdk, signedIn, until }) => {
      const linxio = await signedIn()
      await inject({ fault: "stall-headers", endpoint: "vehicles.count" })
      const controller = new AbortController()
      const call = rejectionOf(linxio.request("GET", "/vehicles/count", { signal: controller.signal }))
      await until(({ requests }) => requests.length === 1)
      const reason = new Error("the user left")
      controller.abort(reason)
      const [error, ms] = await timed(call)
      check(error instanceof sdk.LinxioAbortError, `the call failed with ${error}`)
      check(error.reason === reason, `the reason is ${error.reason}`)
      check(ms < 5_000, `it took ${ms} ms`)
      await until(({ requests }) => requests[0].status !== "pending")
    }
  ],
  [
    "a signal that is aborted already: nothing is sent",
    async ({ sdk, signedIn, statuses }) => {
      const linxio = await signedIn()
      const { error } = await linxio.auth.me({ signal: AbortSignal.abort("too late") })
      check(error instanceof sdk.LinxioAbortError, `the call failed with ${error}`)
      same([error.reason, await statuses()], ["too late", []], "the reason, and the requests")
    }
  ],
  [
    "closing ends the calls under way",
    async ({ inject, sdk, signedIn, until }) => {
      const linxio = await signedIn()
      await inject({ fault: "stall-headers", endpoint: "vehicles.count" })
      const call = rejectionOf(linxio.request("GET", "/vehicles/count"))
      await until(({ requests }) => requests.length === 1)
      await linxio.close()
      const error = await call
      check(error instanceof sdk.LinxioAbortError, `the call failed with ${error}`)
    }
  ]
]
