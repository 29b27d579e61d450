/**
 * Replaces secrets in what a server sent back and in what an error would otherwise carry (I-32).
 *
 * Two nets: names of fields that hold secrets, and the secret values of this very call (a server that echoes the password puts it under
 * any name, or into a sentence). A text is cut before anything is looked for in it, so that the work has a limit (F-5).
 */
import { knownSecret, type KnownSecret, layersOf, type Span, spansIn } from "./encodings.ts"
import { isSecretName } from "./secrets.ts"
import { tokensIn } from "./tokens.ts"

const redacted = "<redacted>"

/** Below this length a value would also be found in innocent words; it is only replaced where it stands alone. */
const shortestSubstring = 4

/** The most characters of one text that are looked at, and of all texts of one body. */
const mostLooked = 16_384
const mostOfBody = 65_536

/** The most characters of one text that are kept. */
const longestText = 4096

export const scrubText = (text: string, secrets: ReadonlyArray<string>, longest = longestText): string =>
  scrub(text, knownOf(secrets), longest)

const knownOf = (secrets: ReadonlyArray<string>): ReadonlyArray<KnownSecret> => [...new Set(secrets)].map(knownSecret)

const scrub = (whole: string, secrets: ReadonlyArray<KnownSecret>, longest: number): string => {
  const text = whole.slice(0, mostLooked)
  if (secrets.some(({ secret }) => secret === text)) return redacted
  const findable = secrets.filter(({ secret }) => secret.length >= shortestSubstring)
  const spans = layersOf(text).flatMap((layer) => [
    ...spansIn(layer, findable),
    ...tokensIn(layer.text).map(({ end, start }) => ({
      start: layer.spanOf(start).start,
      end: layer.spanOf(end - 1).end
    }))
  ])
  if (whole.length <= mostLooked) return cut(withoutSpans(text, spans), longest)
  return `${cut(withoutSpans(text.slice(0, beforeCut(text, findable)), spans), longest - 1)}…`
}

const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

/** Where the text ends if what the cut may have parted is left out: a secret in its longest form, or a token. */
const beforeCut = (text: string, secrets: ReadonlyArray<KnownSecret>): number => {
  const longestSecret = Math.max(0, ...secrets.map(({ secret }) => secret.length))
  let end = text.length - Math.min(6 * longestSecret, mostLooked - longestText)
  while (end > 0 && !/\s/.test(text.charAt(end - 1))) end--
  return end
}

const withoutSpans = (text: string, spans: ReadonlyArray<Span>): string => {
  let shown = ""
  let at = 0
  for (const { end, start } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start >= text.length) break
    if (start >= at) shown += text.slice(at, start) + redacted
    at = Math.max(at, end)
  }
  return shown + text.slice(at)
}

/** Depth and width limits keep a hostile body from becoming a hostile error. */
const maxDepth = 8
const maxWidth = 100

export const scrubJson = (value: unknown, secrets: ReadonlyArray<string>): unknown => {
  const known = knownOf(secrets)
  let left = mostOfBody

  const textOf = (text: string, longest = longestText): string => {
    if (left <= 0) return "…"
    left -= Math.min(text.length, mostLooked)
    return scrub(text, known, longest)
  }

  const valueOf = (item: unknown, depth: number, isMessages: boolean): unknown => {
    if (typeof item === "string") return textOf(item)
    if (typeof item === "number") return secrets.includes(String(item)) ? redacted : item
    if (item === null || typeof item !== "object") return item
    if (depth >= maxDepth || left <= 0) return "…"
    if (Array.isArray(item)) return item.slice(0, maxWidth).map((one) => valueOf(one, depth + 1, false))
    return Object.fromEntries(
      Object.entries(item)
        .slice(0, maxWidth)
        .map(([key, one]) => {
          left--
          const isSecret = isSecretName(key) && isPresent(one) && !(isMessages && isMessage(one))
          return [textOf(key, longestKey), isSecret ? redacted : valueOf(one, depth + 1, isListOfMessages(key))]
        })
    )
  }
  return valueOf(value, 0, false)
}

const longestKey = 200

const isPresent = (value: unknown): boolean => value !== null && value !== undefined && typeof value !== "boolean"

/** Where Linxio says what is wrong with each field: there, `password` names a field and what stands under it is a sentence (F-10). */
const isListOfMessages = (key: string): boolean => key === "errors" || key === "detail"

/** A sentence, or several; one of its words that is long could still be a token. */
const isMessage = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isMessage)
    : typeof value === "string" && !/\S{17}/.test(value.slice(0, longestText))

/** A copy of an error's chain of causes that keeps names, codes and scrubbed messages and nothing else. */
export const scrubCause = (cause: unknown, secrets: ReadonlyArray<string>, depth = 0): Error | undefined => {
  if (!(cause instanceof Error)) return undefined
  const inner = depth < 4 ? scrubCause(cause.cause, secrets, depth + 1) : undefined
  const copy = new Error(withoutQueries(scrubText(String(cause.message), secrets)), inner && { cause: inner })
  copy.name = wordOf(cause.name, secrets) ?? "Error"
  if (typeof cause.stack === "string") copy.stack = withoutQueries(scrubText(cause.stack, secrets))
  const code = codeOf(cause, secrets)
  return code === undefined ? copy : Object.assign(copy, { code })
}

/** Some put the whole URL into their message; its user, password and query are nobody's business. */
const withoutQueries = (text: string): string =>
  text.replace(/:\/\/[^\s/?#@]*@/g, "://").replace(/:\/\/\S+/g, (address) => address.replace(/[?#][^"')]*/g, ""))

const longestWords = 200

/** What an error, or a text that was thrown in place of one, says: short, without secrets, fit for a message. */
export const wordsOf = (value: unknown, secrets: ReadonlyArray<string> = []): string | undefined => {
  const text: unknown = value instanceof Error ? value.message : value
  if (typeof text !== "string" || text === "") return undefined
  return cut(withoutQueries(scrubText(text, secrets)), longestWords)
}

/** A name or a code is a word; anybody may write another text there, or a secret. */
const wordOf = (value: unknown, secrets: ReadonlyArray<string>): string | undefined =>
  typeof value === "string" && /^\w{1,64}$/.test(value) && scrubText(value, secrets) === value ? value : undefined

/** The runtime's error code (`ECONNRESET`, `UND_ERR_CONNECT_TIMEOUT` …), wherever in the chain it is. */
export const codeOf = (error: unknown, secrets: ReadonlyArray<string> = [], depth = 0): string | undefined => {
  if (error === null || typeof error !== "object" || depth > 4) return undefined
  const code = "code" in error ? wordOf(error.code, secrets) : undefined
  if (code !== undefined) return code
  if ("errors" in error && Array.isArray(error.errors)) {
    for (const inner of error.errors.slice(0, maxWidth)) {
      const code = codeOf(inner, secrets, depth + 1)
      if (code !== undefined) return code
    }
  }
  return "cause" in error ? codeOf(error.cause, secrets, depth + 1) : undefined
}
