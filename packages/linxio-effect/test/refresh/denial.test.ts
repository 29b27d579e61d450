/** What ends a session and what does not; and how the refresh endpoint is left alone when it is out of order. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import { TestClock } from "effect/testing"
import { LinxioApiError, LinxioAuthenticationError } from "linxio-effect"
import {
  answer,
  denial,
  makeClient,
  makeFake,
  refreshRoute,
  reset,
  signedIn,
  type Fake,
  type Step
} from "../support/harness.ts"
import { makeStore } from "../support/store.ts"

const share = (value: number) =>
  Effect.provideService(Random.Random, { nextDoubleUnsafe: () => value, nextIntUnsafe: () => 0 })
const gateway = { code: 401, message: "Invalid JWT Token" }
const application = { errors: [{ code: 400, title: "Exception", detail: "no" }] }
const html: Step = () => Effect.succeed(new Response("<html>blocked</html>", { status: 400 }))

/** A call with a revoked access token against a refresh that always takes `step`. */
const refused = (step: Step, fake: Fake = makeFake()) =>
  Effect.gen(function* () {
    const client = yield* signedIn(fake)
    fake.always(refreshRoute, step)
    fake.revoke(client.tokens.token)
    const fiber = yield* Effect.forkChild(Effect.flip(client.get("/vehicles")), { startImmediately: true })
    yield* TestClock.adjust("25 seconds")
    return { client, fake, failure: yield* Fiber.join(fiber) }
  })

describe("a denial of the refresh token", () => {
  for (const [status, body] of [
    [400, application],
    [401, gateway],
    [401, application],
    [403, application],
    [422, application]
  ] as const) {
    it.effect(`is a ${status} in the envelope ${JSON.stringify(body)}: it ends the session (I-20)`, () =>
      Effect.gen(function* () {
        const { client, failure, fake } = yield* refused(answer(status, body))
        assert.instanceOf(failure, LinxioAuthenticationError)
        assert.include(failure, { reason: "SessionEnded" })
        assert.deepInclude(failure, { ended: { cause: "refresh-denied", at: 0, status, ambiguous: false } })
        assert.strictEqual(client.session.currentUnsafe()._tag, "Ended")
        assert.lengthOf(fake.refreshes(), 1)
      })
    )
  }

  const harmless: Readonly<Record<string, Step>> = {
    "a broken connection": reset(),
    "no answer at all": () => Effect.never,
    "a 400 with a proxy's page": html,
    "a 401 without a body": () => Effect.succeed(new Response(null, { status: 401 })),
    "a 403 in JSON of somebody else": answer(403, { error: "denied by firewall" }),
    "a 404": answer(404, application),
    "a 408": answer(408, application),
    "a 425": answer(425, application),
    "a 429": answer(429, gateway),
    "a 500": answer(500, application),
    "a 503": answer(503, gateway),
    "a 200 without a token": answer(200, { status: "ok" }),
    "a 200 with a page": () => Effect.succeed(new Response("<html>", { status: 200 })),
    "a 204": () => Effect.succeed(new Response(null, { status: 204 })),
    "a redirect": answer(302, {}, { location: "/login" })
  }
  for (const [name, step] of Object.entries(harmless)) {
    it.effect(`is not ${name}: the session stays and the next refresh brings it back (I-20)`, () =>
      Effect.gen(function* () {
        const { client, failure, fake } = yield* refused(step)
        assert.notInclude(failure, { reason: "SessionEnded" })
        assert.strictEqual(client.session.currentUnsafe()._tag, "Active")
        fake.always(refreshRoute, undefined)
        yield* TestClock.adjust("1 minute")
        assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      })
    )
  }

  it.effect("is remembered: later calls fail without I/O and say when and why the session ended (I-21)", () =>
    Effect.gen(function* () {
      const { client, fake } = yield* refused(denial)
      const sent = fake.requests.length
      yield* TestClock.adjust("1 day")
      for (const call of [client.get("/vehicles"), client.get("/drivers"), client.auth.refresh, client.auth.me()]) {
        const failure = yield* Effect.flip(call as Effect.Effect<unknown, LinxioAuthenticationError>)
        assert.deepInclude(failure, {
          reason: "SessionEnded",
          ended: { cause: "refresh-denied", at: 0, status: 400, ambiguous: false }
        })
        assert.include(failure.message, "1970-01-01T00:00:00.000Z")
      }
      assert.lengthOf(fake.requests, sent)
    })
  )

  it.effect("is remembered for the token: no other client of the process sends it again (I-21)", () =>
    Effect.gen(function* () {
      const { client, fake } = yield* refused(denial)
      const second = yield* makeClient(fake, client.tokens)
      assert.include(yield* Effect.flip(second.get("/vehicles")), { reason: "SessionEnded" })
      yield* client.auth.setSession(client.tokens)
      assert.include(yield* Effect.flip(client.get("/vehicles")), { reason: "SessionEnded" })
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("is what another client of the process learns whose request was under way (I-21)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const first = yield* signedIn(fake)
      const second = yield* makeClient(fake, first.tokens)
      const gate = fake.hold("GET /vehicles")
      const fiber = yield* Effect.forkChild(Effect.flip(second.get("/vehicles")), { startImmediately: true })
      yield* gate.arrived
      fake.revoke(first.tokens.token)
      fake.always(refreshRoute, denial)
      yield* Effect.flip(first.get("/drivers"))
      yield* gate.open
      const ended = { cause: "refresh-denied", at: 0, status: 400, ambiguous: false } as const
      assert.deepInclude(yield* Fiber.join(fiber), { reason: "SessionEnded", ended })
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("keeps another client of the process from sending the token that was about to (I-21)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const first = yield* signedIn(fake)
      const store = makeStore(first.tokens)
      const opened = Deferred.makeUnsafe<void>()
      const { load } = store.plainly
      store.hooks.load = Effect.suspend(() =>
        Effect.andThen(store.counts.loads === 0 ? Effect.void : Deferred.await(opened), load)
      )
      const second = yield* makeClient(fake, {}, store.service)
      fake.revoke(first.tokens.token)
      fake.always(refreshRoute, denial)
      const fiber = yield* Effect.forkChild(Effect.flip(second.get("/vehicles")), { startImmediately: true })
      yield* fake.until("GET /vehicles", 1)
      yield* TestClock.adjust(1)
      yield* Effect.flip(first.get("/drivers"))
      yield* Deferred.succeed(opened, undefined)
      assert.include(yield* Fiber.join(fiber), { reason: "SessionEnded" })
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("after an attempt without an answer is told apart as ambiguous (I-20)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      fake.next(refreshRoute, reset(true))
      const { failure } = yield* refused(denial, fake)
      assert.include(failure instanceof LinxioAuthenticationError && failure.ended, { ambiguous: true })
      assert.include(failure.message, "answer was lost")
    })
  )

  it.effect("after an earlier refresh without an answer is ambiguous as well (I-20)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const { client } = yield* refused(reset(true), fake)
      fake.always(refreshRoute, undefined)
      yield* TestClock.adjust("1 minute")
      const failure = yield* Effect.flip(client.get("/vehicles"))
      assert.include(failure instanceof LinxioAuthenticationError && failure.ended, { ambiguous: true })
    })
  )

  it.effect("is followed by a new session as soon as somebody signs in (I-21)", () =>
    Effect.gen(function* () {
      const { client } = yield* refused(denial)
      yield* client.auth.login({ email: "next", password: "pw" })
      assert.strictEqual(yield* client.get("/vehicles"), "next-access-2")
    })
  )
})

describe("a refresh that rotates", () => {
  it.effect("puts the new refresh token in the place of the old one (I-18)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const client = yield* signedIn(fake)
      yield* client.auth.refresh
      yield* client.auth.refresh
      assert.deepStrictEqual(
        fake.refreshes().map(({ refreshToken }) => refreshToken),
        ["user-refresh-1", "user-refresh-2"]
      )
    })
  )

  it.effect("keeps the old refresh token when the answer has none (I-18)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.next(refreshRoute, answer(200, { token: "new" }), answer(200, { token: "newer", refreshToken: null }))
      yield* client.auth.refresh
      yield* client.auth.refresh
      yield* client.auth.refresh
      assert.deepStrictEqual(
        fake.refreshes().map(({ refreshToken }) => refreshToken),
        Array.from({ length: 3 }, () => "user-refresh-1")
      )
    })
  )

  it.effect("carries no bearer (I-33)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      yield* client.auth.refresh
      assert.deepStrictEqual(
        fake.refreshes().map(({ bearer }) => bearer),
        [undefined]
      )
    })
  )
})

describe("an outage of the refresh endpoint", () => {
  it.effect("meets at most four attempts of one refresh, the first retry within a second (I-23)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const times: Array<number> = []
      yield* share(0.999)(
        refused(
          () =>
            Effect.map(Clock.currentTimeMillis, (now) => {
              times.push(now)
              return new Response("{}", { status: 503 })
            }),
          fake
        )
      )
      assert.lengthOf(times, 4)
      assert.isBelow(times[1] ?? Infinity, 1000)
    })
  )

  it.effect("costs one burst per cooldown, and the cooldowns grow to a minute (I-23)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const half = share(0.5)
      const client = yield* half(signedIn(fake, { refresh: { attemptTimeoutMs: 100 } }))
      const starts: Array<number> = []
      fake.always(refreshRoute, () =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          starts.push(now)
          return new Response("{}", { status: 404 })
        })
      )
      fake.revoke(client.tokens.token)
      const poll = yield* Effect.forkChild(
        half(Effect.forever(Effect.andThen(Effect.ignore(client.get("/vehicles")), Effect.sleep(10)))),
        { startImmediately: true }
      )
      yield* TestClock.adjust("5 minutes")
      yield* Fiber.interrupt(poll)
      const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0))
      assert.isAtMost(gaps[0] ?? Infinity, 1100)
      assert.deepStrictEqual(
        gaps.slice(0, 8).map((gap) => Math.round(gap / 500) * 500),
        [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]
      )
    })
  )

  it.effect(
    "fails a call at once that has no time to wait, with the remembered error, and holds a call that has (I-23)",
    () =>
      Effect.gen(function* () {
        const { client, fake } = yield* share(0.5)(refused(answer(404, {}, { "retry-after": "59" })))
        const sent = fake.refreshes().length
        const failure = yield* Effect.flip(client.get("/vehicles"))
        assert.instanceOf(failure, LinxioApiError)
        assert.include(failure, { status: 404, path: "/api/token/refresh" })
        assert.lengthOf(fake.refreshes(), sent)
        fake.always(refreshRoute, undefined)
        yield* TestClock.adjust("10 seconds")
        const fiber = yield* Effect.forkChild(client.get("/vehicles"), { startImmediately: true })
        yield* TestClock.adjust("30 seconds")
        assert.strictEqual(yield* Fiber.join(fiber), "user-access-2")
        assert.lengthOf(fake.refreshes(), sent + 1)
      })
  )
})
