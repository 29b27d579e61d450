/** The layers for tests: what is given works, what is left out is named. */
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import {
  Auth,
  HttpClient,
  Linxio,
  LinxioConfig,
  type LinxioOptions,
  LinxioValidationError,
  Session,
  SessionStore,
  TokenRefresh,
  Transport
} from "linxio-effect"
import { type Active, make } from "linxio-effect/Session"
import { SharedSession } from "../../src/refresh/SharedSession.ts"

/** The message of the defect that `effect` dies with. */
const defectOf = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.map(Effect.flip(Effect.sandbox(effect)), (cause) => String(Cause.squash(cause)))

const active: Active = {
  _tag: "Active",
  epoch: 1,
  generation: 2,
  tokens: { refreshToken: Redacted.make("r"), obtainedAt: 0 },
  tokenStatus: "untried",
  adopted: false,
  clockIgnored: false
}

describe("layerTest", () => {
  it.effect("of Auth uses what the test gave and names what it did not", () =>
    Effect.gen(function* () {
      const layer = Auth.layerTest({ me: () => Effect.succeed({ id: 7 }) })
      assert.deepStrictEqual(
        yield* Effect.provide(
          Auth.use((auth) => auth.me()),
          layer
        ),
        { id: 7 }
      )
      const died = yield* defectOf(
        Effect.provide(
          Auth.use((auth) => auth.logout),
          layer
        )
      )
      assert.include(died, "Auth.logout")
      assert.include(died, "Auth.layerTest")
    })
  )

  it.effect("of Session uses what the test gave and names what it did not", () =>
    Effect.gen(function* () {
      const layer = Session.layerTest({ currentUnsafe: make().currentUnsafe })
      assert.strictEqual(
        yield* Effect.provide(
          Session.useSync((session) => session.currentUnsafe()._tag),
          layer
        ),
        "Anonymous"
      )
      assert.include(
        yield* defectOf(
          Effect.provide(
            Session.useSync((session) => session.nextSequence()),
            layer
          )
        ),
        "Session.nextSequence"
      )
    })
  )

  it.effect(
    "of HttpClient is a whole client on one function: each method, each combinator, each way to read a body (F-20)",
    () =>
      Effect.gen(function* () {
        const seen: Array<string> = []
        const layer = HttpClient.layerTest({
          execute: (request) => {
            seen.push(`${request.method} ${request.url}`)
            return request.url === "/none"
              ? Effect.fail(new LinxioValidationError([{ field: "path", issue: "is none" }]))
              : Effect.succeed(Response.json({ count: 3 }, { status: 201, headers: { "x-request-id": "7" } }))
          }
        })
        yield* Effect.gen(function* () {
          const http = yield* HttpClient
          for (const method of ["get", "head", "options", "post", "put", "patch", "del"] as const) {
            assert.strictEqual((yield* http[method]("/x")).status, 201)
          }
          const below = http.pipe(EffectHttpClient.mapRequest(HttpClientRequest.prependUrl("/vehicles")))
          const response = yield* below.execute(HttpClientRequest.get("/count"))
          assert.deepStrictEqual(yield* response.json, { count: 3 })
          assert.strictEqual(yield* response.text, '{"count":3}')
          assert.strictEqual(response.headers["x-request-id"], "7")
          assert.strictEqual((yield* Effect.flip(http.get("/none")))._tag, "LinxioValidationError")
        }).pipe(Effect.provide(layer))
        assert.deepStrictEqual(seen.slice(-3), ["DELETE /x", "GET /vehicles/count", "GET /none"])
      })
  )

  it.effect(
    "of HttpClient takes a response of Effect as well, and names the function that it was not given (F-20)",
    () =>
      Effect.gen(function* () {
        const get = HttpClient.use((http) => http.get("/x"))
        const given = HttpClient.layerTest({
          execute: (request) => Effect.succeed(HttpClientResponse.fromWeb(request, new Response("a")))
        })
        assert.strictEqual(yield* Effect.flatMap(Effect.provide(get, given), (response) => response.text), "a")
        const died = yield* defectOf(Effect.provide(get, HttpClient.layerTest({})))
        assert.include(died, "HttpClient.execute")
        assert.include(died, "HttpClient.layerTest")
      })
  )

  it.effect("of HttpClient serves the services that are built on it (F-20)", () =>
    Effect.gen(function* () {
      const layer = Auth.layer().pipe(
        Layer.provide(HttpClient.layerTest({ execute: () => Effect.succeed(Response.json({ fullName: "Ada" })) })),
        Layer.provide(TokenRefresh.layerTest({})),
        Layer.provide(SharedSession.layer()),
        Layer.provide(Session.layer()),
        Layer.provide(SessionStore.layerMemory()),
        Layer.provide(LinxioConfig.layerTest()),
        Layer.provide(Transport.layerTest({}))
      )
      const me = Auth.use((auth) => auth.me())
      assert.strictEqual((yield* Effect.provide(me, layer)).fullName, "Ada")
    })
  )

  it.effect("of TokenRefresh is whole with `refresh`, and names what it was not given (F-20)", () =>
    Effect.gen(function* () {
      const failure = new LinxioValidationError([])
      const layer = TokenRefresh.layerTest({ refresh: () => Effect.fail(failure) })
      yield* Effect.gen(function* () {
        const refresh = yield* TokenRefresh
        assert.deepStrictEqual(refresh.seenOf(active), { epoch: 1, generation: 2, failures: 0 })
        assert.isFalse(refresh.isCoolingDown(active))
        assert.isUndefined(refresh.statusOf(active, 0).denied)
        const waiting = { method: "GET", path: "/x", attempts: 0, elapsedMs: 0, longestWaitMs: 1 }
        assert.strictEqual(yield* Effect.flip(refresh.refresh(refresh.seenOf(active), waiting)), failure)
      }).pipe(Effect.provide(layer))
      const died = yield* defectOf(
        Effect.provide(
          TokenRefresh.use((refresh) => refresh.endIfDenied(active)),
          layer
        )
      )
      assert.include(died, "TokenRefresh.endIfDenied")
    })
  )

  it.effect("of Transport carries a whole client on one function, and names it where it is missing (F-20)", () =>
    Effect.gen(function* () {
      const linxio = (transport: Layer.Layer<Transport>) =>
        Linxio.layerNoDeps({ token: "a.b.c" }).pipe(Layer.provide(transport), Layer.provide(SessionStore.layerMemory()))
      const get = HttpClient.use((http) => Effect.flatMap(http.get("/vehicles/count"), (response) => response.json))
      const given = Transport.layerTest({
        exchange: ({ url }) =>
          Effect.succeed({ _tag: "Answered", status: 200, headers: Headers.empty, url, content: '{"count":3}' })
      })
      assert.deepStrictEqual(yield* Effect.provide(get, linxio(given)), { count: 3 })
      assert.include(yield* defectOf(Effect.provide(get, linxio(Transport.layerTest({})))), "Transport.exchange")
    })
  )

  it.effect("of LinxioConfig fills in every default, and leads to no server that exists (F-20)", () =>
    Effect.gen(function* () {
      const of = (options?: LinxioOptions) => Effect.provide(LinxioConfig, LinxioConfig.layerTest(options))
      const settings = yield* of({ timeoutMs: 5 })
      assert.strictEqual(settings.timeoutMs, 5)
      assert.strictEqual(settings.deadlineMs, 120_000)
      assert.strictEqual(settings.baseUrl.hostname, "linxio.test")
      const wrong = yield* Effect.flip(of({ timeoutMs: -1 }))
      assert.strictEqual(wrong.option, "timeoutMs")
    })
  )

  it.effect("of Session derives each form of the state from the one that was given (F-20)", () =>
    Effect.gen(function* () {
      for (const given of [{ current: Effect.succeed(active) }, { currentUnsafe: () => active }]) {
        const session = yield* Effect.provide(Session, Session.layerTest(given))
        assert.strictEqual(yield* session.current, active)
        assert.strictEqual(session.currentUnsafe(), active)
        assert.isTrue(session.isCurrent({ ...active, tokenStatus: "accepted" }))
      }
    })
  )

  it.effect("can be printed and awaited although nothing was given", () =>
    Effect.gen(function* () {
      const auth = yield* Effect.provide(Auth, Auth.layerTest({}))
      assert.isString(JSON.stringify(auth))
      assert.strictEqual(yield* Effect.promise(() => Promise.resolve(auth)), auth)
    })
  )

  it.effect("of SessionStore uses what the test gave and names what it did not", () =>
    Effect.gen(function* () {
      const layer = SessionStore.layerTest({ load: Effect.succeed(null) })
      assert.isNull(
        yield* Effect.provide(
          SessionStore.use((store) => store.load),
          layer
        )
      )
      assert.include(
        yield* defectOf(
          Effect.provide(
            SessionStore.use((store) => store.swap({ version: 1, epoch: 1, session: null, lease: null }, 0)),
            layer
          )
        ),
        "SessionStore.swap"
      )
    })
  )
})
