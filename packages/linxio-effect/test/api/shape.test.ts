/** Shapes: what reading survives, what it refuses, and that the schemas which are made of them say the same. */
import { assert, describe, it } from "@effect/vitest"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { schemaOf } from "../../src/api/schemaOf.ts"
import * as S from "../../src/api/shape.ts"

interface Thing {
  readonly name: string
  readonly id?: number | string | null
  readonly size?: number | null
  readonly tags?: ReadonlyArray<string> | null
  readonly [field: string]: unknown
}

const thing = S.record<Thing>("Thing", { name: S.needed(S.text), id: S.id, size: S.number, tags: S.list(S.text) })

const issueOf = (shape: S.Shape, value: unknown): string => {
  try {
    return `read as ${JSON.stringify(S.read(shape, value))}`
  } catch (error) {
    if (error instanceof S.Misfit) return error.issue
    throw error
  }
}

describe("reading a record", () => {
  it("keeps what it does not know, takes what is missing or null, and a number that came as text", () => {
    const given = { name: "x", id: null, size: "12.5", other: { a: [1] } }
    assert.deepStrictEqual(S.read(thing, given), { name: "x", id: null, size: 12.5, other: { a: [1] } })
    assert.strictEqual(given.size, "12.5")
  })

  it("copies only what it reads as another value, so that a long list costs little", () => {
    const given = { name: "x", tags: ["a", "b"] }
    assert.strictEqual(S.read(thing, given), given)
    const sizes = S.record<{ readonly sizes?: ReadonlyArray<number> | null }>("Sizes", { sizes: S.list(S.number) })
    const asText = { sizes: [1, "2", 3] }
    assert.deepStrictEqual(S.read(sizes, asText), { sizes: [1, 2, 3] })
    assert.deepStrictEqual(asText, { sizes: [1, "2", 3] })
  })

  it("takes an empty list for an empty object, as PHP writes one", () => {
    assert.deepStrictEqual(S.read(S.anyObject, []), {})
  })

  it("says where a value does not fit, and not what it is (I-32)", () => {
    assert.strictEqual(issueOf(thing, "secret"), "the body should be an object, and is of type string")
    assert.strictEqual(issueOf(thing, {}), "name should be there, and is missing")
    assert.strictEqual(issueOf(thing, { name: null }), "name should be text, and is null")
    assert.strictEqual(issueOf(thing, { name: "x", size: "many" }), "size should be a number, and is of type string")
    assert.strictEqual(issueOf(thing, { name: "x", tags: ["a", 5] }), "tags[1] should be text, and is of type number")
    assert.strictEqual(issueOf(S.list(thing), [{ name: "x" }, 1]), "[1] should be an object, and is of type number")
  })

  it("takes no field from a prototype, neither its own nor that of the wire", () => {
    const value: unknown = JSON.parse('{"name":"x","__proto__":{"size":"1"},"constructor":"y"}')
    const read = S.read(thing, value)
    assert.deepStrictEqual(Object.keys(read), ["name", "__proto__", "constructor"])
    assert.strictEqual(Object.getPrototypeOf(read), Object.prototype)
  })

  it("keeps an id as it came: one of 64 bits fits no number", () => {
    assert.deepStrictEqual(S.read(thing, { name: "x", id: "9007199254740993" }).id, "9007199254740993")
  })

  it("gives a secret wrapped, and drops what a closed record does not list", () => {
    const reply = S.closed<{ readonly token: Redacted.Redacted }>("Reply", { token: S.needed(S.secret) })
    const read = S.read(reply, { token: "abc", refresh: "def" })
    assert.deepStrictEqual(Object.keys(read), ["token"])
    assert.strictEqual(Redacted.value(read.token), "abc")
    assert.strictEqual(issueOf(reply, { token: "" }), "token should be text, and is of type string")
  })

  it("takes the first of several that fits", () => {
    const driver = S.either(S.text, thing)
    assert.strictEqual(S.read(driver, "Ada"), "Ada")
    assert.deepStrictEqual(S.read(driver, { name: "Ada" }), { name: "Ada" })
    assert.include(issueOf(driver, 7), "one of the known answers")
  })
})

describe("the schema of a shape", () => {
  const schema = schemaOf(thing)

  it("decodes what the corridor reads, as the corridor reads it", () => {
    for (const value of [{ name: "x", size: "12.5", year: 1 }, { name: "x", id: "7", tags: null }, { name: "x" }])
      assert.deepStrictEqual(Schema.decodeUnknownSync(schema)(value), S.read(thing, value))
    for (const value of [null, "x", [], [1], {}, { name: 1 }, { name: "x", tags: [1] }])
      assert.isTrue(Exit.isFailure(Schema.decodeUnknownExit(schema)(value)))
  })

  it("is the same one for the same shape, behind the JSON codec of a typed client too", () => {
    assert.strictEqual(schemaOf(thing), schema)
    const decode = Schema.decodeUnknownSync(Schema.toCodecJson(schema))
    assert.deepStrictEqual(decode({ name: "x", size: 1, year: { a: null } }), { name: "x", size: 1, year: { a: null } })
  })

  it("gives a copy, and reads fields that are inherited or computed", () => {
    const value = { name: "x", other: 1 }
    const decoded = Schema.decodeUnknownSync(schema)(value)
    assert.notStrictEqual(decoded, value)
    class Computed {
      get name() {
        return "y"
      }
    }
    assert.deepStrictEqual(Schema.decodeUnknownSync(schema)(new Computed()), { name: "y" })
  })

  it("says in Effect's words what does not fit", () => {
    const exit = Schema.decodeUnknownExit(schema)({ name: "x", size: {} })
    assert.include(String(exit), `["size"]`)
  })

  it("encodes a secret bare, because that is where it goes on the wire", () => {
    const payload = S.closed<{ readonly code: Redacted.Redacted }>("Payload", { code: S.needed(S.secret) })
    assert.deepStrictEqual(Schema.encodeSync(schemaOf(payload))({ code: Redacted.make("123") }), { code: "123" })
  })
})
