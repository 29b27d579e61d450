/** `linxio.vehicles`: what goes out, what comes of each answer, and where a list ends. */
import {
  isLinxioFailure,
  LinxioApiError,
  LinxioDecodeError,
  LinxioValidationError,
  unwrapLinxioPageResult,
  unwrapLinxioResult
} from "linxio-js"
import type { Count, LinxioClient, ListParams, Odometer, PageResult, Result, Vehicle } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { answered } from "./answered.ts"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

const collected = async (list: AsyncIterable<Vehicle>) => {
  const ids: Array<unknown> = []
  for await (const vehicle of list) ids.push(vehicle.id)
  return ids
}

describe("the eleven operations", () => {
  it("work end to end against the embedded Linxio", async () => {
    const { vehicles } = await signedIn(await serve())
    const page = await vehicles.list({ fields: ["id", "regNo"], limit: 2, sort: "-regNo" })
    expect(page).toMatchObject({ error: null, page: 1, limit: 2, total: 3, meta: { page: 1, limit: 2, total: 3 } })
    expect(page.data).toEqual([
      { id: 3, regNo: "LNX-003" },
      { id: 2, regNo: "LNX-002" }
    ])
    expect(await dataOf(vehicles.get("2"))).toMatchObject({ id: 2, regNo: "LNX-002" })
    const { id } = await dataOf(vehicles.create({ regNo: "LNX-004" }))
    expect(await dataOf(vehicles.update(id ?? "", { defaultLabel: "New" }))).toMatchObject({ id, defaultLabel: "New" })
    expect(await vehicles.archive(id ?? "")).toEqual({ data: null, error: null })
    expect(await dataOf(vehicles.count({ status: "archived" }))).toEqual({ count: 1 })
    expect(await vehicles.restore(id ?? "")).toEqual({ data: null, error: null })
    expect(await dataOf(vehicles.count())).toEqual({ count: 4 })
    const reading = { odometer: 90_000_000, occurredAt: new Date("2026-01-01T00:00:00Z") }
    expect(await dataOf(vehicles.recalibrateOdometer(1, reading))).toMatchObject({ odometer: 90_000_000 })
    const before = { occurredAt: "2025-12-31T23:59:59+00:00" }
    expect((await dataOf(vehicles.getOdometer(1, before))).odometer).toBe(84_215_000)
    expect((await dataOf(vehicles.getOdometer(1))).odometer).toBe(90_000_000)
    expect((await dataOf(vehicles.getEngineHours(1))).engineHours).toBe(812.5)
    expect((await vehicles.types()).data?.map((type) => type.name)).toEqual(["Car", "Van", "Truck"])
  })

  it("tell of what is not there, and of what is refused", async () => {
    const { vehicles } = await signedIn(await serve())
    const missing = await errorOf(vehicles.get(99))
    expect(missing).toBeInstanceOf(LinxioApiError)
    expect(missing).toMatchObject({ status: 404, reason: "NotFound" })
    expect(await errorOf(vehicles.create({ regNo: "LNX-001" }))).toMatchObject({ status: 422 })
  })

  it("send what they are given, by the contract", async () => {
    const { bodies, sent, vehicles } = answered(
      { data: [] },
      { id: 1 },
      { odometer: 5 },
      new Response(null, { status: 204 })
    )
    await vehicles.list({
      fields: ["id", "regNo"],
      status: null,
      depotId: undefined,
      "updatedAt[gte]": new Date(0),
      a: true
    })
    await vehicles.update("a/b?c", { vin: "x" })
    await vehicles.recalibrateOdometer(7, { odometer: 5, occurredAt: new Date(0) })
    await vehicles.archive(7)
    expect(sent).toEqual([
      "GET /vehicles/fields/json?fields%5B%5D=id&fields%5B%5D=regNo&updatedAt%5Bgte%5D=1970-01-01T00%3A00%3A00.000Z&a=true",
      "POST /vehicles/a%2Fb%3Fc",
      "POST /vehicles/7/odometer",
      "PATCH /vehicles/7/archive"
    ])
    const texts = bodies.map((body) => (body instanceof Uint8Array ? new TextDecoder().decode(body) : body))
    expect(texts.slice(1)).toEqual(['{"vin":"x"}', '{"odometer":5,"occurredAt":"1970-01-01T00:00:00.000Z"}', "{}"])
  })
})

describe("what a caller may get wrong", () => {
  it("an id that can be none is refused, and nothing is sent", async () => {
    const { sent, vehicles } = answered({})
    for (const id of ["", " ", ".", "..", Number.NaN, {}, null, undefined, true, "\ud800"])
      expect(await errorOf(vehicles.get(id as string))).toBeInstanceOf(LinxioValidationError)
    expect(sent).toEqual([])
  })

  it("a near miss of a list's own names is refused with a hint; any other filter passes", async () => {
    const { sent, vehicles } = answered({ data: [] })
    for (const [name, meant] of Object.entries({
      feilds: "fields",
      Fields: "fields",
      field: "fields",
      limt: "limit",
      pages: "page",
      sorts: "sort",
      pageSize: "limit",
      per_page: "limit",
      offset: "page",
      sortBy: "sort"
    })) {
      const error = await errorOf(vehicles.list({ [name]: "1" }))
      expect(error).toBeInstanceOf(LinxioValidationError)
      expect(error.message).toContain(`did you mean ${meant}?`)
    }
    for (const name of ["timeoutMs", "signal", "strict"]) {
      const misplaced = { [name]: name === "signal" ? new AbortController().signal : 1 }
      expect((await errorOf(vehicles.count(misplaced as never))).message).toContain("Options are the next argument")
    }
    const wrong = [
      { fields: "id" },
      { limit: 0 },
      { page: 1.5 },
      { status: {} },
      { at: new Date(Number.NaN) },
      [],
      new Map(),
      () => 1,
      "id"
    ]
    for (const params of wrong)
      expect(await errorOf(vehicles.list(params as ListParams))).toBeInstanceOf(LinxioValidationError)
    expect(sent).toEqual([])
    expect((await vehicles.list({ type: "x", make: "y", state: 1 })).error).toBeNull()
  })

  it("what cannot be read, or written as JSON, is refused; what is given is read once and never changed", async () => {
    const { sent, vehicles } = answered({ id: 1 })
    const cycle: Record<string, unknown> = { regNo: "A" }
    cycle["self"] = cycle
    const hostile = Object.defineProperty({}, "regNo", {
      enumerable: true,
      get: () => {
        throw new Error("a secret")
      }
    })
    for (const call of [
      () => vehicles.create(hostile),
      () => vehicles.list(hostile),
      () => vehicles.iterate(hostile),
      () => vehicles.recalibrateOdometer(1, { odometer: Number.NaN, occurredAt: "x" }),
      () => vehicles.recalibrateOdometer(1, { odometer: 1 } as never),
      () => vehicles.create("x" as never),
      () => vehicles.create(new Map([["regNo", "A"]]) as never),
      () => vehicles.create(Promise.resolve({}) as never),
      () => vehicles.create(cycle),
      () => vehicles.create({ count: 1n })
    ]) {
      const error = await errorOf(call())
      expect(error).toBeInstanceOf(LinxioValidationError)
      expect(error.message).not.toContain("secret")
    }
    expect(sent).toEqual([])
    const payload = Object.freeze({ regNo: "A", groupIds: Object.freeze([1]) })
    expect((await vehicles.create(payload)).error).toBeNull()
  })

  it("an option that does not exist is refused, and an aborted signal aborts", async () => {
    const { vehicles } = answered({ id: 1 })
    const wrong = await errorOf(vehicles.get(1, { timeout: 5 } as never))
    expect(wrong).toBeInstanceOf(LinxioValidationError)
    expect(await errorOf(vehicles.get(1, { strict: true } as never))).toBeInstanceOf(LinxioValidationError)
    expect((await errorOf(vehicles.get(1, { signal: AbortSignal.abort() }))).name).toBe("LinxioAbortError")
  })
})

describe("the envelopes of a list", () => {
  const one = [{ id: 1 }]
  for (const [name, body] of Object.entries({
    data: { data: one, page: "1", limit: "50", total: "7" },
    "result of the endpoint's name": { result: { vehicles: one, page: 1, limit: 50, total: 7 } },
    "result with data": { result: { data: one }, meta: { page: 1, limit: 50, total: 7 } },
    "the endpoint's name": { vehicles: one, meta: { page: 1, limit: 50, total: 7 } }
  }))
    it(`are understood: ${name}`, async () => {
      const page = await answered(body).vehicles.list()
      expect(page).toEqual({
        data: one,
        error: null,
        page: 1,
        limit: 50,
        total: 7,
        meta: { page: 1, limit: 50, total: 7 }
      })
    })

  it("are understood: a bare array, and nothing at all", async () => {
    expect((await answered(one).vehicles.list()).data).toEqual(one)
    for (const nothing of [null, {}, [], { data: null }, new Response(null, { status: 204 })])
      expect(await answered(nothing).vehicles.list()).toMatchObject({ data: [], error: null })
  })

  it("an answer without a list is a decode error that says where it came from, never a page", async () => {
    const error = await errorOf(answered({ id: 1, areas: [] }).vehicles.list())
    expect(error).toBeInstanceOf(LinxioDecodeError)
    expect(error).toMatchObject({ method: "GET", status: 200, path: "/api/vehicles/fields/json" })
    expect(await errorOf(answered(new Response("<html>")).vehicles.list())).toBeInstanceOf(LinxioDecodeError)
  })

  it("a record with one array in it stays a record", async () => {
    const vehicle = { groups: [{ id: 1 }] }
    expect(await dataOf(answered(vehicle).vehicles.get(1))).toEqual(vehicle)
  })

  it("a broken record does not lose the page: it is left out and told of, or fails a strict call", async () => {
    const body = {
      data: [{ id: 1 }, null, { id: {} }, { id: "2", year: "2015", todayData: [], extra: 1 }],
      aggregations: { a: 1 }
    }
    const { vehicles } = answered(body)
    const page = await vehicles.list()
    expect(page.data).toEqual([{ id: 1 }, { id: "2", year: 2015, todayData: {}, extra: 1 }])
    expect(page.meta?.invalid).toEqual([
      { index: 1, issue: "data[1] should be an object, and is null" },
      { index: 2, issue: "data[2].id should be an id, and is of type object" }
    ])
    expect(page.aggregations).toEqual({ a: 1 })
    expect((await errorOf(vehicles.list({}, { strict: true }) as Promise<Result<unknown>>)).message).toContain(
      "data[1]"
    )
  })

  it("a count is a number, whatever the server calls it", async () => {
    for (const body of [3, "3", { count: 3 }, { total: "3" }])
      expect((await dataOf(answered(body).vehicles.count())).count).toBe(3)
    expect(await errorOf(answered({}).vehicles.count())).toBeInstanceOf(LinxioDecodeError)
  })
})

describe("a list from page to page", () => {
  const page = (ids: ReadonlyArray<number>, rest: object = {}) => ({ data: ids.map((id) => ({ id })), ...rest })

  it("ends where the server's own limit and total say so, not the limit that was asked for", async () => {
    const { sent, vehicles } = answered(page([1, 2], { limit: 2, total: 3 }), page([3], { limit: 2, total: 3 }))
    expect(await collected(vehicles.stream({ limit: 500 }))).toEqual([1, 2, 3])
    expect(sent).toEqual(["GET /vehicles/fields/json?limit=500&page=1", "GET /vehicles/fields/json?limit=500&page=2"])
  })

  it("ends with an empty page, with a short one, and with one that brings nothing new", async () => {
    for (const [pages, requests] of [
      [[page([1, 2], { limit: 2 }), page([3, 4], { limit: 2 }), page([])], 3],
      [[page([1, 2], { limit: 2 }), page([3], { limit: 2 })], 2],
      [[page([1, 2], { total: 40 }), page([1, 2], { total: 40 })], 2],
      [[page([1, 2]), page([1, 2])], 2]
    ] as const) {
      const { sent, vehicles } = answered(...pages)
      await vehicles.iterate()
      expect(sent).toHaveLength(requests)
    }
  })

  it("does not take records without an id for ones that it has seen", async () => {
    const same = { data: [{ status: "active" }, { status: "active" }], limit: 2, total: 5 }
    const last = { data: [{ status: "active" }], limit: 2, total: 5 }
    expect((await answered(same, same, last).vehicles.iterate({ fields: ["status"] })).data).toHaveLength(5)
  })

  it("begins at the page that was asked for", async () => {
    const { sent, vehicles } = answered(page([5, 6], { page: 3, limit: 2, total: 6 }))
    expect((await vehicles.iterate({ page: 3 })).data).toHaveLength(2)
    expect(sent).toEqual(["GET /vehicles/fields/json?page=3"])
  })

  it("is read when it is wanted: nothing before the first record, nothing after a break", async () => {
    const { sent, vehicles } = answered(page([1, 2], { limit: 2, total: 9 }))
    const stream = vehicles.stream()
    expect(sent).toEqual([])
    for await (const vehicle of stream) if (vehicle.id === 2) break
    expect(sent).toHaveLength(1)
  })

  it("throws where the loop stands, and gives a result that tells it from iterate", async () => {
    const broken = Response.json({ message: "no" }, { status: 403 })
    const { vehicles } = answered(page([1, 2], { limit: 2, total: 9 }), broken)
    const ids: Array<unknown> = []
    const read = async () => {
      for await (const vehicle of vehicles.stream()) ids.push(vehicle.id)
    }
    await expect(read()).rejects.toBeInstanceOf(LinxioApiError)
    expect(ids).toEqual([1, 2])
    expect(await answered(broken).vehicles.iterate()).toMatchObject({ data: null, meta: null, error: { status: 403 } })
  })

  it("tells of every broken record of all pages", async () => {
    const bad = { data: [{ id: 1 }, null], limit: 2, total: 4 }
    const result = await answered(bad, { data: [7, { id: 2 }], limit: 2, total: 4 }).vehicles.iterate()
    expect(result.meta?.invalid?.map(({ index }) => index)).toEqual([1, 2])
    expect(result.data).toEqual([{ id: 1 }, { id: 2 }])
  })
})

describe("a result", () => {
  it("is unwrapped to its data or its page, or throws its error", async () => {
    const { vehicles } = answered({ data: [{ id: 1 }], total: 1 }, { id: 1 }, Response.json({}, { status: 403 }))
    const page = await vehicles.list()
    expect(isLinxioFailure(page)).toBe(false)
    expect(unwrapLinxioPageResult(page)).toEqual({ data: [{ id: 1 }], page: 1, total: 1, meta: { page: 1, total: 1 } })
    expect(unwrapLinxioResult(await vehicles.get(1))).toEqual({ id: 1 })
    const [refusedPage, refused] = [await vehicles.list(), await vehicles.get(1)]
    expect(isLinxioFailure(refused) && refused.error).toBeInstanceOf(LinxioApiError)
    expect(() => unwrapLinxioPageResult(refusedPage)).toThrow(LinxioApiError)
    expect(() => unwrapLinxioResult(refused)).toThrow(LinxioApiError)
  })
})

describe("the types", () => {
  it("are those of the catalogue, and narrow by the error", () => {
    type Vehicles = LinxioClient["vehicles"]
    expectTypeOf<ReturnType<Vehicles["list"]>>().toEqualTypeOf<Promise<PageResult<Vehicle>>>()
    expectTypeOf<ReturnType<Vehicles["getOdometer"]>>().toEqualTypeOf<Promise<Result<Odometer>>>()
    expectTypeOf<ReturnType<Vehicles["archive"]>>().toEqualTypeOf<Promise<Result<null>>>()
    expectTypeOf<ReturnType<Vehicles["count"]>>().toEqualTypeOf<Promise<Result<Count>>>()
    expectTypeOf<ReturnType<Vehicles["stream"]>>().toEqualTypeOf<AsyncIterable<Vehicle>>()
    const use = ({ data, error, total }: PageResult<Vehicle>) => {
      if (error) return error.message
      expectTypeOf(data).toEqualTypeOf<ReadonlyArray<Vehicle>>()
      return total
    }
    expect(use({ data: [], error: null, page: 1, total: 3, meta: { page: 1, total: 3 } })).toBe(3)
    const mistakes = (vehicles: Vehicles) => [
      // @ts-expect-error an id is a number or a text
      () => vehicles.get({ id: 1 }),
      // @ts-expect-error the odometer needs its time
      () => vehicles.recalibrateOdometer(1, { odometer: 5 }),
      // @ts-expect-error a limit is a number
      () => vehicles.list({ limit: "5" })
    ]
    expect(mistakes).toBeTypeOf("function")
  })
})
