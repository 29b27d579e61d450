/** Objects of which some fields are known: what is quick about them must not be told from what Effect decodes by itself. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { Vehicle, VehicleList } from "linxio-effect/api/vehicles"
import { Id, nullish } from "../../src/api/schemas.ts"
import { openObject } from "../../src/api/openObject.ts"

const fields = { id: nullish(Id), name: Schema.String }
const Open = openObject("Thing", fields)
const Plain = Schema.StructWithRest(Schema.Struct(fields), [Schema.Record(Schema.String, Schema.Unknown)]).annotate({
  identifier: "Thing"
})

/** What comes of a value, as data: the value or the message. */
const outcome = <S extends Schema.Codec<unknown, unknown>>(schema: S, value: unknown, options = {}) => {
  const exit = Schema.decodeUnknownExit(schema, options)(value)
  return Exit.isSuccess(exit) ? { value: exit.value } : { message: Effect.runSync(Effect.flip(exit)).message }
}

const absent = Symbol("absent")
const values = [absent, undefined, null, "x", "", 7, -0.5, true, {}, [], { name: "x" }]
const objects = values.flatMap((id) =>
  values.map((name) => ({
    ...(id === absent ? {} : { id }),
    ...(name === absent ? {} : { name }),
    tags: ["a", { b: null }],
    year: 2015
  }))
)
const strangers = [undefined, null, "x", 7, Number.NaN, true, [], [{ name: "x" }], {}, () => "x", new Date(0)]

describe("an object with known fields", () => {
  it("is decoded, or refused in the same words, as Effect's own schema for it", () => {
    for (const value of [...objects, ...strangers])
      for (const options of [{}, { errors: "all" }, { onExcessProperty: "error" }, { disableChecks: true }])
        assert.deepStrictEqual(outcome(Open, value, options), outcome(Plain, value, options))
  })

  it("is so behind the JSON codec of a typed client", () => {
    const ours = Schema.toCodecJson(Open)
    const plain = Schema.toCodecJson(Plain)
    for (const value of objects.map((object): unknown => JSON.parse(JSON.stringify(object))))
      assert.deepStrictEqual(outcome(ours, value), outcome(plain, value))
  })

  it("is so within a list, where the message says which record it was", () => {
    const list = (schema: typeof Open | typeof Plain) => Schema.Struct({ data: Schema.Array(schema), first: schema })
    const good = { id: 1, name: "a", year: 2015 }
    for (const value of [
      { data: [good, { ...good, id: null }], first: good },
      { data: [good, { ...good, id: false }], first: good },
      { data: [good, { id: 1 }], first: good },
      { data: [good, null], first: good },
      { data: [] },
      { data: [], first: undefined }
    ])
      assert.deepStrictEqual(outcome(list(Open), value), outcome(list(Plain), value))
  })

  it("keeps numbers finite, as the schema says", () => {
    for (const id of [Number.NaN, Number.POSITIVE_INFINITY])
      assert.deepStrictEqual(outcome(Open, { id, name: "x" }), outcome(Plain, { id, name: "x" }))
  })

  it("reads fields that are inherited or computed", () => {
    class Computed {
      readonly name = "x"
      get id() {
        return 5
      }
    }
    const decode = Schema.decodeUnknownSync(Open)
    assert.deepStrictEqual(decode(new Computed()), { id: 5, name: "x" })
    assert.deepStrictEqual(decode(Object.create({ id: 5, name: "x" })), { id: 5, name: "x" })
  })

  it("comes as a copy, without a prototype from the wire", () => {
    const value: unknown = JSON.parse('{"name":"x","__proto__":{"admin":true}}')
    const decoded = Schema.decodeUnknownSync(Open)(value)
    assert.notStrictEqual(decoded, value)
    assert.strictEqual(Object.getPrototypeOf(decoded), Object.prototype)
    assert.deepStrictEqual(Object.keys(decoded), ["name", "__proto__"])
  })

  it("is encoded, tested and made as Effect's own schema would", () => {
    assert.deepStrictEqual(Schema.encodeSync(Open)({ name: "x", year: 1 }), { name: "x", year: 1 })
    assert.isTrue(Schema.is(Open)({ name: "x" }))
    assert.isFalse(Schema.is(Open)({ name: 1 }))
    assert.deepStrictEqual(Open.make({ name: "x", year: 1 }), { name: "x", year: 1 })
    assert.throws(() => Schema.encodeUnknownSync(Open)({ id: 1 }))
  })

  it("leaves to Effect what is more than a look", () => {
    const trimmed = Schema.String.pipe(
      Schema.decodeTo(
        Schema.String,
        SchemaTransformation.transform({ decode: (text) => text.trim(), encode: (text) => text })
      )
    )
    const decode = (name: Schema.Codec<unknown>) => Schema.decodeUnknownExit(openObject("Other", { name }))
    assert.deepStrictEqual(decode(trimmed)({ name: " x ", year: 1 }), Exit.succeed({ name: "x", year: 1 }))
    assert.isTrue(Exit.isFailure(decode(Schema.NonEmptyString)({ name: "" })))
    const names = Schema.Union([Schema.String, Schema.Array(Schema.String)])
    assert.deepStrictEqual(decode(names)({ name: ["x"] }), Exit.succeed({ name: ["x"] }))
    assert.isTrue(Exit.isFailure(decode(names)({ name: [1] })))
  })
})

describe("the vehicles of a list", () => {
  it("are what their JSON codec takes as it is, so that a typed client has no more to do than the schema", () => {
    assert.strictEqual(Schema.toCodecJson(VehicleList).ast, VehicleList.ast)
  })

  it("are recognised without a visit to each field: the order of the wire stays", () => {
    const wire = { year: 2015, status: null, regNo: "A", id: "7" }
    const decode = Schema.decodeUnknownSync(VehicleList)
    assert.deepStrictEqual(Object.keys(Schema.decodeUnknownSync(Vehicle)(wire)), Object.keys(wire))
    const list = decode({ data: [wire] })
    assert.deepStrictEqual("data" in list && list.data.map(Object.keys), [Object.keys(wire)])
  })
})
