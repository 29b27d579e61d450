/** Turns a response outside 2xx into an error with status, scrubbed body and a message. */
import { anyRefusal } from "../api/refusal.ts"
import { fits } from "../api/shape.ts"
import { LinxioApiError } from "../LinxioError.ts"
import { retryableStatuses } from "../RetryPolicy.ts"
import type { BufferedResponse } from "./BufferedResponse.ts"
import { type Call, factsOf, wallTimeOf } from "./call.ts"
import { detailOf } from "../errors/issues.ts"
import { scrubJson, scrubText } from "../errors/scrub.ts"
import { refused } from "../errors/words.ts"

export const isOk = (response: BufferedResponse): boolean => response.status >= 200 && response.status < 300

/** The text as JSON, or undefined if it is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return text === "" ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether the refusal is from Linxio, in one of its envelopes. The page of a proxy or an empty body is not (I-20). */
export const isLinxioRefusal = (response: BufferedResponse): boolean => fits(anyRefusal, parseJson(response.body))

/** Whether Linxio refuses what was sent with the request, as a refresh token or a password. */
export const isDenial = (response: BufferedResponse): boolean =>
  [400, 401, 403, 422].includes(response.status) && isLinxioRefusal(response)

export const refusalOf = (call: Call, response: BufferedResponse, secrets: ReadonlyArray<string>): LinxioApiError => {
  const json = parseJson(response.body)
  const body = json === undefined ? excerptOf(response.body, secrets) : scrubJson(json, secrets)
  const statusText = statusTexts[response.status] ?? ""
  const detail = detailOf(body)
  const requestId = response.headers["x-request-id"]
  return new LinxioApiError({
    ...factsOf(call),
    message: refused({ method: call.method, path: call.path, status: response.status }, call.href, statusText, detail),
    status: response.status,
    statusText,
    retryable: retryableStatuses.includes(response.status),
    requestId: requestId === undefined ? undefined : scrubText(requestId, secrets, longestRequestId),
    body,
    retryAfterMs: retryAfterOf(response, wallTimeOf(call)),
    ...(call.ambiguous && { priorAttemptAmbiguous: true })
  })
}

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), as milliseconds from now. */
const retryAfterOf = (response: BufferedResponse, now: number): number | undefined => {
  const header = response.headers["retry-after"]?.trim()
  if (header === undefined) return undefined
  if (/^\d+$/.test(header)) return Math.min(Number(header) * 1000, Number.MAX_SAFE_INTEGER)
  // A date is compared with the server's clock if it is known, because the local clock may be wrong.
  const date = /^[a-z]/i.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - (serverTimeOf(response) ?? now))
}

/** The `Date` of the response, unless it comes from a cache. */
export const serverTimeOf = ({ headers }: Pick<BufferedResponse, "headers">): number | undefined => {
  if (headers["date"] === undefined || headers["age"] !== undefined) return undefined
  const time = Date.parse(headers["date"])
  return Number.isNaN(time) ? undefined : time
}

const excerptOf = (text: string, secrets: ReadonlyArray<string>): string | undefined =>
  text === "" ? undefined : scrubText(text, secrets, longestExcerpt)

/** The maximum number of characters that are kept of a body other than JSON, and of a request id (F-28). */
const longestExcerpt = 500
export const longestRequestId = 200

const statusTexts: Readonly<Record<number, string>> = {
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout"
}
