/** Tokens that nobody has to know in order to see that they are secrets: JWTs, and what stands behind "Bearer". */
import type { Span } from "./encodings.ts"

/**
 * Where such tokens stand in a text. Each pattern takes every character once: a maximal run that always matches, and nothing that could be
 * begun again inside it (F-5).
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

/** Three base64url parts with dots between, the first one the beginning of a JSON object: a JWT, whoever it belongs to. */
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
