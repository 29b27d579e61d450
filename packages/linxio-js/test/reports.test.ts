/** `linxio.reports` end to end against the embedded Linxio, and what a caller may get wrong. */
import { LinxioApiError, LinxioValidationError } from "linxio-js"
import type { Result, ScheduledReportPayload } from "linxio-js"
import { describe, expect, it } from "vitest"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

const weekly: ScheduledReportPayload = { name: "Routes, weekly", type: "routes", format: "csv" }

describe("the seven operations", () => {
  it("work end to end against the embedded Linxio", async () => {
    const { reports } = await signedIn(await serve())
    expect((await reports.scheduled({ format: "pdf" })).data?.map(({ name }) => name)).toEqual(["Vehicles, monthly"])
    expect(await dataOf(reports.scheduledTemplate())).toMatchObject({ formats: ["csv", "pdf", "xlsx"] })
    expect(await dataOf(reports.getScheduled("1"))).toMatchObject({ id: 1, name: "Fuel, weekly", format: "xlsx" })
    const { id = "" } = await dataOf(reports.createScheduled({ ...weekly, params: { vehicleIds: [1, 2] } }))
    expect(await dataOf(reports.updateScheduled(id ?? "", { format: "pdf" }))).toMatchObject({
      ...weekly,
      format: "pdf"
    })
    expect(await reports.deleteScheduled(id ?? "")).toEqual({ data: null, error: null })
    expect(await reports.scheduled()).toMatchObject({ total: 3 })
    expect(await reports.restoreScheduled(id ?? "")).toEqual({ data: null, error: null })
    expect((await reports.iterateScheduled({ limit: 1 })).data).toHaveLength(4)
    const names: Array<unknown> = []
    for await (const { name } of reports.streamScheduled({ status: "disabled" })) names.push(name)
    expect(names).toEqual(["Fuel, monthly"])
  })

  it("tell of what is not there, and of what is refused", async () => {
    const { reports } = await signedIn(await serve())
    for (const call of [reports.getScheduled(99), reports.deleteScheduled(99), reports.restoreScheduled(99)]) {
      const error = await errorOf(call)
      expect(error).toBeInstanceOf(LinxioApiError)
      expect(error).toMatchObject({ status: 404, reason: "NotFound" })
    }
    expect(await errorOf(reports.createScheduled({ ...weekly, format: "ods" }))).toMatchObject({
      status: 422,
      issues: [{ field: "format" }]
    })
    expect(await errorOf(reports.updateScheduled(1, { name: " " }))).toMatchObject({ issues: [{ field: "name" }] })
  })
})

describe("what a caller may get wrong", () => {
  it("is refused before anything is sent", async () => {
    const fake = await serve()
    const { reports } = await signedIn(fake)
    const cyclic: Record<string, unknown> = {}
    cyclic["self"] = cyclic
    const wrong: ReadonlyArray<Promise<Result<unknown>>> = [
      reports.createScheduled({ name: "a", type: "b" } as never),
      reports.createScheduled({ ...weekly, params: cyclic }),
      reports.createScheduled([weekly] as never),
      reports.updateScheduled(1, { format: 5 as never }),
      reports.updateScheduled("", weekly),
      reports.getScheduled("."),
      reports.deleteScheduled(Number.NaN),
      reports.restoreScheduled(null as never)
    ]
    for (const call of wrong) expect(await errorOf(call)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})
