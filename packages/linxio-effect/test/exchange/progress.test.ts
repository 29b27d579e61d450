/** What a download tells of itself, and that its limits stay what they are, on the clock of a test. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import {
  HttpClient,
  LinxioDecodeError,
  LinxioNetworkError,
  LinxioTimeoutError,
  LinxioValidationError,
  type Progress,
  withCallOptions
} from "linxio-effect"
import { answeredWith, makeBody } from "../support/incomingBody.ts"

/** One turn of the event loop: whatever has been given has been read. */
const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

/** A body with these chunks, and its end. */
const bodyOf = (...chunks: ReadonlyArray<string | Error>) => {
  const body = makeBody()
  for (const chunk of [...chunks, undefined]) body.give(chunk)
  return body
}

/** Reads a body as text, and what was told meanwhile. */
const download = (tell?: (progress: Progress) => unknown) => {
  const told: Array<Progress> = []
  const text = HttpClient.use((http) => Effect.flatMap(http.get("/x"), (response) => response.text)).pipe(
    withCallOptions({
      onProgress: (progress) => {
        told.push(progress)
        return tell?.(progress)
      }
    })
  )
  return { told, text }
}

describe("the progress of a download", () => {
  it.effect("is the bytes that have arrived, chunk by chunk, and the total where the server says it", () =>
    Effect.gen(function* () {
      for (const [headers, total] of [
        [{ "content-length": "7" }, 7],
        [{}, undefined],
        [{ "content-length": "7", "content-encoding": "gzip" }, undefined],
        [{ "content-length": "7, 7" }, undefined]
      ] as const) {
        const { told, text } = download()
        const { layer } = answeredWith([bodyOf("one", "€", "!")], {}, headers)
        assert.strictEqual(yield* Effect.provide(text, layer), "one€!")
        assert.deepStrictEqual(
          told,
          [3, 6, 7].map((received) => ({ received, total }))
        )
      }
    })
  )

  it.effect("costs nothing where nobody asks: the transport reads the body whole", () =>
    Effect.gen(function* () {
      const { asked, layer } = answeredWith([bodyOf("a"), bodyOf("b")])
      const get = HttpClient.use((http) => http.get("/x"))
      yield* Effect.provide(get, layer)
      yield* Effect.provide(withCallOptions({ onProgress: () => undefined })(get), layer)
      assert.deepStrictEqual(asked, ["bytes", "stream"])
    })
  )

  it.effect("ignores what its callback throws, or rejects with", () =>
    Effect.gen(function* () {
      for (const fails of [
        () => {
          throw new Error("a fault of the caller")
        },
        () => Promise.reject(new Error("a fault of the caller"))
      ]) {
        const { told, text } = download(fails)
        assert.strictEqual(yield* Effect.provide(text, answeredWith([bodyOf("a", "b")]).layer), "ab")
        assert.lengthOf(told, 2)
      }
    })
  )

  it.effect("with a callback that is no function is refused before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, layer } = answeredWith([])
      const get = HttpClient.use((http) => http.get("/x")).pipe(withCallOptions({ onProgress: "yes" as never }))
      assert.instanceOf(yield* Effect.flip(Effect.provide(get, layer)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )

  it.effect("starts again when the call is retried after a body that broke off, as it is without progress", () =>
    Effect.gen(function* () {
      const { told, text } = download()
      const { layer } = answeredWith([bodyOf("half", new Error("reset")), bodyOf("half", "whole")], {
        retry: { retries: 1, delayMs: 0 }
      })
      const reading = yield* Effect.forkChild(Effect.provide(text, layer))
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(reading), "halfwhole")
      assert.deepStrictEqual(
        told.map(({ received }) => received),
        [4, 4, 9]
      )
    })
  )

  it.effect("does not lift maxResponseBytes: the body is let go, and the call is not retried (F-6)", () =>
    Effect.gen(function* () {
      const body = bodyOf("12345", "67890")
      const { text } = download()
      const failure = yield* Effect.flip(Effect.provide(text, answeredWith([body], { maxResponseBytes: 7 }).layer))
      assert.instanceOf(failure, LinxioDecodeError)
      assert.include(failure.message, "raise maxResponseBytes")
      assert.isTrue(body.canceled)
    })
  )

  it.effect("does not lift timeoutMs: it holds for the whole body, and what comes later is not told", () =>
    Effect.gen(function* () {
      const body = makeBody()
      const { told, text } = download()
      const { layer } = answeredWith([body], { retry: { retries: 0 } })
      const reading = yield* Effect.forkChild(Effect.flip(Effect.provide(text, layer)))
      for (let i = 0; i < 5; i++) {
        body.give("x")
        yield* TestClock.adjust("1 second")
      }
      const failure = yield* Fiber.join(reading)
      assert.instanceOf(failure, LinxioTimeoutError)
      assert.deepInclude({ ...failure }, { phase: "body", timeoutMs: 5_000 })
      assert.isTrue(body.canceled)
      body.give("late")
      yield* turn
      assert.lengthOf(told, 5)
    })
  )

  it.effect("ends with the interruption of its call: the body is let go, and nothing more is told (I-27)", () =>
    Effect.gen(function* () {
      const body = makeBody()
      const { told, text } = download()
      const reading = yield* Effect.forkChild(Effect.provide(text, answeredWith([body]).layer), {
        startImmediately: true
      })
      body.give("first")
      yield* turn
      yield* Fiber.interrupt(reading)
      assert.isTrue(body.canceled)
      body.give("late")
      yield* turn
      assert.deepStrictEqual(told, [{ received: 5, total: undefined }])
    })
  )

  it.effect("of a body that breaks off without retries is the error that it always is, without secrets (I-32)", () =>
    Effect.gen(function* () {
      const { text } = download()
      const body = bodyOf("half", new Error("broken while sending canary-token"))
      const { layer } = answeredWith([body], { retry: { retries: 0 } })
      const failure = yield* Effect.flip(Effect.provide(text, layer))
      assert.instanceOf(failure, LinxioNetworkError)
      assert.notInclude(JSON.stringify([failure, failure.cause, failure.stack]), "canary-token")
    })
  )
})
