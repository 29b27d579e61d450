/** What ends a streamed body early, on the clock of a test (F-31). */
import { describe, expect, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"
import { HttpClient, LinxioNetworkError, withCallOptions } from "linxio-effect"
import { streamedBodyOf } from "linxio-effect/HttpClient"
import { answeredWith, makeBody } from "../support/incomingBody.ts"

/** A client that is answered with `body`, and the reader of it. */
const download = (body: ReturnType<typeof makeBody>, scope: Scope.Scope) =>
  Effect.gen(function* () {
    const { layer } = answeredWith([body])
    const http = Context.get(yield* Layer.buildWithScope(layer, scope), HttpClient)
    const response = yield* withCallOptions({ bodyAs: "stream" })(http.get("/reports/1"))
    const reader = streamedBodyOf(response)?.stream.getReader()
    if (reader === undefined) return yield* Effect.die("no stream")
    return { read: Effect.promise(() => reader.read()), failure: Effect.promise(() => reader.closed.catch((e) => e)) }
  })

const inScope = <A, E>(use: (scope: Scope.Closeable) => Effect.Effect<A, E>) => Effect.flatMap(Scope.make(), use)

describe("a streamed body", () => {
  it.effect("may take longer than deadlineMs, as long as something comes within timeoutMs (F-31)", () =>
    inScope((scope) =>
      Effect.gen(function* () {
        const body = makeBody()
        const { read } = yield* download(body, scope)
        for (let i = 0; i < 5; i++) {
          yield* TestClock.adjust("4 seconds")
          body.give("chunk")
          expect((yield* read).done).toBe(false)
        }
        body.give(undefined)
        expect((yield* read).done).toBe(true)
        expect(body.canceled).toBe(false)
      })
    )
  )

  it.effect("is given up when nothing comes for timeoutMs (F-31)", () =>
    inScope((scope) =>
      Effect.gen(function* () {
        const body = makeBody()
        const { failure } = yield* download(body, scope)
        yield* TestClock.adjust("5 seconds")
        expect(yield* failure).toMatchObject({ name: "LinxioTimeoutError", phase: "idle", timeoutMs: 5_000 })
        expect(body.canceled).toBe(true)
      })
    )
  )

  it.effect("is given up when what came is not read for timeoutMs (F-31)", () =>
    inScope((scope) =>
      Effect.gen(function* () {
        const body = makeBody()
        const { failure } = yield* download(body, scope)
        yield* TestClock.adjust("4 seconds")
        body.give("chunk")
        yield* Effect.promise(() => Promise.resolve())
        yield* TestClock.adjust("4 seconds")
        expect(body.canceled).toBe(false)
        yield* TestClock.adjust("1 second")
        expect(body.canceled).toBe(true)
        expect(yield* failure).toMatchObject({ name: "LinxioTimeoutError" })
      })
    )
  )

  it.effect("ends with its client (F-31)", () =>
    inScope((scope) =>
      Effect.gen(function* () {
        const body = makeBody()
        const { failure } = yield* download(body, scope)
        yield* Scope.close(scope, Exit.void)
        expect(yield* failure).toMatchObject({ name: "LinxioAbortError", reason: "closed" })
        expect(body.canceled).toBe(true)
      })
    )
  )

  it.effect("fails without the secrets of its call when it breaks off (I-32)", () =>
    inScope((scope) =>
      Effect.gen(function* () {
        const body = makeBody()
        const { failure } = yield* download(body, scope)
        body.give(Object.assign(new Error("broken while sending canary-token"), { secret: "canary-token" }))
        const error: unknown = yield* failure
        expect(error).toBeInstanceOf(LinxioNetworkError)
        expect(String(error)).toContain("broke off: broken while sending <redacted>")
        expect(JSON.stringify([error, Object(error).cause, Object(error).stack])).not.toContain("canary-token")
      })
    )
  )
})
