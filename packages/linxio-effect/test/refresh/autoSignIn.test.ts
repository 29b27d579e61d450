/** The automatic sign-in: once for all clients of a record, and never against somebody's will (S-13). */
import { assert, describe, it, vi } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { answer, json, loginRoute, makeClient, makeFake, refreshRoute } from "../support/harness.ts"
import {
  begin,
  credentials,
  dead,
  derived,
  given,
  makeCluster,
  passing,
  run,
  withFastDigests,
  wrong
} from "./signInCluster.ts"

withFastDigests()

describe("a session that no refresh brings back", () => {
  it.effect("costs eight processes one sign-in, and no caller an error (S-13)", () =>
    Effect.gen(function* () {
      const { all, fake, store } = yield* makeCluster(8)
      const results = yield* run(all)
      assert.isTrue(
        results.every(({ _tag }) => _tag === "Success"),
        String(results)
      )
      assert.lengthOf(fake.sent(loginRoute), 1)
      assert.isUndefined(fake.sent(loginRoute)[0]?.bearer)
      assert.isNull(store.record()?.lease)
      assert.isOk(store.record()?.session)
      assert.notInclude(JSON.stringify(store.record()), given.password)
    })
  )

  it.effect("because nothing was ever stored, is begun by the first call of all", () =>
    Effect.gen(function* () {
      const { all, fake } = yield* makeCluster(8, {}, null)
      const results = yield* run(all)
      assert.isTrue(results.every(({ _tag }) => _tag === "Success"))
      assert.lengthOf(fake.sent(loginRoute), 1)
      assert.lengthOf(fake.refreshes(), 0)
    })
  )

  it.effect("because a refused access token has no refresh token, is begun again, and announced as automatic", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "dead-access", credentials })
      const changes: Array<unknown> = []
      client.session.observe((change) => changes.push([change.type, "automatic" in change && change.automatic]))
      assert.strictEqual(yield* run(client.get("/vehicles")), "robot@example.test-access-1")
      assert.deepStrictEqual(changes, [["signedIn", true]])
    })
  )

  it.effect("is the end for whoever gave no credentials", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, dead)
      assert.include(yield* run(Effect.flip(client.get("/vehicles"))), { reason: "SessionEnded" })
      assert.lengthOf(fake.sent(loginRoute), 0)
    })
  )

  it.effect("costs a hundred calls under way one sign-in, and they go on under it (I-14, S-13)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { ...dead, credentials })
      const calls = Effect.all(
        Array.from({ length: 100 }, () => client.get("/vehicles")),
        { concurrency: "unbounded" }
      )
      assert.lengthOf(new Set(yield* run(calls)), 1)
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )

  const jwt = (sub: string) => `${btoa("{}")}.${btoa(JSON.stringify({ sub }))}.c`

  it.effect("goes on for a call whose answer comes after the sign-in of another call", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { ...dead, credentials })
      const late = fake.hold("GET /vehicles")
      const waiting = yield* begin(client.get("/vehicles"))
      yield* late.arrived
      yield* run(client.get("/vehicles/count"))
      yield* late.open
      assert.strictEqual(yield* passing(waiting), "robot@example.test-access-1")
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )

  for (const [who, sub] of [
    ["the same person", "1"],
    ["somebody else", "2"]
  ] as const) {
    it.effect(`and is begun again by ${who}, decides whether a call goes on (I-14)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* makeClient(fake, { ...dead, token: jwt("1"), credentials })
        fake.next(loginRoute, answer(200, { token: jwt(sub), refreshToken: "r" }))
        fake.always("GET /vehicles", ({ bearer }) =>
          Effect.sync(() => (fake.sent(loginRoute).length > 0 ? json(200, { signedBy: bearer }) : json(401, {})))
        )
        const exit = yield* run(Effect.result(client.get("/vehicles")))
        if (sub === "1") assert.strictEqual(exit._tag, "Success")
        else if (exit._tag === "Failure") assert.include(exit.failure, { reason: "SessionChanged" })
        else assert.fail("it went on as somebody else")
      })
    )
  }
})

describe("an automatic sign-in that Linxio refuses", () => {
  it.effect("is not tried again by any process, nor after a restart, until the credentials differ (S-13)", () =>
    Effect.gen(function* () {
      let password = "wrong"
      const source = Effect.sync(() => ({ ...given, password }))
      const { all, fake, start, store } = yield* makeCluster(3, { credentials: source })
      fake.always(loginRoute, wrong)
      for (const result of yield* run(all)) assert.include(Object(result).failure, { reason: "InvalidCredentials" })
      assert.lengthOf(fake.sent(loginRoute), 1)
      assert.include(store.record()?.refused, { reason: "credentials" })
      assert.notInclude(JSON.stringify(store.record()), "wrong")
      assert.deepStrictEqual(derived[0], ["PBKDF2", "SHA-256", 600_000, 32])
      yield* TestClock.adjust("1 hour")
      const restarted = yield* start
      assert.include(yield* run(Effect.flip(restarted.get)), { reason: "InvalidCredentials" })
      assert.lengthOf(fake.sent(loginRoute), 1)
      fake.always(loginRoute, undefined)
      password = given.password
      yield* TestClock.adjust("5 minutes")
      yield* run(restarted.get)
      assert.lengthOf(fake.sent(loginRoute), 2)
      assert.notOk(store.record()?.refused)
    })
  )

  for (const [name, body, reason, stored] of [
    ["with a one-time code", { otp_required: true, phone: "+61" }, "CodeRequired", "codeRequired"],
    ["of a blocked account", { blocked: true }, "AccountBlocked", "credentials"],
    ["whose phone is not verified", { isPhoneVerified: false }, "PhoneUnverified", "credentials"]
  ] as const) {
    it.effect(`${name} is ${reason}, and is not tried again (S-13)`, () =>
      Effect.gen(function* () {
        const { all, fake, store } = yield* makeCluster(2)
        fake.always(loginRoute, answer(200, body))
        yield* run(all)
        const again = yield* run(all)
        assert.isTrue(again.some((result) => Object(result).failure.reason === reason))
        assert.lengthOf(fake.sent(loginRoute), 1)
        assert.include(store.record()?.refused, { reason: stored })
      })
    )
  }

  it.effect("is believed for all credentials where there is no WebCrypto to tell them apart (S-13)", () =>
    Effect.gen(function* () {
      vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new Error("not here"))
      let asked = 0
      const source = Effect.sync(() => ({ ...given, password: `wrong ${++asked}` }))
      const { all, fake, store } = yield* makeCluster(1, { credentials: source })
      fake.always(loginRoute, wrong)
      yield* run(all)
      assert.include(store.record()?.refused, { digest: "" })
      yield* TestClock.adjust("1 hour")
      assert.include(Object((yield* run(all))[0]).failure, { reason: "InvalidCredentials" })
      assert.lengthOf(fake.sent(loginRoute), 1)
      assert.strictEqual(asked, 2)
    })
  )

  it.effect("is forgotten when somebody signs in", () =>
    Effect.gen(function* () {
      const { all, fake, processes, store } = yield* makeCluster(1)
      fake.next(loginRoute, wrong)
      yield* run(all)
      assert.isOk(store.record()?.refused)
      const [only] = processes
      if (only) yield* run(only.auth.login(given))
      assert.notOk(store.record()?.refused)
      assert.isTrue((yield* run(all)).every(({ _tag }) => _tag === "Success"))
    })
  )
})

describe("an automatic sign-in that fails for the moment", () => {
  it.effect("is tried once in five minutes by all processes together (S-13)", () =>
    Effect.gen(function* () {
      const { all, fake, store } = yield* makeCluster(4)
      fake.always(loginRoute, answer(503))
      for (let round = 0; round < 4; round++) {
        const results = yield* run(all)
        assert.isTrue(results.every(({ _tag }) => _tag === "Failure"))
        yield* TestClock.adjust("60 seconds")
      }
      assert.lengthOf(fake.sent(loginRoute), 1)
      assert.include(store.record()?.lease, { holder: "", purpose: "signIn", forMs: 300_000 })
      fake.always(loginRoute, undefined)
      yield* TestClock.adjust("60 seconds")
      assert.isTrue((yield* run(all)).every(({ _tag }) => _tag === "Success"))
      assert.lengthOf(fake.sent(loginRoute), 2)
    })
  )

  it.effect("is remembered by the client itself where the store has lost it", () =>
    Effect.gen(function* () {
      const { all, fake, store } = yield* makeCluster(1)
      fake.always(loginRoute, answer(503))
      yield* run(all)
      store.empty()
      yield* TestClock.adjust("60 seconds")
      assert.include(Object((yield* run(all))[0]).failure, { status: 503 })
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )

  it.effect("is waited for no longer than the call may, and given up at once by a caller that leaves (S-10)", () =>
    Effect.gen(function* () {
      const { fake, processes } = yield* makeCluster(1, { timeoutMs: 5_000 })
      const [only] = processes
      if (!only) return
      const gate = fake.hold(loginRoute)
      const leaving = yield* begin(only.get)
      yield* gate.arrived
      yield* Fiber.interrupt(leaving)
      assert.include(yield* run(Effect.flip(only.get)), { _tag: "LinxioTimeoutError" })
    })
  )
})

describe("a sign-out", () => {
  it.effect("of this client is not undone by its credentials (S-13)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { ...(yield* fake.issue()), credentials })
      yield* client.auth.logout
      assert.include(yield* run(Effect.flip(client.get("/vehicles"))), { reason: "NotSignedIn" })
      assert.lengthOf(fake.sent(loginRoute), 0)
    })
  )

  it.effect("elsewhere is not undone, also not by a process that starts later (S-13)", () =>
    Effect.gen(function* () {
      const { fake, processes, start, store } = yield* makeCluster(1)
      const tokens = yield* fake.issue()
      store.write({ session: tokens })
      const [only] = processes
      if (!only) return
      yield* only.get
      store.write({ epoch: 2, session: null })
      fake.revoke(tokens.token)
      assert.include(yield* run(Effect.flip(only.get)), { reason: "SignedOutElsewhere" })
      assert.include(yield* run(Effect.flip((yield* start).get)), { reason: "NotSignedIn" })
      assert.lengthOf(fake.sent(loginRoute), 0)
    })
  )

  it.effect("that comes while the client signs in wins (S-6, S-13)", () =>
    Effect.gen(function* () {
      const { fake, processes, store } = yield* makeCluster(1)
      const [only] = processes
      if (!only) return
      const gate = fake.hold(loginRoute)
      const call = yield* begin(Effect.flip(only.get))
      yield* gate.arrived
      store.write({ epoch: 7, session: null, lease: null, denied: null })
      yield* gate.open
      assert.include(yield* passing(call), { _tag: "LinxioAuthenticationError" })
      assert.isNull(store.record()?.session)
      assert.strictEqual(only.session.currentUnsafe()._tag, "Ended")
    })
  )
})

describe("credentials", () => {
  const sources: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown>, RegExp]> = [
    ["that fail", Effect.fail("away"), /credentials could not be read: string/],
    ["that die", Effect.sync(() => JSON.parse("hunter2")), /^(?!.*hunter).*could not be read: SyntaxError/],
    ["that interrupt themselves", Effect.interrupt, /could not be read/],
    ["that are nothing", Effect.void, /credentials\.email is required/],
    ["of a wrong shape", Effect.succeed({ email: 7, password: "" }), /credentials\.email must be a string/],
    [
      "that cannot be read",
      Effect.sync(() => ({
        get email() {
          throw new Error("hunter2")
        }
      })),
      /^(?!.*hunter)/
    ],
    ["that hang", Effect.never, /did not arrive within 30000 ms/]
  ]
  for (const [name, source, message] of sources) {
    it.effect(`${name} are an error that says so without quoting it, and cost no sign-in (I-32)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* makeClient(fake, { ...dead, credentials: source as never, timeoutMs: 60_000 })
        const error = yield* run(Effect.flip(client.get("/vehicles")))
        assert.strictEqual(error._tag, "LinxioValidationError")
        assert.match(error.message, message)
        assert.lengthOf(fake.sent(loginRoute), 0)
      })
    )
  }

  it.effect("are not asked for while the token works, and are asked for each time", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      let asked = 0
      const source = Effect.sync(() => (asked++, given))
      const client = yield* makeClient(fake, { ...(yield* fake.issue()), credentials: source })
      yield* client.get("/vehicles")
      assert.strictEqual(asked, 0)
      fake.revoke("user-access-1")
      fake.next(refreshRoute, answer(400, { errors: [{ code: 400, detail: "Invalid JWT Token" }] }))
      yield* run(client.get("/vehicles"))
      assert.strictEqual(asked, 1)
    })
  )

  it.effect("that are no effect are refused with the options", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(makeClient(makeFake(), { credentials: given as never }))
      assert.match(String(Object(error).message), /credentials/)
    })
  )
})
