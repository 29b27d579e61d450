/** The spans of calls, attempts and refreshes, as a tracer of the application gets them (F-21). */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as EffectHttpClient from "effect/http/HttpClient"
import { TestClock } from "effect/testing"
import * as Tracer from "effect/Tracer"
import { withCallOptions } from "linxio-effect"
import { leaks } from "../support/canary.ts"
import { answer, makeFake, refreshRoute, reset, signedIn } from "../support/harness.ts"
import { hasFailed, lasted, makeTracer, parentOf } from "../support/tracer.ts"

const template = withCallOptions({ urlTemplate: "/vehicles/:id" })

describe("a call under a tracer", () => {
  it.effect("is a span, and its attempt a client span inside it, in the names of OpenTelemetry (F-21)", () =>
    Effect.gen(function* () {
      const { one, spans, tracer } = makeTracer()
      const client = yield* signedIn(makeFake())
      yield* client.get("/vehicles/42").pipe(template, Effect.provideService(Tracer.Tracer, tracer))
      assert.deepStrictEqual(
        spans.map(({ kind, name }) => [name, kind]),
        [
          ["linxio GET /vehicles/:id", "internal"],
          ["GET /vehicles/:id", "client"]
        ]
      )
      const attempt = one("GET /vehicles/:id")
      assert.strictEqual(parentOf(attempt), one("linxio GET /vehicles/:id").spanId)
      assert.deepStrictEqual(Object.fromEntries(attempt.attributes), {
        "http.request.method": "GET",
        "url.template": "/vehicles/:id",
        "url.full": "https://api.linxio.com/api/vehicles/42",
        "server.address": "api.linxio.com",
        "server.port": 443,
        "http.response.status_code": 200
      })
      assert.isFalse(hasFailed(attempt))
    })
  )

  it.effect(
    "has one attempt for each request, which says how often it was sent again, and tells of the wait between (F-21)",
    () =>
      Effect.gen(function* () {
        const { named, one, tracer } = makeTracer()
        const fake = makeFake()
        fake.next("GET /vehicles", answer(503), reset())
        const client = yield* signedIn(fake, { retry: { delayMs: 0, retries: 2 } })
        yield* Effect.provideService(client.get("/vehicles"), Tracer.Tracer, tracer)
        const attempts = named("GET")
        const said = (name: string) => attempts.map((span) => span.attributes.get(name))
        assert.deepStrictEqual(said("http.request.resend_count"), [undefined, 1, 2])
        assert.deepStrictEqual(said("http.response.status_code"), [503, undefined, 200])
        assert.deepStrictEqual(said("error.type"), ["503", "LinxioNetworkError", undefined])
        assert.deepStrictEqual(attempts.map(hasFailed), [true, true, false])
        const call = one("linxio GET")
        assert.isFalse(hasFailed(call))
        assert.strictEqual(call.attributes.get("linxio.attempts"), 3)
        assert.deepStrictEqual(
          call.events.map(([name, , attributes]) => [
            name,
            attributes["error.type"],
            attributes["linxio.retry.delay_ms"]
          ]),
          [
            ["linxio.retry", "503", 0],
            ["linxio.retry", "LinxioNetworkError", 0]
          ]
        )
      })
  )

  it.effect("without a bearer has an attempt as well; the contract knows the template of its path (F-21)", () =>
    Effect.gen(function* () {
      const { one, tracer } = makeTracer()
      const client = yield* signedIn(makeFake())
      const login = client.auth.login({ email: "a@b.test", password: "secret" })
      yield* Effect.provideService(login, Tracer.Tracer, tracer)
      assert.strictEqual(parentOf(one("POST /login")), one("linxio POST /login").spanId)
    })
  )

  it.effect("fails with the error of the call, and lasts as long as it", () =>
    Effect.gen(function* () {
      const { one, tracer } = makeTracer()
      const fake = makeFake()
      fake.always("GET /vehicles", () => Effect.never)
      const client = yield* signedIn(fake, { timeoutMs: 5_000, retry: { retries: 0 } })
      const call = Effect.flip(Effect.provideService(client.get("/vehicles"), Tracer.Tracer, tracer))
      const fiber = yield* Effect.forkChild(call, { startImmediately: true })
      yield* TestClock.adjust(5_000)
      yield* Fiber.join(fiber)
      for (const span of [one("GET"), one("linxio GET")]) {
        assert.strictEqual(span.attributes.get("error.type"), "LinxioTimeoutError")
        assert.isTrue(hasFailed(span))
        assert.strictEqual(lasted(span), 5_000)
      }
    })
  )

  it.effect("names the request as Linxio knows it, also when all went well (F-30)", () =>
    Effect.gen(function* () {
      const { one, tracer } = makeTracer()
      const fake = makeFake()
      fake.next("GET /vehicles", answer(200, {}, { "x-request-id": "7f3a" }))
      const client = yield* signedIn(fake)
      yield* Effect.provideService(client.get("/vehicles"), Tracer.Tracer, tracer)
      for (const name of ["GET", "linxio GET"])
        assert.strictEqual(one(name).attributes.get("linxio.request_id"), "7f3a")
    })
  )

  it.effect("that is interrupted ends its spans", () =>
    Effect.gen(function* () {
      const { one, tracer } = makeTracer()
      const fake = makeFake()
      const gate = fake.hold("GET /vehicles")
      const client = yield* signedIn(fake)
      const fiber = yield* Effect.forkChild(Effect.provideService(client.get("/vehicles"), Tracer.Tracer, tracer))
      yield* gate.arrived
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(one("GET").status._tag, "Ended")
      assert.strictEqual(one("linxio GET").attributes.get("error.type"), "LinxioAbortError")
    })
  )

  it.effect("puts no secret into a span: no query, no token, no password (I-32, F-21)", () =>
    Effect.gen(function* () {
      const { spans, tracer } = makeTracer()
      const fake = makeFake()
      const echo = { "x-request-id": "canary-access" }
      fake.next("GET /vehicles", answer(500, { message: "failed for canary-access" }, echo))
      const client = yield* signedIn(fake, {
        token: "canary-access",
        refreshToken: "canary-refresh",
        retry: { retries: 0 }
      })
      yield* Effect.gen(function* () {
        yield* Effect.exit(client.http.get("/vehicles?key=canary-query", { urlParams: { other: "canary-parameter" } }))
        yield* Effect.exit(client.auth.login({ email: "a@b.test", password: "canary-password" }))
      }).pipe(Effect.provideService(Tracer.Tracer, tracer))
      assert.lengthOf(spans, 4)
      for (const span of spans) {
        assert.deepStrictEqual(leaks([span.name, span.attributes, span.events, span.status], "canary"), [])
      }
    })
  )
})

describe("a refresh under a tracer", () => {
  it.effect("is one root span with its request inside, linked to and from each call that waits for it (F-21)", () =>
    Effect.gen(function* () {
      const { named, one, tracer } = makeTracer()
      const fake = makeFake()
      const gate = fake.hold(refreshRoute)
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const calls = yield* Effect.forkChild(
        Effect.all([client.get("/a"), client.get("/b"), client.get("/c")], { concurrency: "unbounded" }).pipe(
          Effect.provideService(Tracer.Tracer, tracer)
        )
      )
      yield* gate.arrived
      yield* Effect.yieldNow
      yield* gate.open
      yield* Fiber.join(calls)
      const refresh = one("linxio refresh")
      assert.isUndefined(parentOf(refresh))
      assert.strictEqual(parentOf(one("POST /token/refresh")), refresh.spanId)
      const waited = named("linxio GET")
      assert.sameMembers(
        refresh.links.map(({ span }) => span.spanId),
        waited.map(({ spanId }) => spanId)
      )
      for (const call of waited)
        assert.deepStrictEqual(
          call.links.map(({ span }) => span.spanId),
          [refresh.spanId]
        )
    })
  )

  it.effect("that fails says why", () =>
    Effect.gen(function* () {
      const { one, tracer } = makeTracer()
      const fake = makeFake()
      fake.always(
        refreshRoute,
        answer(400, { errors: [{ code: 400, title: "Exception", detail: "Invalid JWT Token" }] })
      )
      const client = yield* signedIn(fake)
      yield* Effect.flip(Effect.provideService(client.auth.refresh, Tracer.Tracer, tracer))
      assert.isTrue(hasFailed(one("linxio refresh")))
      assert.strictEqual(one("linxio refresh").attributes.get("error.type"), "LinxioAuthenticationError")
      assert.strictEqual(one("POST /token/refresh").attributes.get("error.type"), "400")
    })
  )
})

describe("trace headers", () => {
  const headersOf = (propagation: boolean | undefined) =>
    Effect.gen(function* () {
      const { one, tracer } = makeTracer()
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const call = Effect.provideService(client.get("/vehicles"), Tracer.Tracer, tracer)
      yield* propagation === undefined
        ? call
        : Effect.provideService(call, EffectHttpClient.TracerPropagationEnabled, propagation)
      const headers: Readonly<Record<string, string>> = fake.sent("GET /vehicles")[0]?.request.headers ?? {}
      return { attempt: one("GET"), headers }
    })

  it.effect("are not sent by default, nor where they are refused: in a browser they cost a preflight (F-21)", () =>
    Effect.gen(function* () {
      for (const propagation of [undefined, false]) {
        const { headers } = yield* headersOf(propagation)
        assert.notProperty(headers, "traceparent")
        assert.notProperty(headers, "b3")
      }
    })
  )

  it.effect("name the attempt where the application turns them on (F-21)", () =>
    Effect.gen(function* () {
      const { attempt, headers } = yield* headersOf(true)
      assert.strictEqual(headers["traceparent"], `00-${attempt.traceId}-${attempt.spanId}-01`)
    })
  )
})

describe("without a tracer", () => {
  it.effect("a call makes no span, not even one that goes nowhere (F-21)", () =>
    Effect.gen(function* () {
      const client = yield* signedIn(makeFake())
      const seen: Array<Tracer.AnySpan | undefined> = []
      const spying = Effect.withFiber<void>((fiber) => Effect.sync(() => void seen.push(fiber.cache.span)))
      const fake = makeFake()
      fake.next("GET /vehicles", (_, proceed) => Effect.andThen(spying, proceed))
      const other = yield* signedIn(fake)
      yield* other.get("/vehicles")
      yield* client.get("/vehicles")
      assert.deepStrictEqual(seen, [undefined])
    })
  )
})
