/**
 * Lets pages of any origin use the API on a port: a page under test comes from another port than this server.
 *
 * The control API does not use this module. Pages of other sites must not change the server.
 */
import type { Answer } from "../wire/answer.ts"
import { empty } from "../wire/answer.ts"

type Headers = Readonly<Record<string, string | undefined>>

/** The headers that a page may read, besides those that are always readable. */
const exposed = "Date, Retry-After, X-Request-Id"

/** The header repeats the origin, because a browser refuses `*` for a request with `credentials: "include"`. */
const allow = (origin: string): Readonly<Record<string, string>> => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  vary: "Origin"
})

/** Answers the preflight request of a browser. It is not a request of the client under test, so it takes no fault and is not logged. */
export const preflight = (request: { readonly method: string; readonly headers: Headers }): Answer | undefined => {
  const { "access-control-request-headers": headers, "access-control-request-method": method, origin } = request.headers
  if (request.method !== "OPTIONS" || origin === undefined || method === undefined) return undefined
  return empty(204, {
    ...allow(origin),
    "access-control-allow-methods": method,
    ...(headers === undefined ? {} : { "access-control-allow-headers": headers })
  })
}

/** Adds the headers with which a page may read the answer. A request without an origin does not come from a page. */
export const readable = (headers: Headers, answer: Answer): Answer =>
  headers["origin"] === undefined
    ? answer
    : {
        ...answer,
        headers: { ...answer.headers, ...allow(headers["origin"]), "access-control-expose-headers": exposed }
      }
