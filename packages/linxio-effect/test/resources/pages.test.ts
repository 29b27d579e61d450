/** Where a list ends, and what is remembered of it meanwhile. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { HttpClient, Vehicles } from "linxio-effect"
import type { Page } from "linxio-effect/api/operation"
import { walk } from "linxio-effect/resources/pages"

/** A server that answers page `at`, whatever was asked for before; and how often it was asked. */
const serving = (answer: (at: number) => unknown) => {
  const seen = { requests: 0 }
  const http = HttpClient.layerTest({
    execute: ({ urlParams }) =>
      Effect.sync(() => {
        seen.requests++
        return Response.json(answer(Number(Object.fromEntries(urlParams.params)["page"])))
      })
  })
  return { layer: Layer.provideMerge(Vehicles.layer(), http), seen }
}

/** What the stream and `iterate` give of a list: ids, or the whole record where it has none. */
const readBy = (answer: (at: number) => unknown) =>
  Effect.gen(function* () {
    const { layer, seen } = serving(answer)
    const told: Array<number> = []
    const onInvalid = ({ index }: { readonly index: number }) => Effect.sync(() => void told.push(index))
    const stream = Stream.unwrap(Vehicles.useSync((vehicles) => vehicles.stream({}, { onInvalid })))
    const streamed = yield* Effect.provide(Stream.runCollect(stream), layer)
    const { requests } = seen
    const iterated = Vehicles.use((vehicles) => vehicles.iterate())
    const page = yield* Effect.provide(iterated, layer)
    assert.deepStrictEqual(page.data, streamed)
    assert.deepStrictEqual(page.meta.invalid?.map(({ index }) => index) ?? [], told)
    assert.strictEqual(seen.requests, 2 * requests)
    return { ids: streamed.map(({ id }) => id), requests, told }
  })

const records = (...ids: ReadonlyArray<number | string>) => ids.map((id) => ({ id }))

describe("a list from page to page", () => {
  const all = records(1, 2, 3)

  it.effect("of a server that ignores the page is read once, and no record is given twice", () =>
    Effect.gen(function* () {
      for (const answer of [all, { data: all }, { data: all, total: 9 }, { data: all, limit: 3, total: "9" }]) {
        assert.deepStrictEqual(yield* readBy(() => answer), { ids: [1, 2, 3], requests: 2, told: [] })
      }
      const broken = [{ id: 1 }, null]
      assert.deepStrictEqual(yield* readBy(() => broken), { ids: [1], requests: 2, told: [1] })
    })
  )

  it.effect("ends where a server begins again, or stays at its last page, also in another order", () =>
    Effect.gen(function* () {
      const around = yield* readBy((at) => ({ data: records(2 * ((at - 1) % 3), 2 * ((at - 1) % 3) + 1), limit: 2 }))
      assert.deepStrictEqual(around, { ids: [0, 1, 2, 3, 4, 5], requests: 4, told: [] })
      const staying = yield* readBy((at) => ({
        data: at < 3 ? records(at, -at) : records(at % 2 ? 7 : "8", at % 2 ? 8 : 7)
      }))
      assert.deepStrictEqual(staying, { ids: [1, -1, 2, -2, 7, 8], requests: 4, told: [] })
    })
  )

  it.effect("goes on when a page brings one new record, as after a record was added in front", () =>
    Effect.gen(function* () {
      const moved = yield* readBy((at) => ({ data: [records(1, 2), records(2, 3), records(3, 4)][at - 1], total: 6 }))
      assert.deepStrictEqual(moved, { ids: [1, 2, 2, 3, 3, 4], requests: 3, told: [] })
    })
  )

  it.effect(
    "gives all records without ids, which may be alike, as long as there is a total, and ends without one",
    () =>
      Effect.gen(function* () {
        const alike = [{ status: "active" }, { status: "active" }]
        assert.lengthOf((yield* readBy(() => ({ data: alike, limit: 2, total: 6 }))).ids, 6)
        assert.lengthOf((yield* readBy(() => ({ data: alike, limit: 2 }))).ids, 4)
        const one = [{ id: 1 }, { status: "active" }]
        assert.lengthOf((yield* readBy(() => ({ data: one, limit: 2, total: 6 }))).ids, 6)
      })
  )

  it("remembers as much after a hundred thousand records as after a thousand", () => {
    setFlagsFromString("--expose-gc")
    const collect: () => void = runInNewContext("gc")
    const next = walk({ limit: 100 })
    let id = 0
    const used = (pages: number) => {
      for (let at = 0; at < pages; at++) {
        const data = Array.from({ length: 100 }, () => ({ id: `vehicle-${id++}` }))
        const page: Page<unknown> = { data, page: 1, limit: 100, meta: { page: 1, limit: 100 } }
        assert.isDefined(next(page).asked)
      }
      collect()
      return process.memoryUsage().heapUsed
    }
    const early = used(10)
    // The ids alone would take 5 MB.
    assert.isBelow(used(1_000) - early, 1_500_000)
  })
})
