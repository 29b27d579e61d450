/**
 * The attributes of spans, metrics and log lines, named by OpenTelemetry's semantic conventions for HTTP clients
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). They contain no query, no header and no body (I-32).
 */
import type { ObservedCall } from "../CallObserver.ts"
import type { LinxioFailure } from "../LinxioError.ts"

export type Attributes = Readonly<Record<string, string | number>>

/** The attributes with low cardinality, for metrics and for the names of spans. */
export const dimensionsOf = (call: ObservedCall): Attributes => {
  const { hostname, port, protocol } = new URL(call.href)
  const { urlTemplate } = call
  return {
    "http.request.method": call.method,
    "server.address": hostname,
    "server.port": port === "" ? (protocol === "http:" ? 80 : 443) : Number(port),
    ...(urlTemplate !== undefined && { "url.template": urlTemplate })
  }
}

/** The name of a span: the method and, if known, the path template. A path would give each vehicle its own name. */
export const nameOf = (call: ObservedCall): string => {
  const { urlTemplate } = call
  return urlTemplate === undefined ? call.method : `${call.method} ${urlTemplate}`
}

/** The URL without its query, which may contain a secret. */
export const urlOf = ({ href }: ObservedCall): string => href.replace(/[?#].*$/s, "")

/** The status of a refusal, else the name of the error. */
export const errorTypeOf = (failure: LinxioFailure): string =>
  failure._tag === "LinxioApiError" ? String(failure.status) : failure._tag
