// The session: how it begins, how it goes on, whose it is, and how it ends.
import { accounts, check, credentials, rejectionOf, same } from "./world.mjs"

const count = { count: 3 }

/** A store in memory that keeps its promise: compare and write in one step. */
const memoryStore = () => {
  const seen = []
  const store = {
    row: null,
    seen,
    load: () => (seen.push("load"), store.row),
    swap: (next, expected) => {
      seen.push("swap")
      if ((store.row?.version ?? 0) !== expected) return false
      store.row = next
      return true
    }
  }
  return store
}

export const session = [
  [
    "signs in, and a call carries the token",
    async ({ client, requestLog }) => {
      const linxio = client()
      const { data, error } = await linxio.auth.login(credentials(accounts.fleet))
      same([error, data.otpRequired, typeof data.token], [null, false, "string"], "the sign-in")
      same(await linxio.request("GET", "/vehicles/count"), count, "the count")
      const { requests } = await requestLog()
      same([requests[0].token, requests[1].token], ["none", "valid"], "the bearers")
    }
  ],
  [
    "a wrong password is an error value and no rejection",
    async ({ client, sdk }) => {
      const { data, error } = await client().auth.login({ email: accounts.fleet.email, password: "wrong" })
      same([data, error.name, error.reason], [null, "LinxioAuthenticationError", "InvalidCredentials"], "the result")
      check(error instanceof sdk.LinxioAuthenticationError && error instanceof sdk.LinxioApiError, "its classes")
    }
  ],
  [
    "a one-time code completes a sign-in",
    async ({ client }) => {
      const linxio = client()
      const { data } = await linxio.auth.login(credentials(accounts.desk))
      same([data.otpRequired, linxio.session()], [true, null], "before the code")
      const wrong = await linxio.auth.verifyOtp({ email: accounts.desk.email, code: "000000" })
      same(wrong.error.reason, "InvalidCode", "a wrong code")
      await linxio.auth.verifyOtp({ email: accounts.desk.email, code: accounts.desk.otp })
      same((await linxio.auth.me()).data.email, accounts.desk.email, "the user")
    }
  ],
  [
    "goes on with saved tokens, without a sign-in",
    async ({ client, requestLog, signedIn }) => {
      const saved = (await signedIn()).session()
      const linxio = client({ token: saved.token, refreshToken: saved.refreshToken })
      same(await linxio.request("GET", "/vehicles/count"), count, "the count")
      same((await requestLog()).logins, 0, "sign-ins")
    }
  ],
  [
    "50 calls at once with an expired token: one refresh, and each is answered",
    async ({ requestLog, inject, signedIn }) => {
      const linxio = await signedIn()
      await inject({ fault: "expire-access-tokens" })
      await inject({ fault: "latency", ms: 50 })
      const answers = await Promise.all(Array.from({ length: 50 }, () => linxio.request("GET", "/vehicles/count")))
      same(answers, Array(50).fill(count), "the answers")
      same((await requestLog()).refreshes, 1, "refreshes")
    }
  ],
  [
    "two clients with the same refresh token share one refresh",
    async ({ client, requestLog, inject, signedIn }) => {
      const { refreshToken, token } = (await signedIn()).session()
      await inject({ fault: "expire-access-tokens" })
      await inject({ fault: "latency", ms: 50 })
      const both = [client({ refreshToken, token }), client({ refreshToken, token })]
      same(await Promise.all(both.map((one) => one.request("GET", "/vehicles/count"))), [count, count], "the answers")
      const { refreshes, reusedRefreshTokens } = await requestLog()
      same([refreshes, reusedRefreshTokens], [1, []], "refreshes, and refresh tokens used twice")
    }
  ],
  [
    "two clients do not share a session",
    async ({ client, signedIn }) => {
      const fleet = await signedIn()
      const stranger = client()
      same((await rejectionOf(stranger.request("GET", "/me"))).reason, "NotSignedIn", "the other client")
      const dealer = await signedIn({}, accounts.dealer)
      const users = await Promise.all([fleet, dealer, fleet].map((one) => one.auth.me()))
      const { fleet: a, dealer: b } = accounts
      same(
        users.map(({ data }) => data.email),
        [a.email, b.email, a.email],
        "who each of them is"
      )
      await dealer.auth.logout()
      same([dealer.session(), typeof fleet.session()?.token], [null, "string"], "after one signed out")
    }
  ],
  [
    "a store is loaded, and swapped at each change",
    async ({ client, inject, signedIn }) => {
      const store = memoryStore()
      const first = await signedIn({ store })
      const before = store.row.session.refreshToken
      await inject({ fault: "expire-access-tokens" })
      await first.request("GET", "/vehicles/count")
      check(store.row.session.refreshToken !== before, "the refresh was not saved")
      const second = client({ store })
      same(await second.request("GET", "/vehicles/count"), count, "the count of a client that has only the store")
      await second.auth.logout()
      same(
        [store.row.session, new Set(store.seen).size],
        [null, 2],
        "the session after signing out, and its methods used"
      )
    }
  ],
  [
    "observers are told of a refresh, and of no token unless they ask",
    async ({ inject, signedIn }) => {
      const linxio = await signedIn()
      const told = []
      linxio.onSessionChange((change) => told.push(["plain", change.type, "session" in change]))
      linxio.onSessionChange((change) => told.push(["asked", change.type, "session" in change]), { persist: true })
      await inject({ fault: "expire-access-tokens" })
      await linxio.request("GET", "/vehicles/count")
      same(
        told,
        [
          ["plain", "refreshed", false],
          ["asked", "refreshed", true]
        ],
        "what they were told"
      )
    }
  ],
  [
    "a session that Linxio refuses to renew has ended, and every call says so",
    async ({ inject, sdk, signedIn }) => {
      const linxio = await signedIn()
      await inject({ fault: "revoke-sessions", account: accounts.fleet.email })
      for (let call = 0; call < 2; call++) {
        const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
        check(error instanceof sdk.LinxioAuthenticationError, `call ${call} failed with ${error}`)
        same(error.reason, "SessionEnded", `the reason of call ${call}`)
      }
    }
  ],
  [
    "an outage of the refresh signs nobody out",
    async ({ inject, signedIn }) => {
      const linxio = await signedIn({ deadlineMs: 5_000, retry: { retries: 0 } })
      await inject({ fault: "expire-access-tokens" })
      await inject({ fault: "status", status: 503, endpoint: "refresh", times: 1 })
      await linxio.request("GET", "/vehicles/count").catch(() => undefined)
      same([linxio.auth.health().state, typeof linxio.session()?.refreshToken], ["active", "string"], "the session")
    }
  ],
  [
    "await using: a disposed client is closed, and says so",
    async ({ sdk, signedIn }) => {
      const linxio = await signedIn()
      await linxio[Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]()
      const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
      check(error instanceof sdk.LinxioAbortError, `the call failed with ${error}`)
    }
  ]
]
