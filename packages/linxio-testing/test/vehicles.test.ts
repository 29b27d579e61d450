/** Vehicles of the embedded Linxio, over the wire: filters, pages, changes and refusals. */
import { FakeLinxio } from "linxio-testing"
import { describe, expect, it, onTestFinished } from "vitest"

interface Vehicle {
  readonly id: number
  readonly regNo: string
  readonly [field: string]: unknown
}

const fleet: ReadonlyArray<Vehicle> = Array.from({ length: 250 }, (_, index) => ({
  id: index + 1,
  regNo: `A-${String(index + 1).padStart(3, "0")}`,
  status: index % 2 === 0 ? "active" : "archived",
  updatedAt: `2026-01-01T${String(index % 24).padStart(2, "0")}:00:00+10:00`
}))

/** What a signed-in client is answered. */
const signedIn = async (vehicles: ReadonlyArray<Vehicle> = fleet) => {
  const fake = await FakeLinxio.serve({ vehicles, signing: "fake" })
  onTestFinished(fake.close)
  const headers = { "content-type": "application/json" }
  const body = JSON.stringify({ email: "fleet@example.test", password: "correct horse battery staple" })
  const { token } = Object(await (await fetch(`${fake.baseUrl}/login`, { method: "POST", headers, body })).json())
  return async (method: string, path: string, payload?: unknown) => {
    const response = await fetch(fake.baseUrl + path, {
      method,
      headers: { ...headers, authorization: `Bearer ${String(token)}` },
      ...(payload !== undefined && { body: JSON.stringify(payload) })
    })
    const text = await response.text()
    return { status: response.status, body: text === "" ? undefined : Object(JSON.parse(text)) }
  }
}

describe("the list of vehicles", () => {
  it("gives at most 100 on a page, however many are asked for, and says so", async () => {
    const call = await signedIn()
    const { body } = await call("GET", "/vehicles/fields/json?limit=500&page=3")
    expect(body).toMatchObject({ page: 3, limit: 100, total: 250 })
    expect(body.data).toHaveLength(50)
    expect((await call("GET", "/vehicles/fields/json?page=4")).body).toMatchObject({ data: [], total: 250 })
  })

  it("is filtered by any field, by several values of one, and by comparison of times whatever their offset", async () => {
    const call = await signedIn()
    const total = async (query: string) => (await call("GET", `/vehicles/fields/json?${query}`)).body.total
    expect(await total("status=active")).toBe(125)
    expect(await total("id[]=1&id[]=2&id[]=999")).toBe(2)
    expect(await total("status=active&id[]=1&id[]=2")).toBe(1)
    expect(await total("updatedAt[lt]=2025-12-31T15:00:00Z")).toBe(11)
    expect(await total("id[gte]=249")).toBe(2)
    expect((await call("GET", "/vehicles/count?status=archived")).body).toEqual({ count: 125 })
  })

  it("is sorted either way, numbers as numbers", async () => {
    const call = await signedIn()
    const first = async (sort: string) =>
      (await call("GET", `/vehicles/fields/json?sort=${sort}&limit=1`)).body.data[0].id
    expect(await first("-id")).toBe(250)
    expect(await first("regNo")).toBe(1)
  })
})

describe("a vehicle", () => {
  it("is created, changed, archived and restored, and the list knows", async () => {
    const call = await signedIn(fleet.slice(0, 1))
    const created = await call("POST", "/vehicles", { regNo: "B-1", model: "Transit" })
    expect(created.body).toMatchObject({ id: 2, regNo: "B-1", status: "active" })
    expect((await call("POST", "/vehicles/2", { model: "Hilux" })).body).toMatchObject({ regNo: "B-1", model: "Hilux" })
    expect((await call("PATCH", "/vehicles/2/archive", {})).status).toBe(204)
    expect((await call("GET", "/vehicles/2")).body.status).toBe("archived")
    expect((await call("POST", "/vehicles/2/restore", {})).status).toBe(204)
    expect((await call("GET", "/vehicles/count?status=active")).body).toEqual({ count: 2 })
  })

  it("is refused with 422 without a registration number, or with one that is taken, and with 404 where there is none", async () => {
    const call = await signedIn(fleet.slice(0, 2))
    for (const [path, payload] of [
      ["/vehicles", {}],
      ["/vehicles", { regNo: "A-001" }],
      ["/vehicles/2", { regNo: "A-001" }],
      ["/vehicles/1/odometer", { odometer: -1, occurredAt: "2026-01-01T00:00:00Z" }],
      ["/vehicles/1/odometer", { odometer: 1, occurredAt: "soon" }]
    ] as const)
      expect((await call("POST", path, payload)).status).toBe(422)
    expect((await call("POST", "/vehicles/1", { regNo: "A-001" })).status).toBe(200)
    for (const path of ["/vehicles/9", "/vehicles/9/odometer", "/vehicles/9/engine-hours/current"])
      expect((await call("GET", path)).status).toBe(404)
  })

  it("has an odometer at each moment, and engine hours", async () => {
    const call = await signedIn(fleet.slice(0, 1))
    const at = async (time: string) => (await call("GET", `/vehicles/1/odometer?occurredAt=${time}`)).body.odometer
    await call("POST", "/vehicles/1/odometer", { odometer: 90_000_000, occurredAt: "2026-02-01T00:00:00Z" })
    await call("POST", "/vehicles/1/odometer", { odometer: 85_000_000, occurredAt: "2026-01-01T00:00:00Z" })
    expect(await at("2026-02-01T00:00:00Z")).toBe(90_000_000)
    expect(await at("2026-01-15T00:00:00Z")).toBe(85_000_000)
    expect(await at("2025-12-31T23:59:59Z")).toBe(84_215_000)
    expect((await call("GET", "/vehicles/1/odometer?occurredAt=soon")).status).toBe(400)
    expect((await call("GET", "/vehicles/1/engine-hours/current")).body).toMatchObject({ engineHours: 812.5 })
  })

  it("has a type: they are listed in their order", async () => {
    const { body } = await (await signedIn())("GET", "/vehicles/types?limit=1000&sort=order")
    expect(body).toMatchObject({ total: 3, limit: 1000 })
  })
})

describe("a path", () => {
  it("that is literal is not taken for an id, whatever the method", async () => {
    const call = await signedIn()
    expect((await call("POST", "/vehicles/count", {})).status).toBe(405)
    expect((await call("DELETE", "/vehicles/1/odometer")).status).toBe(405)
  })
})
