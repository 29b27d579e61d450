/**
 * Lets pages of any origin use the API of a port server: a page under test is served from another port than the Linxio it talks to.
 *
 * The control endpoint is none of this: it stays closed to pages of another site.
 */
import type { Answer } from "../wire/answer.ts"
import { empty } from "../wire/answer.ts"

type Headers = Readonly<Record<string, string | undefined>>

/** What a page may read beside the few headers that every page may. */
const exposed = "Date, Retry-After, X-Request-Id"

/** The origin is repeated and not `*`, which a request with `credentials: "include"` would not accept. */
const allow = (origin: string): Readonly<Record<string, string>> => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  vary: "Origin"
})

/** Answers the question that a browser asks ahead of a request; it is the browser's own, so no fault waits for it and no record mentions it. */
export const preflight = (request: { readonly method: string; readonly headers: Headers }): Answer | undefined => {
  const { "access-control-request-headers": headers, "access-control-request-method": method, origin } = request.headers
  if (request.method !== "OPTIONS" || origin === undefined || method === undefined) return undefined
  return empty(204, {
    ...allow(origin),
    "access-control-allow-methods": method,
    ...(headers === undefined ? {} : { "access-control-allow-headers": headers })
  })
}

/** Lets the page that asked read the answer, if it was a page. */
export const readable = (headers: Headers, answer: Answer): Answer =>
  headers["origin"] === undefined
    ? answer
    : {
        ...answer,
        headers: { ...answer.headers, ...allow(headers["origin"]), "access-control-expose-headers": exposed }
      }
