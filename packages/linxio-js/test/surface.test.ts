/** The names that programs of the hand-written SDK use beside the services. */
import { collectPages, linxioEndpoints, LinxioValidationError, type PageResult, streamPages } from "linxio-js"
import { assert, describe, it } from "vitest"
import { serve, signedIn } from "./support.ts"

describe("linxio.http", () => {
  it("sends each verb as request does, with the body as an argument", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    assert.deepStrictEqual(await linxio.http.get("/vehicles/count", { params: { status: "active" } }), { count: 3 })
    const made = await linxio.http.post<{ id: number }>("/vehicles", { regNo: "LNX-004" })
    assert.strictEqual(made.id, 4)
    await linxio.http.patch("/vehicles/4/archive")
    assert.strictEqual((await linxio.http.request<{ count: number }>("GET", "/vehicles/count")).count, 4)
    for (const verb of ["put", "delete"] as const) {
      const failure: unknown = await linxio.http[verb]("/vehicles/4").catch((error: unknown) => error)
      assert.strictEqual((failure as { status?: number }).status, 405)
    }
    assert.deepStrictEqual(
      fake.requests.slice(-5).map(({ method, path }) => `${method} ${path}`),
      ["POST /vehicles", "PATCH /vehicles/4/archive", "GET /vehicles/count", "PUT /vehicles/4", "DELETE /vehicles/4"]
    )
  })

  it("rejects with a typed error when the options cannot be read, and sends nothing", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const sent = fake.requests.length
    const options = Object.defineProperty({}, "signal", {
      enumerable: true,
      get: () => {
        throw new Error("secret")
      }
    })
    const failure = await linxio.http.post("/vehicles", {}, options).catch((error: unknown) => error)
    assert.instanceOf(failure, LinxioValidationError)
    assert.strictEqual(fake.requests.length, sent)
  })
})

const pageOf = (data: ReadonlyArray<{ id: number }>, total?: number): PageResult<{ id: number }> => {
  const about = { page: 1, limit: 2, ...(total !== undefined && { total }) }
  return { data, ...about, meta: about, error: null }
}

describe("collectPages and streamPages", () => {
  it("load page after page and end by the total, or by a page that came before, whose records are not given again", async () => {
    const asked: Array<unknown> = []
    const load = (total?: number) => async (params: { readonly page?: number }) => {
      asked.push(params.page)
      return (params.page ?? 1) > 1 ? pageOf([{ id: 3 }], total) : pageOf([{ id: 1 }, { id: 2 }], total)
    }
    const ended = await collectPages(load(3))
    assert.deepStrictEqual(ended.data, [{ id: 1 }, { id: 2 }, { id: 3 }])
    assert.deepStrictEqual(asked, [undefined, 2])
    const same = await collectPages(async () => pageOf([{ id: 1 }, { id: 2 }]))
    assert.deepStrictEqual(same.data, [{ id: 1 }, { id: 2 }])
  })

  it("stop with the loop, give a failed page as an error, and pass on what the caller's function throws", async () => {
    const linxio = await signedIn(await serve())
    let pages = 0
    for await (const vehicle of streamPages(
      (params: { page?: number; limit?: number }) => (pages++, linxio.vehicles.list(params)),
      { limit: 1 }
    )) {
      if (vehicle.id === 2) break
    }
    assert.strictEqual(pages, 2)
    const failed = await collectPages(() => linxio.vehicles.list({ page: 0 }))
    assert.instanceOf(failed.error, LinxioValidationError)
    const thrown = await collectPages(() => Promise.reject(new RangeError("mine"))).catch((error: unknown) => error)
    assert.instanceOf(thrown, RangeError)
  })
})

describe("linxioEndpoints", () => {
  it("has every operation with its source, and ids in braces", () => {
    assert.deepStrictEqual(linxioEndpoints.vehicles.getOdometer, {
      method: "GET",
      path: "/vehicles/{vehicleId}/odometer",
      source: "public-docs"
    })
    assert.strictEqual(linxioEndpoints.auth.me.source, "dashboard")
  })
})
