/** The requests that a client makes for its own session: they carry no bearer, whatever call waits for them (I-33). */
import type * as Clock from "effect/Clock"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import { type Call, monotonicMs } from "../exchange/call.ts"
import { jsonBody } from "../exchange/contract.ts"
import type { Settings } from "../LinxioConfig.ts"

export const ownCall = (
  config: Settings,
  path: string,
  payload: object,
  limits: { readonly deadlineMs: number; readonly timeoutMs: number },
  idempotent: boolean,
  clock: Clock.Clock
): Call => {
  const { href, pathname } = new URL(path.slice(1), config.baseUrl)
  return {
    method: "POST",
    path: pathname,
    urlTemplate: path,
    request: HttpClientRequest.post(href, {
      acceptJson: true,
      body: jsonBody(payload),
      ...(config.headers && { headers: Redacted.value(config.headers) })
    }),
    href,
    authenticated: false,
    bodyAs: "text",
    clock,
    startedAt: monotonicMs(clock),
    limits: { ...limits, maxResponseBytes: config.maxResponseBytes, retry: config.retry },
    idempotent,
    attempts: 0,
    hops: 0,
    adoptions: 0,
    replayed: false,
    ambiguous: false,
    failure: undefined,
    epoch: undefined,
    subject: undefined,
    listener: undefined
  }
}
