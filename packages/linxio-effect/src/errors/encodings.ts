/**
 * Finds a secret in a text, also in an encoded form (I-32).
 *
 * Servers, proxies and templates combine encodings: JSON inside HTML, a URL inside JSON. All combinations cannot be listed. So the text is decoded,
 * one layer of escapes after the other, and each layer is searched. Base64 and hexadecimal digits are not escapes of single characters, so these
 * forms are derived from the secret. The time is linear in the length of the text; this code runs only for errors.
 */

/** A range of a text: from a position up to, but not including, another. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A decoded text and, for each of its characters, the position in the original text. */
interface Layer {
  readonly text: string
  readonly spanOf: (index: number) => Span
}

/** How many nested layers of escapes are decoded. */
const mostLayers = 4

/** Percent-encoding in both forms, references of HTML, escapes of JSON and JavaScript. */
const escapes =
  /%u[\da-f]{4}|(?:%[\da-f]{2})+|&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|sol|bsol|plus|nbsp);|\\(?:u[\da-f]{4}|x[\da-f]{2}|["'\\/bfnrt])/gi

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  sol: "/",
  bsol: "\\",
  plus: "+",
  nbsp: "\u00a0"
}
const controls: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }

/** A form writes a space as a plus, so both are treated as equal, in the text and in the secret. */
const normal = (text: string): string => text.replaceAll("+", " ")

/** The text itself, and the text after each layer of decoding. */
export const layersOf = (text: string): ReadonlyArray<Layer> => {
  const layers: Array<Layer> = [{ text: normal(text), spanOf: (index) => ({ start: index, end: index + 1 }) }]
  let current = text
  for (let depth = 1; depth < mostLayers; depth++) {
    const decoded = decode(current, layers[depth - 1]?.spanOf)
    if (decoded === undefined) break
    current = decoded.text
    layers.push({ text: normal(current), spanOf: decoded.spanOf })
  }
  return layers
}

const decode = (text: string, outer: Layer["spanOf"] | undefined): Layer | undefined => {
  const units: Array<string> = []
  const starts: Array<number> = []
  let at = 0
  const copyUpTo = (index: number) => {
    for (; at < index; at++) {
      units.push(text.charAt(at))
      starts.push(at)
    }
  }
  for (const { 0: escape, index } of text.matchAll(escapes)) {
    copyUpTo(index)
    for (const { length, unit } of unescaped(escape)) {
      for (const half of unit.split("")) {
        units.push(half)
        starts.push(at)
      }
      at += length
    }
  }
  if (at === 0) return undefined
  copyUpTo(text.length)
  starts.push(text.length)
  const startOf = (index: number): number => starts[index] ?? text.length
  /** Two halves of one character stand in the same place, and end where the next one begins. */
  const endOf = (index: number): number => {
    let next = index + 1
    while (next < units.length && startOf(next) === startOf(index)) next++
    return startOf(next)
  }
  return {
    text: units.join(""),
    spanOf: (index) => {
      const start = startOf(index)
      const last = endOf(index) - 1
      return outer === undefined ? { start, end: last + 1 } : { start: outer(start).start, end: outer(last).end }
    }
  }
}

/** The characters of one escape, with the length of what each was written as. */
const unescaped = (escape: string): ReadonlyArray<{ readonly unit: string; readonly length: number }> => {
  const whole = (unit: string) => [{ unit, length: escape.length }]
  if (escape.startsWith("&")) {
    const name = escape.slice(1, -1).toLowerCase()
    if (!name.startsWith("#")) return whole(named[name] ?? escape)
    const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return whole(code > 0x10ffff ? escape : String.fromCodePoint(code))
  }
  if (escape.startsWith("\\")) {
    const code = /^[ux]/i.test(escape.slice(1)) && escape.length > 2
    return whole(
      code
        ? String.fromCharCode(Number.parseInt(escape.slice(2), 16))
        : (controls[escape.charAt(1)] ?? escape.charAt(1))
    )
  }
  if (/^%u/i.test(escape)) return whole(String.fromCharCode(Number.parseInt(escape.slice(2), 16)))
  return octets(escape)
}

/** `%C3%A9`: UTF-8, and what is not UTF-8 byte by byte. */
const octets = (escape: string) => {
  const characters: Array<{ readonly unit: string; readonly length: number }> = []
  for (let index = 0; index < escape.length;) {
    const byte = Number.parseInt(escape.slice(index + 1, index + 3), 16)
    const length = 3 * (byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4)
    const unit = utf8(escape.slice(index, index + length))
    characters.push(unit === undefined ? { unit: String.fromCharCode(byte), length: 3 } : { unit, length })
    index += unit === undefined ? 3 : length
  }
  return characters
}

const utf8 = (octetsOfOne: string): string | undefined => {
  try {
    return decodeURIComponent(octetsOfOne)
  } catch {
    return undefined
  }
}

/** The forms that are searched in each layer: the secret, its base64 at the three possible alignments, and its hexadecimal digits. */
const formsOf = (secret: string): ReadonlyArray<string> => {
  const bytes = new TextEncoder().encode(secret)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
  const base64 = [0, 1, 2].map((before) => {
    const padded = new Uint8Array(before + bytes.length)
    padded.set(bytes, before)
    let binary = ""
    for (const byte of padded) binary += String.fromCharCode(byte)
    // The first and last digits hold bits of the neighbours as well.
    return btoa(binary)
      .replace(/=+$/, "")
      .slice(before === 0 ? 0 : before + 1, padded.length % 3 === 0 ? undefined : -1)
  })
  const derived = [...base64, ...base64.map(urlSafe), hex, hex.toUpperCase()].filter(
    (form) => form.length >= shortestDerived
  )
  return [...new Set([secret, ...derived].map(normal))]
}

const urlSafe = (base64: string): string => base64.replaceAll("+", "-").replaceAll("/", "_")

/** Shorter secrets would also match parts of ordinary words. */
const shortestDerived = 8

/** The ranges of the secrets in a layer, as positions in the original text. */
export const spansIn = ({ spanOf, text }: Layer, secrets: ReadonlyArray<KnownSecret>): ReadonlyArray<Span> =>
  secrets.flatMap((known) =>
    known.secret.length > text.length
      ? []
      : known.forms().flatMap((form, index) => occurrences(text, form, index > 0, spanOf))
  )

/** A secret whose forms are derived when they are first looked for. */
export interface KnownSecret {
  readonly secret: string
  readonly forms: () => ReadonlyArray<string>
}

export const knownSecret = (secret: string): KnownSecret => {
  let forms: ReadonlyArray<string> | undefined
  return { secret, forms: () => (forms ??= formsOf(secret)) }
}

const occurrences = (text: string, form: string, isDerived: boolean, spanOf: Layer["spanOf"]): ReadonlyArray<Span> => {
  const spans: Array<Span> = []
  for (let index = text.indexOf(form); index >= 0;) {
    let start = index
    let end = index + form.length
    // The digits at both ends may hold bits of the secret as well.
    if (isDerived) {
      while (start > 0 && isDigit(text, start - 1)) start--
      while (end < text.length && isDigit(text, end)) end++
    }
    spans.push({ start: spanOf(start).start, end: spanOf(end - 1).end })
    index = text.indexOf(form, end)
  }
  return spans
}

const isDigit = (text: string, index: number): boolean => /[\w/=-]/.test(text.charAt(index))
