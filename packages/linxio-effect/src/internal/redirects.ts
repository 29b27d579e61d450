/** A GET follows a redirect below the base URL; everything else that redirects is an error (I-33). */
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as UrlParams from "effect/http/UrlParams"
import { LinxioValidationError } from "../LinxioError.ts"
import type { BufferedResponse } from "./BufferedResponse.ts"
import type { Call } from "./call.ts"
import { destinationOf } from "./destination.ts"
import { isRedirect } from "./errors/answer.ts"

const mostHops = 5

export const makeRedirects = (baseUrl: URL) => {
  const hops = new WeakMap<Call, number>()
  return {
    follow: (
      call: Call,
      request: HttpClientRequest.HttpClientRequest,
      response: BufferedResponse
    ): HttpClientRequest.HttpClientRequest | undefined => {
      const { location } = response.headers
      if (!isRedirect(response.status) || location === undefined) return undefined
      if (call.method !== "GET" && call.method !== "HEAD") return undefined
      const hop = (hops.get(call) ?? 0) + 1
      hops.set(call, hop)
      if (hop > mostHops || !URL.canParse(location, request.url)) return undefined
      const target = destinationOf(baseUrl, new URL(location, request.url).href)
      if (target instanceof LinxioValidationError) return undefined
      return request.pipe(HttpClientRequest.setUrl(target.href), (next) =>
        HttpClientRequest.setUrlParams(next, UrlParams.empty)
      )
    }
  }
}
