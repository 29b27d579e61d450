/** Finds the secret values of a request by the names of their fields (I-32). */

const secretName =
  /pass(words?|wd|phrase|code)?$|pwd$|token|secret|credential|authorization|cookie|^otp(code)?$|^pin$|api[-_]?key|jwt/i

export const isSecretName = (name: string): boolean => secretName.test(name)

/** In a body, a code is the one-time code. */
const isSecretField = (name: string): boolean => isSecretName(name) || name === "code"

type Texts = ReadonlyArray<string>

/** All texts in a value: a list under `passwords` contains passwords. */
const everyText = (value: unknown, depth = 0): Texts => {
  if (typeof value === "string" || typeof value === "number") return value === "" ? [] : [String(value)]
  return value !== null && typeof value === "object" && depth < maxDepth
    ? Object.values(value).flatMap((item) => everyText(item, depth + 1))
    : []
}

const maxDepth = 16

/** The secret values in a request's own JSON body. */
export const secretsIn = (body: unknown, depth = 0): Texts =>
  body !== null && typeof body === "object" && depth < maxDepth
    ? Object.entries(body).flatMap(([name, value]) =>
        isSecretField(name) ? everyText(value) : secretsIn(value, depth + 1)
      )
    : []

/** The secret values of a form. */
export const secretsOfForm = (form: Iterable<readonly [string, unknown]>): Texts =>
  [...form].flatMap(([name, value]) => (isSecretField(name.replace(/\W+$/, "")) ? everyText(value) : []))

/** The secret values in a body of text: JSON, or else a form. */
export const secretsOfText = (text: string): Texts => {
  try {
    return secretsIn(JSON.parse(text))
  } catch {
    return text.includes("=") ? secretsOfForm(new URLSearchParams(text)) : []
  }
}

/** The caller's own credentials: the whole header, and the parts that a server may echo. */
export const secretsOfHeaders = (headers: Readonly<Record<string, string>>): Texts =>
  Object.entries(headers).flatMap(([name, value]) => {
    if (!isSecretName(name)) return []
    if (name === "cookie")
      return [value, ...value.split(";").map((cookie) => cookie.slice(cookie.indexOf("=") + 1).trim())]
    const credentials = value.replace(/^\S+\s+/, "")
    return [value, credentials, ...(/^basic\s/i.test(value) ? partsOfBasic(credentials) : [])]
  })

/** `Basic`: the base64 of user and password. */
const partsOfBasic = (credentials: string): Texts => {
  try {
    const bytes = Uint8Array.from(atob(credentials), (digit) => digit.charCodeAt(0))
    const pair = new TextDecoder().decode(bytes)
    return [pair, pair.slice(pair.indexOf(":") + 1)]
  } catch {
    return []
  }
}

/** Query parameters whose values are not secret, such as the page and the names of fields. All other values may be personal data. */
const howToAsk = /^(fields?|sort|order|page|limit|offset|per_?page)$/i

/** The values of a query: errors show none of them. */
export const secretsOfQuery = (query: Iterable<readonly [string, string]>): Texts =>
  [...query].flatMap(([name, value]) => (howToAsk.test(name.replace(/\W.*$/s, "")) || value === "" ? [] : [value]))
