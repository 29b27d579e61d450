/** Every secret is a canary; nothing that can be printed, walked, traced or logged may sing (I-32). */
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientError from "effect/http/HttpClientError"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { TestClock } from "effect/testing"
import { LinxioConfig, RefreshSharing } from "linxio-effect"
import { answer, denial, json, makeClient, makeFake, reset, type Recorded, type Step } from "../support/harness.ts"
import { leaks } from "../support/canary.ts"

const word = "CANARY"
/** Awkward on purpose: every way of quoting changes it. */
const password = `${word}-p'w"<&/ é+1`
const code = `${word}-123456`
const token = `${word}-access.token_1`
const refreshToken = `${word}-refresh~1`

const sentText = ({ request }: Recorded): string =>
  request.body._tag === "Uint8Array" ? new TextDecoder().decode(request.body.body) : ""
const sentJson = (recorded: Recorded): unknown => (sentText(recorded) === "" ? {} : JSON.parse(sentText(recorded)))
const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#039;")
const percent = (one: string): string => `%${one.charCodeAt(0).toString(16)}`
const everything = (recorded: Recorded): string =>
  [recorded.bearer, ...Object.values(Object(sentJson(recorded)) as object)].map(String).join(" | ")

/** Servers that send back what they were sent, each in another way. */
const echoes: Readonly<Record<string, Step>> = {
  "in an envelope": (recorded) =>
    Effect.succeed(json(400, { errors: [{ code: 400, title: "Exception", detail: `bad: ${everything(recorded)}` }] })),
  "by field": (recorded) =>
    Effect.succeed(json(422, { errors: [{ code: 422, detail: { seen: sentJson(recorded), by: recorded.bearer } }] })),
  "as a key": (recorded) => Effect.succeed(json(409, { [everything(recorded)]: 1 })),
  "in the gateway's message": (recorded) =>
    Effect.succeed(json(401, { code: 401, message: `Bearer ${recorded.bearer}: ${everything(recorded)}` })),
  "in a page": (recorded) => Effect.succeed(new Response(`<pre>${html(everything(recorded))}</pre>`, { status: 502 })),
  "as raw text": (recorded) => Effect.succeed(new Response(sentText(recorded), { status: 500 })),
  "as a form": (recorded) =>
    Effect.succeed(new Response(new URLSearchParams({ a: everything(recorded) }).toString(), { status: 503 })),
  "as PHP writes JSON": (recorded) =>
    Effect.succeed(
      new Response(`error: ${JSON.stringify(everything(recorded)).replaceAll("/", "\\/").replaceAll("é", "\\u00e9")}`, {
        status: 400
      })
    ),
  "as PHP writes a URL": (recorded) =>
    Effect.succeed(
      new Response(`at /x?q=${encodeURIComponent(everything(recorded)).replaceAll(/[!'()*]/g, percent)}`, {
        status: 400
      })
    ),
  "as JSON in a page": (recorded) =>
    Effect.succeed(new Response(`<pre>${html(JSON.stringify(everything(recorded)))}</pre>`, { status: 502 })),
  "as JSON in a URL in JSON": (recorded) =>
    Effect.succeed(
      json(400, {
        detail: encodeURIComponent(JSON.stringify(everything(recorded))).replaceAll(/%../g, (octet) =>
          octet.toLowerCase()
        )
      })
    ),
  "in numeric references": (recorded) =>
    Effect.succeed(
      new Response(
        everything(recorded).replaceAll(/[^\w-]/g, (one) => `&#${one.charCodeAt(0)};`),
        { status: 500 }
      )
    ),
  "in a redirect": (recorded) =>
    answer(
      302,
      { to: everything(recorded) },
      { location: `https://evil.test/?x=${encodeURIComponent(everything(recorded))}` }
    )(recorded, Effect.never),
  "in the request id": (recorded) =>
    answer(
      404,
      {},
      { "x-request-id": String(recorded.bearer ?? recorded.refreshToken ?? Object(sentJson(recorded)).code) }
    )(recorded, Effect.never),
  "in a 200 of the wrong shape": (recorded) =>
    Effect.succeed(json(200, { token: 7, otp_required: everything(recorded), echo: sentJson(recorded) })),
  "in a 200 that is no JSON": (recorded) => Effect.succeed(new Response(everything(recorded))),
  "in a broken connection": (recorded) =>
    Effect.fail(
      new HttpClientError.HttpClientError({
        reason: new HttpClientError.TransportError({
          request: recorded.request,
          cause: new TypeError(`fetch failed: ${everything(recorded)}`, {
            cause: Object.assign(new Error(everything(recorded)), { code: "ECONNRESET", request: recorded.request })
          })
        })
      })
    ),
  "nowhere: the connection breaks": reset()
}
const routes = [
  "POST /login",
  "POST /login/otp",
  "POST /token/refresh",
  "POST /logout",
  "GET /vehicles",
  "POST /notes",
  "GET /me"
]

describe("no secret shows", () => {
  for (const [name, echo] of Object.entries(echoes)) {
    it.effect(`in errors, spans and logs when the server echoes it ${name} (I-32)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* makeClient(fake, { token, refreshToken, retry: { retries: 0 } })
        for (const route of routes) fake.always(route, echo)
        const spans: Array<Tracer.Span> = []
        const tracer = Tracer.make({
          span: (options) => {
            const span = new Tracer.NativeSpan(options)
            spans.push(span)
            return span
          }
        })
        const lines: Array<unknown> = []
        const loggers = [Logger.formatJson, Logger.formatLogFmt, Logger.formatSimple, Logger.formatStructured].map(
          (logger) => Logger.map(logger as Logger.Logger<unknown, unknown>, (line) => void lines.push(line))
        )
        const body = HttpBody.jsonUnsafe({ note: { password, otp: code } })
        const calls: Readonly<Record<string, Effect.Effect<unknown, unknown>>> = {
          login: client.auth.login({ email: "a@b.c", password: Redacted.make(password) }),
          verifyOtp: client.auth.verifyOtp({ email: "a@b.c", code }),
          me: client.auth.me(["token"]),
          get: Effect.flatMap(client.http.get("/vehicles?key=x"), (response) => response.json),
          post: client.http.post("/notes", { body }),
          refresh: client.auth.refresh,
          logout: client.auth.logout
        }
        for (const [operation, call] of Object.entries(calls)) {
          const observed = call.pipe(
            Effect.tapCause((cause) => Effect.logError("failed", cause)),
            Effect.withSpan(operation),
            Effect.provide(Logger.layer(loggers)),
            Effect.provideService(Tracer.Tracer, tracer),
            Effect.exit
          )
          const fiber = yield* Effect.forkChild(observed, { startImmediately: true })
          yield* TestClock.adjust("1 minute")
          const exit = yield* Fiber.join(fiber)
          if (Exit.isFailure(exit)) {
            assert.deepStrictEqual(leaks(Cause.squash(exit.cause), word), [], operation)
            assert.deepStrictEqual(leaks(exit.cause, word), [], `${operation}: cause`)
            assert.notInclude(Cause.pretty(exit.cause), word, `${operation}: pretty`)
          }
        }
        assert.deepStrictEqual(leaks(yield* client.auth.health, word), [], "health")
        assert.isAbove(lines.length, 0)
        assert.isAtLeast(spans.length, Object.keys(calls).length)
        assert.deepStrictEqual(leaks(lines, word), [], "logs")
        // What a call succeeds with is its caller's own; a span keeps it, and no exporter sends it.
        const failed = spans.filter(({ status }) => status._tag === "Ended" && Exit.isFailure(status.exit))
        const rest = spans.map(({ attributes, name: spanName }) => ({ attributes, spanName }))
        assert.deepStrictEqual(leaks([failed, rest], word), [], "spans")
      })
    )
  }

  it.effect("in services, states, changes and health (I-32)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token, refreshToken })
      const changes: Array<unknown> = []
      client.session.observe((change) => changes.push(change))
      fake.next("POST /login", answer(200, { token, refreshToken, expireAt: "2030-01-01T00:00:00Z" }))
      const outcome = yield* client.auth.login({ email: "a@b.c", password })
      fake.next(
        "POST /token/refresh",
        answer(200, { token: `${token}2`, refreshToken }),
        answer(404, { token }),
        denial
      )
      const states: Array<unknown> = [client.session.currentUnsafe(), outcome, yield* client.auth.refresh]
      yield* Effect.flip(client.auth.refresh)
      yield* TestClock.adjust("1 minute")
      states.push(yield* client.auth.health)
      yield* Effect.flip(client.auth.refresh)
      states.push(yield* client.auth.health, client.session.currentUnsafe())
      yield* Effect.promise(() => Promise.resolve())
      assert.lengthOf(changes, 4)
      const shown = {
        changes,
        states,
        auth: client.auth,
        http: client.http,
        session: client.session,
        tokenRefresh: client.tokenRefresh,
        config: Context.get(client.context, LinxioConfig),
        sharing: yield* RefreshSharing
      }
      for (const [name, value] of Object.entries(shown)) assert.deepStrictEqual(leaks(value, word), [], name)
    })
  )

  it.effect("in the request of a response, nor in the response as it is printed (I-32)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token, refreshToken })
      fake.next("GET /vehicles", answer(200, { ok: true }))
      const response = yield* client.http.get("/vehicles")
      assert.strictEqual(fake.requests[0]?.bearer, token)
      assert.deepStrictEqual(leaks(response.request, word), [])
      assert.deepStrictEqual(leaks(response, word), [])
    })
  )

  it.effect("in the refusal of unusable input (I-32)", () =>
    Effect.gen(function* () {
      const client = yield* makeClient(makeFake())
      const failures = [
        yield* Effect.flip(client.auth.setSession({ token: `${word}\n`, refreshToken: `${word} ` })),
        yield* Effect.flip(client.auth.setSession({ token, expireAt: word })),
        yield* Effect.flip(client.auth.login({ email: "", password })),
        yield* Effect.flip(client.auth.login({ email: "a@b.c", password: [password] as never })),
        yield* Effect.flip(Effect.scoped(makeClient(makeFake(), { token: `${word}\n` }))),
        yield* Effect.flip(Effect.scoped(makeClient(makeFake(), { baseUrl: `https://u:${word}@linxio.test` })))
      ]
      for (const failure of failures) assert.deepStrictEqual(leaks(failure, word), [], failure.message)
    })
  )

  it("the search itself finds a secret at any depth", () => {
    assert.isNotEmpty(leaks({ a: [{ [Symbol("x")]: word }] }, word))
    assert.isNotEmpty(leaks(new Error("x", { cause: new Error(word) }), word))
    assert.isNotEmpty(leaks(Object.defineProperty({}, "hidden", { value: word, enumerable: false }), word))
    assert.isNotEmpty(leaks(new Map([[1, new Set([word])]]), word))
    assert.isEmpty(leaks(Redacted.make(word), word))
  })
})
