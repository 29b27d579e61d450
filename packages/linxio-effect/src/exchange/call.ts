/** One call: its limits and its progress. */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type * as HttpBody from "effect/http/HttpBody"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { Settings } from "../LinxioConfig.ts"
import type { CallListener } from "../CallObserver.ts"
import type { CallFacts, LinxioFailure } from "../LinxioError.ts"
import type { BodyAs } from "../transport/Transport.ts"
import { secretsOfForm, secretsOfHeaders, secretsOfQuery, secretsOfText } from "../errors/secrets.ts"

export type Limits = Pick<Settings, "deadlineMs" | "maxResponseBytes" | "retry" | "timeoutMs">

/**
 * The state of one call. Kept small, because a thousand waiting calls keep a thousand of these. `startCall` and `postRefresh` write every field out:
 * with the first values spread from one object, a call took half as long again (`npm run bench -- costPerCall`).
 */
export interface Call {
  readonly method: string
  /** As it is sent, without query values: it goes into errors and logs. */
  readonly path: string
  /** The path with the names of its parameters in place of their values, where the caller knows it. */
  readonly urlTemplate: string | undefined
  /** The caller's request, or the request after a redirect. Contains no bearer token. */
  request: HttpClientRequest
  /** Where the request goes. */
  href: string
  /** Whether it is sent with a bearer token of the session. */
  readonly authenticated: boolean
  /** How to read the response body. Bytes work for every reader; text is cheaper. */
  readonly bodyAs: BodyAs
  readonly clock: Clock.Clock
  /** On the monotonic clock, in milliseconds: a change of the wall clock must not end a call (F-12). */
  readonly startedAt: number
  readonly limits: Limits
  /** Whether the request may be sent twice without doing its work twice. */
  readonly idempotent: boolean
  /** How many attempts were sent. */
  attempts: number
  /** How many redirects it has followed. */
  hops: number
  /** How often it was repeated with tokens that another client had refreshed (S-7). */
  adoptions: number
  /** Whether it was repeated after a refresh because its token was rejected; that happens at most once (I-7). */
  replayed: boolean
  /** Whether an attempt may have been processed without an answer. */
  ambiguous: boolean
  /** The error of the last attempt. Only such an error is retried: an error while signing is shared with other calls and has its own retries. */
  failure: LinxioFailure | undefined
  /** The text of a `Blob` body, read when an error is built. */
  blobText?: string
  /** The epoch under which it was first signed: it is never sent under another (I-14). */
  epoch: number | undefined
  /** Receives the attempts; undefined without an observer. */
  listener: CallListener | undefined
}

/** The time of day in milliseconds, for what the server says about time. */
export const wallTimeOf = ({ clock }: Call): number => clock.currentTimeMillisUnsafe()

/** The monotonic clock, for all durations: a change of the wall clock does not affect it (F-11, F-12). In milliseconds. */
export const monotonicMs = (clock: Clock.Clock): number => Number(clock.monotonicTimeNanosUnsafe()) / 1e6

const elapsedMs = (call: Call): number => monotonicMs(call.clock) - call.startedAt

/** What is left of the whole call, in milliseconds; not above 0 when its deadline has passed. */
export const remainingMs = (call: Call): number => call.limits.deadlineMs - elapsedMs(call)

export const factsOf = (call: Call): CallFacts => ({
  method: call.method,
  path: call.path,
  attempts: call.attempts,
  elapsedMs: Math.max(0, Math.round(elapsedMs(call)))
})

/** The longest wait that the limits of the call allow now, in milliseconds. */
export const longestWaitMs = (call: Call): number => Math.min(call.limits.timeoutMs, remainingMs(call))

/** Ends an attempt, and records what the next attempt needs. */
export const failed = (call: Call, failure: LinxioFailure): Effect.Effect<never, LinxioFailure> => {
  call.failure = failure
  // Linxio may have processed the request although no response arrived.
  if (isNetworkFailure(failure) || (failure._tag === "LinxioApiError" && failure.status >= 500)) call.ambiguous = true
  return Effect.fail(failure)
}

const isNetworkFailure = ({ _tag }: LinxioFailure): boolean =>
  _tag === "LinxioNetworkError" || _tag === "LinxioTimeoutError"

/** Whether the same body can be sent a second time. */
export const isReplayable = ({ request: { body } }: Call): boolean =>
  body._tag !== "Stream" && !(body._tag === "Raw" && isStream(body.body))

const isStream = (body: unknown): boolean =>
  body !== null && typeof body === "object" && ("getReader" in body || Symbol.asyncIterator in body)

/** A longer `Blob` is a file, which is not searched for passwords. */
const longestBlob = 65_536

/** The text of a `Blob` is asynchronous. It is read before an error is built, and never for a call that succeeds. */
export const withBlobText = <A, E>(call: Call, next: () => Effect.Effect<A, E>): Effect.Effect<A, E> => {
  const { body } = call.request
  const blob = body._tag === "Raw" ? body.body : undefined
  if (!(blob instanceof Blob) || blob.size > longestBlob || call.blobText !== undefined) return next()
  return Effect.flatMap(Effect.option(Effect.tryPromise(() => blob.text())), (text) => {
    call.blobText = Option.getOrElse(text, () => "")
    return next()
  })
}

/** All secrets that this call sends, to remove them from the response in an error. Computed only for errors. */
export const secretsOf = (
  { blobText, href, request: { body, headers, urlParams } }: Call,
  tokens: ReadonlyArray<Redacted.Redacted | undefined>
): ReadonlyArray<string> => {
  const query = href.indexOf("?")
  return [
    ...tokens.flatMap((token) => (token === undefined ? [] : [Redacted.value(token)])),
    ...secretsOfHeaders(headers),
    ...Array.from(urlParams).flatMap(([name, value]) =>
      typeof value === "string" ? secretsOfQuery([[name, value]]) : [Redacted.value(value)]
    ),
    ...(query < 0 ? [] : secretsOfQuery(new URLSearchParams(href.slice(query)))),
    ...(blobText === undefined ? secretsOfBody(body) : secretsOfText(blobText))
  ]
}

const secretsOfBody = (body: HttpBody.HttpBody): ReadonlyArray<string> => {
  if (body._tag === "Uint8Array") return secretsOfText(new TextDecoder().decode(body.body))
  if (body._tag === "FormData") return secretsOfForm(body.formData)
  if (body._tag !== "Raw") return []
  const raw = body.body
  if (typeof raw === "string") return secretsOfText(raw)
  if (raw instanceof ArrayBuffer) return secretsOfText(new TextDecoder().decode(raw))
  return raw instanceof URLSearchParams || raw instanceof FormData ? secretsOfForm(raw) : []
}
