/** A GET follows a redirect below the base URL; everything else that redirects is an error (I-33). */
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import { LinxioValidationError } from "../LinxioError.ts"
import type { BufferedResponse } from "../exchange/BufferedResponse.ts"
import type { Call } from "../exchange/call.ts"
import { destinationOf } from "./destination.ts"
import { isRedirect } from "../errors/answer.ts"

const mostHops = 5

/** Follows the redirect of a response if that is allowed; returns whether it does. */
export const follow = (baseUrl: URL, call: Call, response: BufferedResponse): boolean => {
  const { location } = response.headers
  if (!isRedirect(response.status) || location === undefined) return false
  if (call.method !== "GET" && call.method !== "HEAD") return false
  if (++call.hops > mostHops || !URL.canParse(location, call.href)) return false
  const target = destinationOf(baseUrl, new URL(location, call.href).href)
  if (target instanceof LinxioValidationError) return false
  call.href = target.href
  const { body, headers, method } = call.request
  // The query is that of the target, without the caller's.
  call.request = HttpClientRequest.makeWith(method, target.href, UrlParams.empty, Option.none(), headers, body)
  return true
}
