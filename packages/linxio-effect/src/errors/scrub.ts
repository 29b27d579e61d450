/**
 * Replaces secrets in what a server sent back and in what an error would otherwise carry (I-32).
 *
 * Two nets: names of fields that hold secrets, and the secret values of this very call (a server that
 * echoes the password puts it under any name, or into a sentence).
 */
const redacted = "<redacted>"

const secretName = /pass(word|wd|phrase)?$|token|secret|authorization|cookie|^otp(code)?$|api[-_]?key|jwt/i

/** Three base64url parts with dots between: a JWT, whoever it belongs to. */
const jwt = /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g

const bearer = /\bBearer\s+[^\s"',;]+/gi

const htmlEscaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")

/** The ways in which a server writes back what it was sent: as it is, in a URL or a form, in HTML, in JSON (PHP escapes slashes and non-ASCII). */
const formsOf = (secret: string): ReadonlySet<string> => {
  const url = encodeURIComponent(secret)
  const html = htmlEscaped(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const php = json.replace(/\//g, "\\/")
  const ascii = (text: string) =>
    text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
  return new Set([
    secret,
    url,
    new URLSearchParams([["", secret]]).toString().slice(1),
    html,
    html.replace(/'/g, "&#039;"),
    html.replace(/'/g, "&#39;"),
    json,
    php,
    ascii(json),
    ascii(php)
  ])
}

/** Below this length a value would also be found in innocent words; it is only replaced where it stands alone. */
const shortestSubstring = 4

export const scrubText = (text: string, secrets: ReadonlyArray<string>): string => {
  let scrubbed = text.replace(jwt, redacted).replace(bearer, `Bearer ${redacted}`)
  // The longest first: a secret that begins with another would leave its end behind.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length < shortestSubstring) {
      if (scrubbed === secret) return redacted
      continue
    }
    for (const form of formsOf(secret)) scrubbed = scrubbed.replaceAll(form, redacted)
  }
  return scrubbed
}

/** Depth and width limits keep a hostile body from becoming a hostile error. */
const maxDepth = 8
const maxText = 4096

export const scrubJson = (value: unknown, secrets: ReadonlyArray<string>, depth = 0): unknown => {
  if (typeof value === "string") {
    const text = scrubText(value, secrets)
    return text.length > maxText ? `${text.slice(0, maxText)}…` : text
  }
  if (typeof value === "number") return secrets.includes(String(value)) ? redacted : value
  if (value === null || typeof value !== "object") return value
  if (depth >= maxDepth) return "…"
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => scrubJson(item, secrets, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      scrubText(key, secrets),
      secretName.test(key) && isPresent(item) ? redacted : scrubJson(item, secrets, depth + 1)
    ])
  )
}

const isPresent = (value: unknown): boolean => value !== null && value !== undefined && typeof value !== "boolean"

/** The secret values in a request's own JSON body, found by the names of their fields. */
export const secretsIn = (body: unknown): ReadonlyArray<string> =>
  body !== null && typeof body === "object"
    ? Object.entries(body).flatMap(([key, value]) =>
        typeof value === "string" || typeof value === "number"
          ? (secretName.test(key) || key === "code") && value !== ""
            ? [String(value)]
            : []
          : secretsIn(value)
      )
    : []

/** A copy of an error's chain of causes that keeps names, codes and scrubbed messages and nothing else. */
export const scrubCause = (cause: unknown, secrets: ReadonlyArray<string>, depth = 0): Error | undefined => {
  if (!(cause instanceof Error)) return undefined
  const inner = depth < 4 ? scrubCause(cause.cause, secrets, depth + 1) : undefined
  const copy = new Error(withoutQueries(scrubText(cause.message, secrets)), inner && { cause: inner })
  copy.name = cause.name
  if (cause.stack !== undefined) copy.stack = withoutQueries(scrubText(cause.stack, secrets))
  const code = codeOf(cause)
  return code === undefined ? copy : Object.assign(copy, { code })
}

/** Some put the whole URL into their message; a query may hold what is nobody's business. */
const withoutQueries = (text: string): string => text.replace(/(\w+:\/\/[^\s?#]*)[?#][^\s"')]*/g, "$1")

const longestWords = 200

/** What an error, or a text that was thrown in place of one, says: short, without secrets, fit for a message. */
export const wordsOf = (value: unknown, secrets: ReadonlyArray<string> = []): string | undefined => {
  const text = value instanceof Error ? value.message : value
  if (typeof text !== "string" || text === "") return undefined
  const words = withoutQueries(scrubText(text, secrets))
  return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words
}

/** The runtime's error code (`ECONNRESET`, `UND_ERR_CONNECT_TIMEOUT` …), wherever in the chain it is. */
export const codeOf = (error: unknown, depth = 0): string | undefined => {
  if (error === null || typeof error !== "object" || depth > 4) return undefined
  // Anybody may write a text there; a code is a word.
  if ("code" in error && typeof error.code === "string" && /^\w{1,64}$/.test(error.code)) return error.code
  if ("errors" in error && Array.isArray(error.errors)) {
    for (const inner of error.errors) {
      const code = codeOf(inner, depth + 1)
      if (code !== undefined) return code
    }
  }
  return "cause" in error ? codeOf(error.cause, depth + 1) : undefined
}
