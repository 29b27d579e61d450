/**
 * The types on the wire as data: the shape of a text, a number, a record. Calls decode responses by shapes. `schemaOf` makes schemas, endpoints and the
 * OpenAPI document from the same shapes, in modules that the facade does not import: Effect's schemas alone weigh 13 kB gzipped
 * (docs/decisions/0020-operations.md).
 *
 * Reading is tolerant. A field is optional and may be null unless it is `needed`; a number may come as text; `[]` stands for an empty object, as
 * PHP writes one; fields that are not listed are kept.
 */
import * as Redacted from "effect/Redacted"
import { timeOf } from "./time.ts"

type Form =
  | { readonly kind: "text" | "texts" | "time" | "number" | "id" | "flag" | "anything" | "secret" }
  | { readonly kind: "only"; readonly value: unknown }
  | { readonly kind: "list" | "some" | "needed"; readonly of: Shape }
  | { readonly kind: "either"; readonly of: ReadonlyArray<Shape> }
  | {
      readonly kind: "record"
      readonly name: string
      readonly fields: ReadonlyMap<string, Shape>
      readonly musts: ReadonlyArray<string>
      readonly closed: boolean
    }

/** The shape of an `A`. */
export type Shape<A = unknown> = Form & { readonly "~type"?: A }

/** The shape of a required field. */
export interface Needed<out A> {
  readonly kind: "needed"
  readonly of: Shape<A>
  readonly "~type"?: A
}

/** The type that a shape describes. */
export type TypeOf<S> = S extends { readonly "~type"?: infer A } ? Exclude<A, undefined> : never

/** The fields that a type names; those of its index signature are any others. */
type Known<A> = { [K in keyof A as string extends K ? never : K]: A[K] }

/** A shape for each field of `A`. The compiler rejects a table with a field that is missing, unknown, or required although the type says optional. */
type FieldsOf<A> = {
  readonly [K in keyof Known<A>]-?: unknown extends A[K]
    ? Shape
    : undefined extends A[K]
      ? Shape<NonNullable<A[K]>>
      : Needed<A[K]>
}

/** Text. Times in records are text as well, so that an invalid time does not lose its record. */
export const text: Shape<string> = { kind: "text" }
/** A time as Linxio wrote it. It is a hint: an invalid time becomes null and does not fail the decoding. */
export const time: Shape<string> = { kind: "time" }
/** A finite number, or a text that is one. */
export const number: Shape<number> = { kind: "number" }
/** An id: a number or a text. Compare ids as text. */
export const id: Shape<number | string> = { kind: "id" }
/** True or false. */
export const flag: Shape<boolean> = { kind: "flag" }
/** Any JSON value. */
export const anything: Shape<unknown> = { kind: "anything" }
/** Text that is `Redacted` from here on, and never empty. */
export const secret: Shape<Redacted.Redacted> = { kind: "secret" }
/** Exactly this value. */
export const only = <const A>(value: A): Shape<A> => ({ kind: "only", value })
/** A list, which may be empty. */
export const list = <A>(of: Shape<A>): Shape<ReadonlyArray<A>> => ({ kind: "list", of })
/** A list with at least one element. */
export const some = <A>(of: Shape<A>): Shape<ReadonlyArray<A>> => ({ kind: "some", of })
/** Required and not null. */
export const needed = <A>(of: Shape<A>): Needed<A> => ({ kind: "needed", of })
/** The first shape that fits. */
export const either = <const Of extends ReadonlyArray<Shape>>(...of: Of): Shape<TypeOf<Of[number]>> => ({
  kind: "either",
  of
})
/** An object of which some fields are known and all others are kept; `name` is its name in the OpenAPI document. */
export const record = <A extends object>(name: string, fields: FieldsOf<A>, closed = false): Shape<A> => ({
  kind: "record",
  name,
  fields: new Map(Object.entries<Shape>(fields)),
  musts: Object.entries<Shape>(fields).flatMap(([field, { kind }]) => (kind === "needed" ? field : [])),
  closed
})

/** An object of which only the known fields are kept. */
export const closed = <A extends object>(name: string, fields: FieldsOf<A>): Shape<A> => record<A>(name, fields, true)

/** Many fields of one kind. The names are in one string, because that makes the bundle smaller. */
export const all = <A, const Names extends string>(
  of: Shape<A>,
  names: Names
): { readonly [Name in Split<Names>]: Shape<A> } =>
  Object.fromEntries(names.split(" ").map((name) => [name, of])) as { readonly [Name in Split<Names>]: Shape<A> }

type Split<Names extends string> = Names extends `${infer Name} ${infer Rest}` ? Name | Split<Rest> : Names

/** An object of texts by name. */
export const texts: Shape<Readonly<Record<string, string>>> = { kind: "texts" }
/** Any object. */
export const anyObject: Shape<Readonly<Record<string, unknown>>> = record("AnyObject", {})

/** Says where a value does not fit. Contains no value (I-32). */
export class Misfit {
  readonly issue: string
  constructor(issue: string) {
    this.issue = issue
  }
}

const misfit = (expected: string, value: unknown, at: string | undefined): Misfit =>
  new Misfit(`${at || "the body"} should be ${expected}, and is ${nameOf(value)}`)

const nameOf = (value: unknown): string =>
  value === undefined
    ? "missing"
    : value === null
      ? "null"
      : Array.isArray(value)
        ? "a list"
        : `of type ${typeof value}`

/** Decodes the value by the shape; throws a `Misfit`. The input is not changed; a value that needs no conversion is returned as it is. */
export const read = <A>(shape: Shape<A>, value: unknown, at = ""): A => {
  const found = tryRead(shape, value)
  // The path is built only for a value that does not fit.
  if (found instanceof Misfit) throw readAny(shape, value, at)
  return found as A
}

/** The same, but returns a `Misfit` without a path instead of throwing. */
export const tryRead = (shape: Shape, value: unknown): unknown => readAny(shape, value, undefined)

/** Whether a value fits. */
export const fits = (shape: Shape, value: unknown): boolean => !(tryRead(shape, value) instanceof Misfit)

/** A number, or a text that is one; undefined for anything else. */
export const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value
  return typeof number === "number" && Number.isFinite(number) ? number : undefined
}

/** An object, not a list; but an empty list is read as an empty object. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  Array.isArray(value)
    ? value.length === 0
      ? {}
      : undefined
    : typeof value === "object" && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined

const readAny = (shape: Shape, value: unknown, at: string | undefined): unknown => {
  switch (shape.kind) {
    case "anything":
      return value
    case "text":
      if (typeof value === "string") return value
      break
    case "time":
      return typeof value === "string" && timeOf(value) !== undefined ? value : null
    case "number": {
      const number = typeof value === "number" && Number.isFinite(value) ? value : numberOf(value)
      if (number !== undefined) return number
      break
    }
    case "id":
      // A larger number has lost digits (`exchange/contract.ts` reads it as text).
      if (typeof value === "string" || (typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER))
        return value
      break
    case "flag":
      if (typeof value === "boolean") return value
      break
    case "secret":
      if (typeof value === "string" && value !== "") return Redacted.make(value)
      break
    case "only":
      if (value === shape.value) return value
      break
    case "texts": {
      const object = objectOf(value)
      if (object && Object.values(object).every((each) => typeof each === "string")) return object
      break
    }
    case "needed":
      return readAny(shape.of, value, at)
    case "list":
    case "some":
      if (!Array.isArray(value) || (value.length === 0 && shape.kind === "some")) break
      return readList(shape.of, value, at)
    case "either":
      for (const each of shape.of) {
        const found = readAny(each, value, undefined)
        if (!(found instanceof Misfit)) return found
      }
      break
    case "record":
      return readRecord(shape, value, at)
  }
  return misfit(words[shape.kind], value, at)
}

/** The list itself where no item is read as another value: a record with such a list need not be copied. */
const readList = (of: Shape, items: ReadonlyArray<unknown>, at: string | undefined): unknown => {
  let made: Array<unknown> | undefined
  for (const [index, item] of items.entries()) {
    const as = readAny(of, item, at === undefined ? undefined : `${at}[${index}]`)
    if (as instanceof Misfit) return as
    if (made) made.push(as)
    else if (as !== item) made = [...items.slice(0, index), as]
  }
  return made ?? items
}

const readRecord = (
  shape: Extract<Form, { readonly kind: "record" }>,
  value: unknown,
  at: string | undefined
): unknown => {
  const object = objectOf(value)
  if (object === undefined) return misfit(words.record, value, at)
  const { closed, fields, musts } = shape
  let made: Record<string, unknown> | undefined = closed ? {} : undefined
  const within = (field: string) => (at ? `${at}.${field}` : field)
  // Iterates over the fields of the response, not of the shape: a record has many fields, of which few are requested.
  for (const field in object) {
    const of = fields.get(field)
    if (of === undefined) continue
    const given = object[field]
    const as =
      (given === undefined || given === null) && of.kind !== "needed"
        ? given
        : readAny(of, given, at === undefined ? undefined : within(field))
    if (as instanceof Misfit) return as
    if (made) made[field] = as
    else if (as !== given) made = { ...object, [field]: as }
  }
  const missing = musts.find((field) => !Object.hasOwn(object, field))
  return missing === undefined ? (made ?? object) : misfit("there", undefined, within(missing))
}

const words = {
  text: "text",
  texts: "an object of texts",
  time: "a time",
  number: "a number",
  id: "an id",
  flag: "true or false",
  secret: "text",
  only: "another value",
  list: "a list",
  some: "a list that is not empty",
  either: "one of the known answers",
  record: "an object"
}
