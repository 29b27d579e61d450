/** One call of the caller: its limits, and what has happened to it so far. */
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

/** A thousand calls that wait keep a thousand of these: what can be told from the request is not told twice. */
export interface Call {
  readonly method: string
  /** As it is sent, without query values: it goes into errors and logs. */
  readonly path: string
  /** The path with the names of its parameters in place of their values, where the caller knows it. */
  readonly urlTemplate: string | undefined
  /** What the caller asked for, or where a redirect led: it holds no bearer token. */
  request: HttpClientRequest
  /** Where the request goes. */
  href: string
  /** Whether it goes with a bearer token of the session. */
  readonly authenticated: boolean
  /** What the answer is read as; bytes serve every reader, text is cheaper where nobody wants bytes. */
  readonly bodyAs: BodyAs
  readonly clock: Clock.Clock
  /** By the monotonic clock, in milliseconds: somebody who sets the wall clock must not end a call (F-12). */
  readonly startedAt: number
  readonly limits: Limits
  /** Whether the request may be sent twice without doing its work twice. */
  readonly idempotent: boolean
  /** How often it was sent. */
  attempts: number
  /** How many redirects it has followed. */
  hops: number
  /** How often it was sent again with tokens that another client has brought: no refresh of its own was made for it (S-7). */
  adoptions: number
  /** Whether it was sent again after a refresh because its token was refused; once is the limit (I-7). */
  replayed: boolean
  /** Whether an attempt may have been processed without an answer. */
  ambiguous: boolean
  /** What the last attempt failed with. Only that is tried again: a failure to sign is shared with other calls and has its own retries. */
  failure: LinxioFailure | undefined
  /** What a body that is a `Blob` says, once an error has to be built. */
  blobText?: string
  /** The epoch under which it was first signed: it is never sent under another (I-14). */
  epoch: number | undefined
  /** Who is told of its attempts; undefined where nobody observes. */
  listener: CallListener | undefined
}

/** The time of day in milliseconds, for what the server says about time. */
export const wallTimeOf = ({ clock }: Call): number => clock.currentTimeMillisUnsafe()

/** For everything that is a duration: no change of the wall clock moves it (F-11, F-12). In milliseconds. */
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

/** The longest that a call may wait for one thing now, in milliseconds. */
export const longestWaitMs = (call: Call): number => Math.min(call.limits.timeoutMs, remainingMs(call))

/** Ends an attempt, and remembers what the next one must know of it. */
export const failed = (call: Call, failure: LinxioFailure): Effect.Effect<never, LinxioFailure> => {
  call.failure = failure
  // Linxio may have done the work all the same.
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

/** Longer ones are files: a file is not searched for passwords. */
const longestBlob = 65_536

/** A `Blob` gives its text later only: it is read before an error is built, and never for a call that succeeds. */
export const withBlobText = <A, E>(call: Call, next: () => Effect.Effect<A, E>): Effect.Effect<A, E> => {
  const { body } = call.request
  const blob = body._tag === "Raw" ? body.body : undefined
  if (!(blob instanceof Blob) || blob.size > longestBlob || call.blobText !== undefined) return next()
  return Effect.flatMap(Effect.option(Effect.tryPromise(() => blob.text())), (text) => {
    call.blobText = Option.getOrElse(text, () => "")
    return next()
  })
}

/** Every secret that this call sends, for scrubbing what comes back. Only needed once something went wrong. */
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
