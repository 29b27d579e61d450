/** Digital forms: what each operation sends, what it makes of what it may get, and a file as a Blob and as a stream. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import {
  DigitalForms,
  type DigitalFormsService,
  LinxioDecodeError,
  LinxioTimeoutError,
  LinxioValidationError,
  type Progress,
  withCallOptions
} from "linxio-effect"
import { answering } from "../support/answering.ts"
import { answeredWith, makeBody } from "../support/incomingBody.ts"

const using = <A, E>(
  http: ReturnType<typeof answering>["http"],
  use: (forms: DigitalFormsService) => Effect.Effect<A, E>
) => DigitalForms.use(use).pipe(Effect.provide(Layer.provide(DigitalForms.layer(), http)))

const pdf = (body: string | null = "%PDF-1.4", headers: Record<string, string> = {}, status = 200) =>
  new Response(body, { status, headers: { "content-type": "application/pdf", ...headers } })

const calls: ReadonlyArray<readonly [string, (forms: DigitalFormsService) => Effect.Effect<unknown, unknown>]> = [
  ["GET /digital-form/form", (forms) => forms.list()],
  ["GET /digital-form/form/7", (forms) => forms.get(7)],
  ["GET /digital-form/answer/a%20b", (forms) => forms.answer("a b")]
]

/** The text of a file that is read as a stream. */
const streamed = (forms: DigitalFormsService) => Stream.mkString(Stream.decodeText(forms.answerPdfStream(7)))

describe("DigitalForms", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent])
    })
  )

  it.effect("reads the forms under result.forms, in every other envelope, and with a title in place of a name", () =>
    Effect.gen(function* () {
      const forms = [
        { id: "1", title: "Check" },
        { id: 2, name: "Receipt", status: "draft", steps: [] }
      ]
      for (const body of [{ result: { forms } }, { data: forms }, forms]) {
        const { http } = answering(body)
        assert.deepStrictEqual((yield* using(http, (service) => service.list())).data, forms)
      }
      const { http } = answering({ result: { forms: [...forms, { id: 3, title: 5 }] } })
      const { data, meta } = yield* using(http, (service) => service.list())
      assert.lengthOf(data, 2)
      assert.deepStrictEqual(meta.invalid, [
        { index: 2, issue: "result.forms[2].title should be text, and is of type number" }
      ])
    })
  )

  it.effect("reads an answer of any fields", () =>
    Effect.gen(function* () {
      const { http } = answering({ id: 1, anything: [{}] })
      assert.deepStrictEqual(yield* using(http, (forms) => forms.answer(1)), { id: 1, anything: [{}] })
    })
  )
})

describe("a file", () => {
  it.effect("is asked for as PDF, and comes as a Blob with its type, or as a stream", () =>
    Effect.gen(function* () {
      const { asked, http } = answering(pdf())
      const blob = yield* using(http, (forms) => forms.answerPdf(7))
      assert.deepStrictEqual([blob.type, yield* Effect.promise(() => blob.text())], ["application/pdf", "%PDF-1.4"])
      assert.strictEqual(yield* using(http, streamed), "%PDF-1.4")
      const sent = "GET /digital-form/answer/7/pdf (application/pdf, application/json;q=0.9)"
      assert.deepStrictEqual(asked, [sent, sent])
    })
  )

  it.effect("of which there is a message, or nothing, is a LinxioDecodeError, as a Blob and as a stream", () =>
    Effect.gen(function* () {
      for (const [answer, issue] of [
        [pdf("<html>", { "content-type": "text/html; charset=utf-8" }), "should be a file, and is text/html"],
        [pdf("{}", { "content-type": "application/json" }), "should be a file, and is application/json"],
        [
          pdf("{}", { "content-type": "application/problem+json" }),
          "should be a file, and is application/problem+json"
        ],
        [pdf("", { "content-length": "0" }), "the body is empty"],
        [pdf(null, {}, 204), "the body is empty"]
      ] as const) {
        const { http } = answering(answer)
        for (const read of [(forms: DigitalFormsService) => forms.answerPdf(7), streamed]) {
          const failure = yield* Effect.flip(using<unknown, unknown>(http, read))
          assert.instanceOf(failure, LinxioDecodeError)
          assert.include(failure.message, issue)
        }
      }
      const { http } = answering(pdf(""))
      assert.instanceOf(yield* Effect.flip(using(http, (forms) => forms.answerPdf(7))), LinxioDecodeError)
    })
  )

  it.effect("in whose place a message comes is let go, and not read", () =>
    Effect.gen(function* () {
      const body = makeBody()
      const { layer } = answeredWith([body], {}, { "content-type": "text/html" })
      const failure = yield* Effect.flip(
        DigitalForms.use(streamed).pipe(Effect.provide(Layer.provide(DigitalForms.layer(), layer)))
      )
      assert.instanceOf(failure, LinxioDecodeError)
      assert.isTrue(body.canceled)
    })
  )

  it.effect("is given up as a stream when nothing comes for timeoutMs, and as a Blob when it takes longer", () =>
    Effect.gen(function* () {
      for (const [read, phase] of [
        [streamed, "idle"],
        [(forms: DigitalFormsService) => forms.answerPdf(7), "body"]
      ] as const) {
        const body = makeBody()
        const { layer } = answeredWith([body], { retry: { retries: 0 } })
        const reading = DigitalForms.use<unknown, unknown, never>(read).pipe(
          withCallOptions({ onProgress: () => undefined }),
          Effect.provide(Layer.provide(DigitalForms.layer(), layer)),
          Effect.flip
        )
        const fiber = yield* Effect.forkChild(reading, { startImmediately: true })
        body.give("%PDF")
        yield* TestClock.adjust("6 seconds")
        const failure = yield* Fiber.join(fiber)
        assert.instanceOf(failure, LinxioTimeoutError)
        assert.strictEqual(failure.phase, phase)
        assert.isTrue(body.canceled)
      }
    })
  )

  it.effect("tells of its progress, as a Blob and as a stream", () =>
    Effect.gen(function* () {
      for (const read of [streamed, (forms: DigitalFormsService) => forms.answerPdf(7)]) {
        const told: Array<Progress> = []
        const body = makeBody()
        for (const part of ["%PDF", "-1.4", undefined]) body.give(part)
        const { layer } = answeredWith([body], {}, { "content-length": "8" })
        yield* DigitalForms.use<unknown, unknown, never>(read).pipe(
          withCallOptions({ onProgress: (progress) => told.push(progress) }),
          Effect.provide(Layer.provide(DigitalForms.layer(), layer))
        )
        assert.deepStrictEqual(told, [
          { received: 4, total: 8 },
          { received: 8, total: 8 }
        ])
      }
    })
  )

  it.effect("with an id that can be none is refused before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering(pdf())
      for (const id of ["", "..", {} as never])
        for (const read of [
          (forms: DigitalFormsService) => forms.answerPdf(id),
          (forms: DigitalFormsService) => Stream.runDrain(forms.answerPdfStream(id))
        ])
          assert.instanceOf(yield* Effect.flip(using<unknown, unknown>(http, read)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
