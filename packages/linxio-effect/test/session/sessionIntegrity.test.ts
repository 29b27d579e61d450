import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { TestClock } from "effect/testing"
import { LinxioAuthenticationError, type SessionState } from "linxio-effect"
import * as SessionStore from "../../src/stores/SessionStore.ts"
import {
  answer,
  denial,
  loginRoute,
  makeClient,
  makeFake,
  refreshRoute,
  reset,
  signedIn,
  type Step
} from "../support/harness.ts"

const begin = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkChild(effect, { startImmediately: true })
const reasonOf = (error: object) => (error instanceof LinxioAuthenticationError ? error.reason : error)
const once = { schedule: Schedule.recurs(0) }

/** The secrets of a session, and who it is. */
const holds = (state: SessionState) =>
  state._tag === "Active"
    ? [state.tokens.accessToken, state.tokens.refreshToken].map((secret) => secret && Redacted.value(secret))
    : state._tag

/** A client whose refresh is under way and held; `outcome` is what becomes of it. */
const refreshing = (fake: ReturnType<typeof makeFake>, outcome?: Step) =>
  Effect.gen(function* () {
    const client = yield* signedIn(fake, { refresh: once }, "first")
    fake.revoke(client.tokens.token)
    const gate = fake.hold(refreshRoute, outcome)
    const caller = yield* begin(Effect.flip(client.get("/vehicles")))
    yield* gate.arrived
    return { ...client, gate, caller }
  })

describe("a session is one value", () => {
  it.effect("access token, refresh token and expiry are replaced together by a refresh (I-11)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true, lifetimeMs: 3_600_000 })
      const client = yield* signedIn(fake)
      const before = client.session.currentUnsafe()
      fake.revoke(client.tokens.token)
      yield* client.get("/vehicles")
      const after = client.session.currentUnsafe()
      assert.deepStrictEqual(holds(before), ["user-access-1", "user-refresh-1"])
      assert.deepStrictEqual(holds(after), ["user-access-2", "user-refresh-2"])
      assert.isTrue(after._tag === "Active" && after.tokens.expiry?.expiresAt === 3_600_000)
    })
  )

  it.effect("setSession with refreshToken: null keeps none of the session before (I-11)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      yield* client.auth.setSession({ token: "other-access", refreshToken: null })
      assert.deepStrictEqual(holds(client.session.currentUnsafe()), ["other-access", undefined])
      assert.strictEqual(reasonOf(yield* Effect.flip(client.get("/vehicles"))), "Unauthenticated")
      assert.strictEqual(fake.refreshes().length, 0)
    })
  )
})

describe("a session that changes while a refresh is under way", () => {
  const outcomes: Record<string, Step | undefined> = { succeeds: undefined, "is denied": denial, fails: reset() }
  for (const [how, outcome] of Object.entries(outcomes)) {
    it.effect(`setSession wins over a refresh that ${how} later (I-12, I-13)`, () =>
      Effect.gen(function* () {
        const fake = makeFake({ rotate: true })
        const { auth, caller, gate, get, session } = yield* refreshing(fake, outcome)
        const second = yield* fake.issue("second")
        yield* auth.setSession(second)
        yield* gate.open
        yield* Fiber.join(caller)
        assert.deepStrictEqual(holds(session.currentUnsafe()), [second.token, second.refreshToken])
        assert.strictEqual(yield* get("/vehicles"), second.token)
      })
    )

    it.effect(`a login wins over a refresh that ${how} later (I-12, I-13)`, () =>
      Effect.gen(function* () {
        const fake = makeFake({ rotate: true })
        const { auth, caller, gate, get, session } = yield* refreshing(fake, outcome)
        yield* auth.login({ email: "second", password: "secret" })
        const mine = holds(session.currentUnsafe())
        yield* gate.open
        yield* Fiber.join(caller)
        assert.deepStrictEqual(holds(session.currentUnsafe()), mine)
        assert.strictEqual(yield* get("/vehicles"), mine[0])
      })
    )

    it.effect(`a logout wins over a refresh that ${how} later (I-12, I-13)`, () =>
      Effect.gen(function* () {
        const fake = makeFake({ rotate: true })
        const { auth, caller, gate, get, session } = yield* refreshing(fake, outcome)
        yield* auth.logout
        yield* gate.open
        yield* Fiber.join(caller)
        assert.strictEqual(holds(session.currentUnsafe()), "Anonymous")
        assert.strictEqual(reasonOf(yield* Effect.flip(get("/vehicles"))), "NotSignedIn")
      })
    )
  }

  it.effect("the refusal of the old refresh token does not clear the store of the next session (I-13)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = SessionStore.makeMemory()
      const first = yield* fake.issue("first")
      const client = yield* makeClient(fake, first, store)
      fake.revoke(first.token)
      const gate = fake.hold(refreshRoute, denial)
      const caller = yield* begin(Effect.flip(client.get("/vehicles")))
      yield* gate.arrived
      yield* client.auth.login({ email: "second", password: "secret" })
      yield* gate.open
      yield* Fiber.join(caller)
      const stored = yield* store.load
      assert.strictEqual(stored?.session?.refreshToken, "second-refresh-2")
    })
  )

  it.effect("the same tokens again are no new session, and the refresh under way counts (I-12)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const gate = fake.hold(refreshRoute)
      const caller = yield* begin(client.get("/vehicles"))
      yield* gate.arrived
      yield* client.auth.setSession(client.tokens)
      yield* gate.open
      assert.strictEqual(yield* Fiber.join(caller), "user-access-2")
    })
  )
})

describe("a request belongs to the identity that signed it", () => {
  it.effect("a 401 after the session changed is not replayed under the new one (I-14)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, {}, "first")
      fake.revoke(client.tokens.token)
      const gate = fake.hold("GET /vehicles")
      const caller = yield* begin(Effect.flip(client.get("/vehicles")))
      yield* gate.arrived
      yield* client.auth.setSession(yield* fake.issue("second"))
      yield* gate.open
      assert.strictEqual(reasonOf(yield* Fiber.join(caller)), "SessionChanged")
      assert.deepStrictEqual(
        fake.requests.map(({ bearer, route }) => [route, bearer]),
        [["GET /vehicles", client.tokens.token]]
      )
      assert.strictEqual(yield* client.get("/drivers"), "second-access-2") // nor does it speak against the new token
      assert.strictEqual(fake.refreshes().length, 0)
    })
  )

  it.effect("a request that waited for a refresh is not sent under another identity (I-14)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const { auth, caller, gate } = yield* refreshing(fake)
      yield* auth.setSession(yield* fake.issue("second"))
      yield* gate.open
      assert.strictEqual(reasonOf(yield* Fiber.join(caller)), "SessionChanged")
      assert.deepStrictEqual(
        fake.sent("GET /vehicles").map(({ bearer }) => bearer),
        ["first-access-1"]
      )
    })
  )

  it.effect("a transport retry is not sent under another identity (I-14)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { retry: { retries: 1, delayMs: 0 } }, "first")
      const gate = fake.hold("GET /vehicles", answer(503))
      const caller = yield* begin(Effect.flip(client.get("/vehicles")))
      yield* gate.arrived
      yield* client.auth.setSession(yield* fake.issue("second"))
      yield* gate.open
      assert.strictEqual(reasonOf(yield* Fiber.join(caller)), "SessionChanged")
      assert.strictEqual(fake.sent("GET /vehicles").length, 1)
    })
  )

  it.effect("a pause before a retry ends under another identity, and nothing is sent (I-14)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { retry: { retries: 1 } }, "first")
      fake.next("GET /vehicles", answer(503))
      const caller = yield* begin(Effect.flip(client.get("/vehicles")))
      yield* TestClock.adjust(0)
      assert.strictEqual(fake.sent("GET /vehicles").length, 1)
      yield* client.auth.setSession(yield* fake.issue("second"))
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(reasonOf(yield* Fiber.join(caller)), "SessionChanged")
      assert.strictEqual(fake.sent("GET /vehicles").length, 1)
    })
  )

  it.effect("a request of a user who has signed out is not replayed (I-14)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const { auth, caller, gate } = yield* refreshing(fake)
      yield* auth.logout
      yield* gate.open
      assert.strictEqual(reasonOf(yield* Fiber.join(caller)), "SessionChanged")
      assert.strictEqual(fake.sent("GET /vehicles").length, 1)
    })
  )
})

describe("overlapping sign-ins", () => {
  const signIns = Effect.gen(function* () {
    const fake = makeFake()
    const client = yield* makeClient(fake)
    const gates = [fake.hold(loginRoute), fake.hold(loginRoute)] as const
    const login = (email: string) => begin(Effect.result(client.auth.login({ email, password: "secret" })))
    const first = yield* login("first")
    yield* gates[0].arrived
    const last = yield* login("last")
    yield* gates[1].arrived
    return { ...client, fake, gates, first, last }
  })

  it.effect("of two logins the one started last decides, although it is answered first (I-15)", () =>
    Effect.gen(function* () {
      const { first, gates, get, last } = yield* signIns
      yield* gates[1].open
      assert.strictEqual((yield* Fiber.join(last))._tag, "Success")
      yield* gates[0].open
      const outcome = yield* Fiber.join(first)
      assert.isTrue(outcome._tag === "Failure" && reasonOf(outcome.failure) === "SessionChanged")
      assert.strictEqual(yield* get("/vehicles"), "last-access-1")
    })
  )

  it.effect("of two logins the one started last decides, although the other was answered first (I-15)", () =>
    Effect.gen(function* () {
      const { first, gates, get, last } = yield* signIns
      yield* gates[0].open
      assert.strictEqual((yield* Fiber.join(first))._tag, "Success")
      assert.strictEqual(yield* get("/vehicles"), "first-access-1")
      yield* gates[1].open
      assert.strictEqual((yield* Fiber.join(last))._tag, "Success")
      assert.strictEqual(yield* get("/vehicles"), "last-access-2")
    })
  )

  it.effect("a setSession or logout decides over a login that was started before it (I-15)", () =>
    Effect.gen(function* () {
      const { auth, fake, first, gates, last, session } = yield* signIns
      const tokens = yield* fake.issue("set")
      yield* auth.setSession(tokens)
      yield* gates[0].open
      assert.strictEqual((yield* Fiber.join(first))._tag, "Failure")
      assert.deepStrictEqual(holds(session.currentUnsafe()), [tokens.token, tokens.refreshToken])
      yield* auth.logout
      yield* gates[1].open
      assert.strictEqual((yield* Fiber.join(last))._tag, "Failure")
      assert.strictEqual(holds(session.currentUnsafe()), "Anonymous")
    })
  )

  it.effect("a login that fails leaves the decision to the one before it (I-15)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      const gate = fake.hold(loginRoute)
      const first = yield* begin(client.auth.login({ email: "first", password: "secret" }))
      yield* gate.arrived
      fake.next(loginRoute, answer(401, { code: 401, message: "Invalid credentials." }))
      yield* Effect.flip(client.auth.login({ email: "last", password: "wrong" }))
      yield* gate.open
      yield* Fiber.join(first)
      assert.strictEqual(yield* client.get("/vehicles"), "first-access-1")
    })
  )
})
