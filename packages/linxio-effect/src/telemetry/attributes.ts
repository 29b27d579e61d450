/**
 * What spans, metrics and log lines say of a call, in the names of OpenTelemetry's semantic conventions for HTTP clients
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). No query, no header and no body is in it (I-32).
 */
import type { ObservedCall } from "../CallObserver.ts"
import type { LinxioFailure } from "../LinxioError.ts"

export type Attributes = Readonly<Record<string, string | number>>

/** Few values each: what metrics and the names of spans may be made of. */
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

/** The method and, where it is known, the template: a path would make a name of its own for each vehicle. */
export const nameOf = (call: ObservedCall): string => {
  const { urlTemplate } = call
  return urlTemplate === undefined ? call.method : `${call.method} ${urlTemplate}`
}

/** Where the request went. The query may hold a secret. */
export const urlOf = ({ href }: ObservedCall): string => href.replace(/[?#].*$/s, "")

/** The status of a refusal, else the name of the error. */
export const errorTypeOf = (failure: LinxioFailure): string =>
  failure._tag === "LinxioApiError" ? String(failure.status) : failure._tag
