/** Finds tokens by their form: JWTs, and the text after "Bearer". */
import type { Span } from "./encodings.ts"

/**
 * The ranges of such tokens in a text. Each pattern reads every character once, without backtracking, so that the time is linear (F-5).
 */
export const tokensIn = (text: string): ReadonlyArray<Span> => {
  const spans: Array<Span> = []
  for (const { 0: run, index } of text.matchAll(/[\w.-]{15,}/g)) {
    const start = jwtIn(run)
    if (start !== undefined) spans.push({ start: index + start, end: index + run.length })
  }
  for (const { 0: whole, 1: token = "", index } of text.matchAll(/\bBearer\s+([^\s"',;<&]+)/gi)) {
    const end = index + whole.length
    spans.push({ start: end - token.length, end })
  }
  return spans
}

/** A JWT: three base64url parts separated by dots, the first of which begins a JSON object. */
const jwtIn = (run: string): number | undefined => {
  const parts = run.split(".")
  let start = 0
  for (const [index, part] of parts.entries()) {
    const begin = part.indexOf("eyJ")
    const isHeader = begin >= 0 && part.length - begin >= 11
    if (isHeader && (parts[index + 1]?.length ?? 0) >= 4 && index + 2 < parts.length) return start + begin
    start += part.length + 1
  }
  return undefined
}
