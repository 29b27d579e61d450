// A call: what is sent, what is sent again, and what comes back.
import { check, rejectionOf, same, timed } from "./world.mjs"

export const requests = [
  [
    "a GET is repeated after a 503",
    async ({ inject, signedIn, statuses }) => {
      const linxio = await signedIn({ retry: { delayMs: 1 } })
      await inject({ fault: "status", status: 503, endpoint: "vehicles.count", times: 2 })
      same(await linxio.request("GET", "/vehicles/count"), { count: 3 }, "the count")
      same(await statuses(), [503, 503, 200], "the answers")
    }
  ],
  [
    "a POST is not repeated, unless it is said to be idempotent",
    async ({ inject, sdk, signedIn, statuses }) => {
      const linxio = await signedIn({ retry: { delayMs: 1 } })
      await inject({ fault: "status", status: 503, endpoint: "logout", times: 2 })
      const error = await rejectionOf(linxio.request("POST", "/logout", { body: {} }))
      check(error instanceof sdk.LinxioApiError, `the call failed with ${error}`)
      same([error.status, error.reason, error.attempts], [503, "ServerError", 1], "the error")
      await linxio.request("POST", "/logout", { body: {}, idempotent: true })
      same(await statuses(), [503, 503, 200], "the answers")
    }
  ],
  [
    "a POST whose answer is lost is not sent again, unless the runtime does it with plain fetch, too",
    async ({ baseUrl, requestLog, inject, sdk, signedIn }) => {
      const linxio = await signedIn({ retry: { delayMs: 1 } })
      const headers = { authorization: `Bearer ${linxio.session().token}`, "content-type": "application/json" }
      const sent = async (post) => {
        // What a runtime repeats depends on the connections that it keeps, so both find as many as a browser keeps.
        await inject({ fault: "latency", ms: 50 })
        await Promise.all(Array.from({ length: 6 }, () => fetch(`${baseUrl}/me`, { headers }).then((me) => me.text())))
        await inject({ fault: "latency", ms: 0 })
        await inject({ fault: "lose-response", endpoint: "logout", times: 20 })
        const error = await rejectionOf(post())
        return [error, (await requestLog()).requests.filter(({ path }) => path === "/logout").length]
      }
      const [, plain] = await sent(() => fetch(`${baseUrl}/logout`, { method: "POST", headers, body: "{}" }))
      const [error, both] = await sent(() => linxio.request("POST", "/logout", { body: {} }))
      check(error instanceof sdk.LinxioNetworkError, `the call failed with ${error}`)
      same(error.attempts, 1, "the attempts")
      check(both - plain <= plain, `it was sent ${both - plain} times, and ${plain} times by plain fetch`)
    }
  ],
  [
    "a 429 is repeated after its Retry-After",
    async ({ inject, signedIn, statuses }) => {
      const linxio = await signedIn({ retry: { delayMs: 1 } })
      await inject({ fault: "rate-limit", retryAfter: 1, endpoint: "vehicles.count" })
      const [answer, ms] = await timed(linxio.request("GET", "/vehicles/count"))
      same([answer, await statuses()], [{ count: 3 }, [429, 200]], "the answers")
      // Timers of some runtimes are early by a few milliseconds.
      check(ms >= 950, `it waited ${ms} ms, and not the second that the server asked for`)
    }
  ],
  [
    "a query and a header are sent, and bytes come back",
    async ({ requestLog, signedIn }) => {
      const linxio = await signedIn()
      const bytes = await linxio.request("GET", "/vehicles/count", {
        query: { tags: [1, 2], since: new Date(0) },
        headers: { "x-purpose": "a test" },
        responseType: "arrayBuffer"
      })
      check(bytes instanceof ArrayBuffer, "it is no ArrayBuffer")
      same(JSON.parse(new TextDecoder().decode(bytes)), { count: 0 }, "the bytes, of no vehicle with such fields")
      const { query } = (await requestLog()).requests[0]
      same(
        [...new URLSearchParams(query)].flat(),
        ["tags[]", "1", "tags[]", "2", "since", new Date(0).toJSON()],
        "the query"
      )
    }
  ],
  [
    "a redirect to another place is not followed",
    async ({ requestLog, inject, sdk, signedIn }) => {
      const linxio = await signedIn({ retry: { retries: 0 } })
      await inject({ fault: "redirect", to: "http://127.0.0.1:9/elsewhere", endpoint: "vehicles.count" })
      const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
      check(error instanceof sdk.LinxioApiError, `the call failed with ${error}`)
      // A browser hides what a redirect was.
      check([307, 0].includes(error.status), `the status is ${error.status}`)
      same((await requestLog()).requests.length, 1, "requests")
    }
  ],
  [
    "no request of a sign-in or a refresh carries a bearer",
    async ({ requestLog, inject, signedIn }) => {
      const linxio = await signedIn()
      await inject({ fault: "expire-access-tokens" })
      await linxio.request("GET", "/vehicles/count")
      same((await requestLog()).bearerOnAuthEndpoints, [], "bearers where none belongs")
    }
  ]
]
