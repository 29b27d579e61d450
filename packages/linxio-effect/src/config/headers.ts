/** Reads the caller's headers once, for one request or for all requests, and checks them before anything is sent. */
import * as EffectHeaders from "effect/http/Headers"
import * as Redacted from "effect/Redacted"
import { refuse } from "./checks.ts"

/**
 * Headers as input: an object, `Headers`, or a list of pairs.
 *
 * @example
 * ```ts
 * import type { RequestOptions } from "linxio-js"
 *
 * const one: RequestOptions = { headers: { "accept-language": "en-AU" } }
 * const same: RequestOptions = { headers: new Headers(one.headers as Record<string, string>) }
 * const again: RequestOptions = { headers: [["accept-language", "en-AU"]] }
 * ```
 */
export type HeadersInput = Headers | Readonly<Record<string, string>> | ReadonlyArray<readonly [string, string]>

/** Headers of the connection. The caller cannot set them: runtimes drop them, replace them, or report them as a network error. */
const ofConnection = /^(?:connection|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/

/** The session sets the first two; the others belong to a single request. */
const notForAll = /^(?:authorization|cookie|accept|content-.*|idempotency-key)$/

/**
 * The headers of one request, with names in lower case. Values are normalised by the runtime, which removes the line break at the end of a token that
 * was read from a file. Throws a `LinxioConfigurationError` that names `headers`.
 *
 * @example
 * ```ts
 * import { readHeaders } from "linxio-effect/config/headers"
 *
 * console.log(readHeaders([["Accept", "text/csv "]])) // => { accept: 'text/csv' }
 * ```
 */
export const readHeaders = (given: HeadersInput | undefined): Record<string, string> => {
  const pairs = given === undefined ? [] : pairsOf(given)
  if (!pairs.every(isPair)) return refuse("headers", "have a value that is not a string")
  const headers = parsed(pairs)
  refuseNames(headers, ofConnection, "it belongs to the connection")
  return headers
}

const refuseNames = (headers: object, names: RegExp, why: string): void => {
  const name = Object.keys(headers).find((known) => names.test(known))
  if (name) refuse("headers", `cannot set ${name}: ${why}`)
}

const pairsOf = (given: HeadersInput): ReadonlyArray<unknown> => {
  try {
    return given !== null && typeof given === "object" && Symbol.iterator in given
      ? [...given]
      : Object.entries(given ?? {})
  } catch {
    return refuse("headers", "cannot be read")
  }
}

const isPair = (pair: unknown): pair is readonly [string, string] =>
  Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string"

/**
 * What `new Headers` would make of them (Fetch standard, "normalize a byte sequence"). Not with `Headers` itself: in Node the first use of it loads
 * the whole of `fetch`, 8 MB and 10 ms, also where requests go over `node:http`.
 */
const parsed = (pairs: ReadonlyArray<readonly [string, string]>): Record<string, string> => {
  const headers = new Map<string, string>()
  for (const [given, text] of pairs) {
    const name = given.toLowerCase()
    const value = text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "")
    if (!isName.test(name) || !isValue.test(value)) refuse("headers", "have a name or a value that HTTP does not allow")
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return Object.fromEntries(headers)
}

/** RFC 9110, section 5.1 and 5.6.2. */
const isName = /^[!#$%&'*+.^_`|~\da-z-]+$/

/** Bytes, but no line break and no NUL (RFC 9110, section 5.5). */
const isValue = /^[\u0001-\u0009\u000b\u000c\u000e-\u00ff]*$/

/** The headers of all requests of a client. Redacted: one may be the API key of a gateway, and a program may print the settings. */
export const headersForAll = (given: HeadersInput | undefined): Redacted.Redacted<EffectHeaders.Headers> | undefined =>
  given && Redacted.make(forAll(readHeaders(given)))

const forAll = (headers: Record<string, string>): EffectHeaders.Headers => {
  refuseNames(headers, notForAll, "it belongs to the session (give token, or sign in) or to a single call")
  return EffectHeaders.fromInput(headers)
}
