/** The operations on resellers: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { LinxioDecodeError, LinxioValidationError, Resellers, type ResellersService } from "linxio-effect"
import { answering } from "../support/answering.ts"

const using = <A, E>(
  http: ReturnType<typeof answering>["http"],
  use: (resellers: ResellersService) => Effect.Effect<A, E>
) => Resellers.use(use).pipe(Effect.provide(Layer.provide(Resellers.layer(), http)))

describe("Resellers", () => {
  it.effect("have a singular path", () =>
    Effect.gen(function* () {
      const { asked, http } = answering([])
      yield* using(http, (resellers) => resellers.list())
      const one = answering({ id: 1 })
      yield* using(one.http, (resellers) => resellers.get("a/b"))
      assert.deepStrictEqual([...asked, ...one.asked], ["GET /reseller", "GET /reseller/a%2Fb"])
    })
  )

  it.effect("are read from a bare array and every other envelope; a broken one is left out and told of (B-4)", () =>
    Effect.gen(function* () {
      const records = [{ id: "1", name: "A", extra: 1 }, { id: 2, name: null }, { name: 7 }]
      for (const body of [records, { data: records }, { result: { resellers: records } }, { result: records }]) {
        const { data, meta } = yield* using(answering(body).http, (resellers) => resellers.list())
        assert.deepStrictEqual<unknown>(data, records.slice(0, 2))
        assert.deepStrictEqual(
          meta.invalid?.map(({ index }) => index),
          [2]
        )
      }
      const nothing = new Response(null, { status: 204 })
      assert.deepStrictEqual((yield* using(answering(nothing).http, (resellers) => resellers.list())).data, [])
      const wrong = answering({ id: 1 }).http
      assert.instanceOf(yield* Effect.flip(using(wrong, (resellers) => resellers.list())), LinxioDecodeError)
    })
  )

  it.effect("refuse an id that can be none, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      assert.instanceOf(yield* Effect.flip(using(http, (resellers) => resellers.get(""))), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
