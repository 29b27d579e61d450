/**
 * Replaces secrets in response bodies and in the causes of errors (I-32).
 *
 * Secrets are found in two ways: by the names of fields that contain secrets, and by the secret values of this call (a server may echo a password
 * under any name, or in a sentence). A text is cut before it is searched, so that the work is limited (F-5).
 */
import { knownSecret, type KnownSecret, layersOf, type Span, spansIn } from "./encodings.ts"
import { isSecretName } from "./secrets.ts"
import { tokensIn } from "./tokens.ts"

const redacted = "<redacted>"

/** A shorter value would also match parts of ordinary words; it is only replaced as a whole word. */
const shortestSubstring = 4

/** The maximum number of characters that are searched, of one text and of all texts of one body. */
const mostLooked = 16_384
const mostOfBody = 65_536

/** The maximum number of characters of one text that are kept. */
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

/** The end of the text without a secret or token that the cut may have divided. */
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

/** Limits of depth and width, so that a malicious body cannot make a huge error. */
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

/** The members with Linxio's message for each field: there, `password` is the name of a field and its value is a sentence (F-10). */
const isListOfMessages = (key: string): boolean => key === "errors" || key === "detail"

/** Whether a value is one sentence or several. A long word in it could still be a token. */
const isMessage = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isMessage)
    : typeof value === "string" && !/\S{17}/.test(value.slice(0, longestText))

/** A copy of an error's chain of causes with only names, codes and scrubbed messages. */
export const scrubCause = (cause: unknown, secrets: ReadonlyArray<string>, depth = 0): Error | undefined => {
  if (!(cause instanceof Error)) return undefined
  const inner = depth < 4 ? scrubCause(cause.cause, secrets, depth + 1) : undefined
  const copy = new Error(withoutQueries(scrubText(String(cause.message), secrets)), inner && { cause: inner })
  copy.name = wordOf(cause.name, secrets) ?? "Error"
  if (typeof cause.stack === "string") copy.stack = withoutQueries(scrubText(cause.stack, secrets))
  const code = codeOf(cause, secrets)
  return code === undefined ? copy : Object.assign(copy, { code })
}

/** Removes user, password and query from URLs: some runtimes put the whole URL into the message. */
const withoutQueries = (text: string): string =>
  text.replace(/:\/\/[^\s/?#@]*@/g, "://").replace(/:\/\/\S+/g, (address) => address.replace(/[?#][^"')]*/g, ""))

const longestWords = 200

/** The message of an error, or of a thrown text: short and without secrets. */
export const wordsOf = (value: unknown, secrets: ReadonlyArray<string> = []): string | undefined => {
  const text: unknown = value instanceof Error ? value.message : value
  if (typeof text !== "string" || text === "") return undefined
  return cut(withoutQueries(scrubText(text, secrets)), longestWords)
}

/** Accepts a name or code only if it is a single word: other text there could contain a secret. */
const wordOf = (value: unknown, secrets: ReadonlyArray<string>): string | undefined =>
  typeof value === "string" && /^\w{1,64}$/.test(value) && scrubText(value, secrets) === value ? value : undefined

/** The runtime's error code (`ECONNRESET`, `UND_ERR_CONNECT_TIMEOUT` …), from anywhere in the chain of causes. */
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
