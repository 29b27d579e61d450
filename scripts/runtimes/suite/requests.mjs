// A call: what is sent, what is sent again, and what comes back.
import { check, rejectionOf, same, timed } from "./world.mjs"

export const requests = [
  [
    "a GET is repeated after a 503",
    async ({ inject, signedIn, statuses }) => {
      const linxio = await signedIn({ retry: { delayMs: 1 } })
      await inject({ fault: "status", status: 503, endpoint: "vehicleCount", times: 2 })
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
    async ({ baseUrl, inject, sdk, signedIn, statuses }) => {
      const linxio = await signedIn({ retry: { delayMs: 1 } })
      const headers = { authorization: `Bearer ${linxio.session().token}`, "content-type": "application/json" }
      const lose = () => inject({ fault: "lose-response", endpoint: "logout", times: 10 })
      await lose()
      const error = await rejectionOf(linxio.request("POST", "/logout", { body: {} }))
      check(error instanceof sdk.LinxioNetworkError, `the call failed with ${error}`)
      same(error.attempts, 1, "the attempts")
      const sent = (await statuses()).length
      await lose()
      await rejectionOf(fetch(`${baseUrl}/logout`, { method: "POST", headers, body: "{}" }))
      const plain = (await statuses()).length - sent
      check(sent === 1 || sent <= plain, `it was sent ${sent} times, and ${plain} times by plain fetch`)
    }
  ],
  [
    "a 429 is repeated after its Retry-After",
    async ({ inject, signedIn, statuses }) => {
      const linxio = await signedIn({ retry: { delayMs: 1 } })
      await inject({ fault: "rate-limit", retryAfter: 1, endpoint: "vehicleCount" })
      const [answer, ms] = await timed(linxio.request("GET", "/vehicles/count"))
      same([answer, await statuses()], [{ count: 3 }, [429, 200]], "the answers")
      // Timers of some runtimes are early by a few milliseconds.
      check(ms >= 950, `it waited ${ms} ms, and not the second that the server asked for`)
    }
  ],
  [
    "a query and a header are sent, and bytes come back",
    async ({ evidence, signedIn }) => {
      const linxio = await signedIn()
      const bytes = await linxio.request("GET", "/vehicles/count", {
        query: { ids: [1, 2], from: new Date(0) },
        headers: { "x-purpose": "a test" },
        responseType: "arrayBuffer"
      })
      check(bytes instanceof ArrayBuffer, "it is no ArrayBuffer")
      same(JSON.parse(new TextDecoder().decode(bytes)), { count: 3 }, "the bytes")
      const { query } = (await evidence()).requests[0]
      same(
        [...new URLSearchParams(query)].flat(),
        ["ids[]", "1", "ids[]", "2", "from", new Date(0).toJSON()],
        "the query"
      )
    }
  ],
  [
    "a redirect to another place is not followed",
    async ({ evidence, inject, sdk, signedIn }) => {
      const linxio = await signedIn({ retry: { retries: 0 } })
      await inject({ fault: "redirect", to: "http://127.0.0.1:9/elsewhere", endpoint: "vehicleCount" })
      const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
      check(error instanceof sdk.LinxioApiError, `the call failed with ${error}`)
      same([error.reason, (await evidence()).requests.length], ["Redirected", 1], "the reason, and the requests")
    }
  ],
  [
    "no request of a sign-in or a refresh carries a bearer",
    async ({ evidence, inject, signedIn }) => {
      const linxio = await signedIn()
      await inject({ fault: "expire-access-tokens" })
      await linxio.request("GET", "/vehicles/count")
      same((await evidence()).bearerOnAuthEndpoints, [], "bearers where none belongs")
    }
  ]
]
