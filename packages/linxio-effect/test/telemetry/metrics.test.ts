/** The metrics of calls and refreshes (F-21). */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as References from "effect/References"
import { TestClock } from "effect/testing"
import * as Tracer from "effect/Tracer"
import { HttpClient, Linxio, Telemetry, withCallOptions } from "linxio-effect"
import { answer, makeFake, refreshRoute, signedIn } from "../support/harness.ts"
import { makeTracer } from "../support/tracer.ts"

/** A registry of its own, so that no other test is counted. */
const alone = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.provideService(effect, Metric.MetricRegistry, new Map())
const on = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  effect.pipe(Effect.provideService(Telemetry.MetricsEnabled, true))

const snapshots = Effect.map(Metric.snapshot, (all) => all.filter(({ id }) => /linxio|http/.test(id)))

/** What was counted under a name, with the attributes that it was counted under. */
const counted = (id: string) =>
  Effect.map(snapshots, (all) =>
    all.flatMap((metric) =>
      metric.id === id && (metric.type === "Counter" || metric.type === "Histogram")
        ? [{ count: Number(metric.state.count), attributes: metric.attributes ?? {} }]
        : []
    )
  )

describe("metrics", () => {
  it.effect("count calls and attempts and measure them, by method, template, server, status and error (F-21)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      fake.next("GET /vehicles/7", answer(503))
      const client = yield* signedIn(fake, { retry: { delayMs: 0 } })
      yield* withCallOptions({ urlTemplate: "/vehicles/:id" })(client.get("/vehicles/7"))
      const dimensions = {
        "http.request.method": "GET",
        "server.address": "api.linxio.com",
        "server.port": "443",
        "url.template": "/vehicles/:id"
      }
      assert.deepStrictEqual(yield* counted("linxio.client.calls"), [{ count: 1, attributes: dimensions }])
      const attempts = [
        { count: 1, attributes: { ...dimensions, "http.response.status_code": "503", "error.type": "503" } },
        { count: 1, attributes: { ...dimensions, "http.response.status_code": "200" } }
      ]
      assert.deepStrictEqual(yield* counted("linxio.client.attempts"), attempts)
      assert.deepStrictEqual(
        yield* counted("http.client.request.duration"),
        attempts.map(({ attributes, count }) => ({ count, attributes: { unit: "s", ...attributes } }))
      )
      assert.strictEqual((yield* counted("linxio.client.call.duration"))[0]?.count, 1)
    }).pipe(on, alone)
  )

  it.effect("count the calls that wait for a refresh, up and down, and the refresh once (F-21)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const gate = fake.hold(refreshRoute)
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const calls = yield* Effect.forkChild(
        Effect.all([client.get("/a"), client.get("/b")], { concurrency: "unbounded" })
      )
      yield* gate.arrived
      yield* Effect.yieldNow
      assert.strictEqual((yield* counted("linxio.client.refresh.waiting"))[0]?.count, 2)
      yield* TestClock.adjust(250)
      yield* gate.open
      yield* Fiber.join(calls)
      assert.strictEqual((yield* counted("linxio.client.refresh.waiting"))[0]?.count, 0)
      assert.deepStrictEqual(yield* counted("linxio.client.refreshes"), [{ count: 1, attributes: {} }])
      const duration = (yield* snapshots).find(({ id }) => id === "linxio.client.refresh.duration")
      assert.strictEqual(duration?.type === "Histogram" ? duration.state.sum : undefined, 0.25)
    }).pipe(on, alone)
  )

  it.effect("are off without a tracer, on with one, and off with one where the application says so (F-21)", () =>
    Effect.gen(function* () {
      const client = yield* signedIn(makeFake())
      const { tracer } = makeTracer()
      yield* client.get("/vehicles")
      assert.deepStrictEqual(yield* snapshots, [])
      yield* client
        .get("/vehicles")
        .pipe(Effect.provideService(Tracer.Tracer, tracer), Effect.provideService(Telemetry.MetricsEnabled, false))
      assert.deepStrictEqual(yield* snapshots, [])
      yield* Effect.provideService(client.get("/vehicles"), Tracer.Tracer, tracer)
      assert.strictEqual((yield* counted("linxio.client.calls"))[0]?.count, 1)
    }).pipe(alone)
  )

  it.effect("can be turned on for one client, where its layer is built", () => {
    const fake = makeFake()
    const linxio = Linxio.layer({ token: "a.b.c" }).pipe(
      Layer.provide(Layer.succeed(EffectHttpClient.HttpClient, fake.transport)),
      Layer.provide(Layer.succeed(Telemetry.MetricsEnabled, true))
    )
    return Effect.gen(function* () {
      yield* Effect.exit(HttpClient.use((http) => http.get("/vehicles")))
      assert.deepStrictEqual(
        (yield* counted("linxio.client.calls")).map(({ attributes }) => attributes["error.type"]),
        ["LinxioAuthenticationError"]
      )
    }).pipe(Effect.provide(linxio), alone)
  })
})

describe("log lines inside a call", () => {
  it.effect("say which call they belong to (F-21)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      let annotations: Readonly<Record<string, unknown>> = {}
      fake.next("GET /vehicles", (_, proceed) =>
        Effect.flatMap(References.CurrentLogAnnotations, (current) => {
          annotations = current
          return proceed
        })
      )
      const client = yield* signedIn(fake)
      yield* Effect.provideService(client.get("/vehicles"), Tracer.Tracer, makeTracer().tracer)
      assert.strictEqual(annotations["http.request.method"], "GET")
      assert.strictEqual(annotations["url.full"], "https://api.linxio.com/api/vehicles")
    })
  )
})
