/** The operations on scheduled reports: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { LinxioDecodeError, LinxioValidationError, Reports, type ReportsService } from "linxio-effect"
import { reports as operations } from "linxio-effect/api/reports"
import { answering } from "../support/answering.ts"

const using = <A, E>(
  http: ReturnType<typeof answering>["http"],
  use: (reports: ReportsService) => Effect.Effect<A, E>
) => Reports.use(use).pipe(Effect.provide(Layer.provide(Reports.layer(), http)))

const weekly = { name: "Fuel", type: "fuel_summary", format: "xlsx" }

const calls: ReadonlyArray<readonly [string, (reports: ReportsService) => Effect.Effect<unknown, unknown>]> = [
  [
    "GET /scheduled-report limit=5&format=csv&startDate=1970-01-01T00:00:00.000Z",
    (reports) => reports.scheduled({ limit: 5, format: "csv", startDate: new Date(0) })
  ],
  ["GET /scheduled-report/template", (reports) => reports.scheduledTemplate()],
  ["GET /scheduled-report/7", (reports) => reports.getScheduled(7)],
  [
    'POST /scheduled-report {"name":"Fuel","type":"fuel_summary","format":"xlsx","params":{"from":"1970-01-01T00:00:00.000Z"}}',
    (reports) => reports.createScheduled({ ...weekly, params: { from: new Date(0) } })
  ],
  ['PATCH /scheduled-report/7 {"format":"pdf"}', (reports) => reports.updateScheduled("7", { format: "pdf" })],
  ["DELETE /scheduled-report/7", (reports) => reports.deleteScheduled(7)],
  ["PATCH /scheduled-report/7/restore {}", (reports) => reports.restoreScheduled(7)]
]

describe("Reports", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent])
    })
  )

  it.effect("reads every envelope of a list, words that it does not know, and null", () =>
    Effect.gen(function* () {
      const report = { id: "7", name: null, format: "ods", status: "paused", owner: { id: 1 } }
      for (const body of [[report], { data: [report] }, { result: { scheduledReports: [report] } }]) {
        const { http } = answering(body)
        assert.deepStrictEqual((yield* using(http, (reports) => reports.scheduled())).data, [report])
      }
    })
  )

  it.effect("takes 204 and JSON for a deletion and a restoration", () =>
    Effect.gen(function* () {
      for (const answer of [new Response(null, { status: 204 }), { status: "ok" }]) {
        const { http } = answering(answer)
        assert.isUndefined(yield* using(http, (reports) => reports.deleteScheduled(1)))
        assert.isUndefined(yield* using(http, (reports) => reports.restoreScheduled(1)))
      }
    })
  )

  it.effect("reads a template of any fields, and an empty list in place of an empty object", () =>
    Effect.gen(function* () {
      const { http } = answering({ formats: ["csv"] }, [], "no object")
      const read = using(http, (reports) => reports.scheduledTemplate())
      assert.deepStrictEqual(yield* read, { formats: ["csv"] })
      assert.deepStrictEqual(yield* read, {})
      assert.instanceOf(yield* Effect.flip(read), LinxioDecodeError)
    })
  )

  it.effect("refuses a payload without its required fields, and says which, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      for (const [payload, field] of [
        [{ type: "a", format: "csv" }, "name"],
        [{ name: "a", format: "csv" }, "type"],
        [{ name: "a", type: "b" }, "format"],
        [{ ...weekly, format: 5 }, "format"],
        [{ ...weekly, params: "all" }, "params"]
      ] as const) {
        const failure = yield* Effect.flip(using(http, (reports) => reports.createScheduled(payload as never)))
        assert.instanceOf(failure, LinxioValidationError)
        assert.include(failure.message, field)
      }
      for (const id of ["", ".", Number.NaN])
        assert.instanceOf(
          yield* Effect.flip(using(http, (reports) => reports.deleteScheduled(id))),
          LinxioValidationError
        )
      assert.deepStrictEqual(asked, [])
    })
  )

  it("repeats only what has the same effect twice", () => {
    const repeatable = Object.entries(operations).filter(([, { idempotent }]) => idempotent)
    assert.deepStrictEqual(
      repeatable.map(([name]) => name),
      ["restoreScheduled"]
    )
  })
})
