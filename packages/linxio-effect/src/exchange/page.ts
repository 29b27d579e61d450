/** Reads one page from any known list envelope. */
import type { Answer, InvalidRecord, Page } from "../api/operation.ts"
import { Misfit, numberOf, objectOf, read } from "../api/shape.ts"

/** How to read a page: the request's parameters, and whether an invalid record fails the call. */
export interface Reading {
  readonly asked?: Readonly<Record<string, unknown>> | undefined
  readonly strict?: boolean | undefined
}

/** The page in a response. A list operation requires an array. An invalid record is left out and listed in `meta.invalid`. */
export const readPage = (
  { name, of, otherName = name }: Extract<Answer<unknown>, { readonly as: "page" }>,
  json: unknown,
  { asked = {}, strict }: Reading
): Page<unknown> => {
  const outer = objectOf(json) ?? {}
  const inner = objectOf(outer["result"]) ?? outer
  const meta = objectOf(inner["meta"]) ?? objectOf(outer["meta"]) ?? {}
  const at = inner === outer ? "" : "result."
  const found = Array.isArray(json)
    ? { items: json, at: "" }
    : Array.isArray(outer["result"])
      ? { items: outer["result"], at: "result" }
      : (["data", name, otherName]
          .map((key) => ({ items: inner[key], at: at + key }))
          .find(({ items }) => items !== undefined) ?? { items: isNothing(json) ? [] : undefined, at: "" })
  const items: unknown = found.items ?? (found.items === null ? [] : undefined)
  if (!Array.isArray(items)) throw new Misfit(`there is no list under data, ${name} or result`)

  const data: Array<unknown> = []
  const invalid: Array<InvalidRecord> = []
  for (const [index, item] of items.entries()) {
    try {
      data.push(read(of, item, `${found.at}[${index}]`))
    } catch (error) {
      if (strict || !(error instanceof Misfit)) throw error
      invalid.push({ index, issue: error.issue })
    }
  }
  const number = (key: string) => numberOf(inner[key]) ?? numberOf(meta[key]) ?? numberOf(outer[key])
  const limit = number("limit") ?? numberOf(asked["limit"])
  const total = number("total")
  const about = {
    page: number("page") ?? numberOf(asked["page"]) ?? 1,
    ...(limit !== undefined && { limit }),
    ...(total !== undefined && { total })
  }
  const extra = (key: string) => {
    const value = inner[key] ?? outer[key]
    return value != null && { [key]: value }
  }
  return {
    data,
    ...about,
    meta: { ...about, ...(invalid.length > 0 && { invalid }) },
    ...extra("aggregations"),
    ...extra("additionalFields")
  }
}

/** Values that a server sends in place of an empty list. */
const isNothing = (json: unknown): boolean => json === null || Object.keys(objectOf(json) ?? { no: 1 }).length === 0
