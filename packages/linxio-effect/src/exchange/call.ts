/** One call of the caller: its limits, and what has happened to it so far. */
import type * as Clock from "effect/Clock"
import * as Redacted from "effect/Redacted"
import type * as HttpBody from "effect/http/HttpBody"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { Settings } from "../LinxioConfig.ts"
import type { CallFacts } from "../LinxioError.ts"
import { secretsIn } from "../errors/scrub.ts"

export type Limits = Pick<Settings, "deadlineMs" | "retry" | "timeoutMs">

/** A thousand calls that wait keep a thousand of these: what can be told from the request is not told twice. */
export interface Call {
  readonly method: string
  /** Without query values: it goes into errors and logs. */
  readonly path: string
  /** What the caller asked for, or where a redirect led: it holds no bearer token. */
  request: HttpClientRequest
  /** Where the request goes. */
  href: string
  /** Whether it goes with a bearer token of the session. */
  readonly authenticated: boolean
  /** What the answer is read as; bytes serve every reader, text is cheaper where nobody wants bytes. */
  readonly bodyAs: "bytes" | "text"
  readonly clock: Clock.Clock
  readonly startedAt: number
  readonly limits: Limits
  /** Whether the request may be sent twice without doing its work twice. */
  readonly idempotent: boolean
  /** How often it was sent. */
  attempts: number
  /** Whether it was sent a second time because its token was refused; once is the limit (I-7). */
  replayed: boolean
  /** Whether an attempt may have been processed without an answer. */
  ambiguous: boolean
  /** The epoch under which it was first signed: it is never sent under another (I-14). */
  epoch: number | undefined
}

export const nowOf = ({ clock }: Call): number => clock.currentTimeMillisUnsafe()

export const deadlineOf = ({ limits, startedAt }: Call): number => startedAt + limits.deadlineMs

export const factsOf = (call: Call, now: number): CallFacts => ({
  method: call.method,
  path: call.path,
  attempts: call.attempts,
  elapsedMs: Math.max(0, now - call.startedAt)
})

/** The time that a call may still wait for one thing. */
export const patience = (call: Call, now: number): number => Math.min(call.limits.timeoutMs, deadlineOf(call) - now)

/** Whether the same body can be sent a second time. */
export const isReplayable = ({ request: { body } }: Call): boolean =>
  body._tag !== "Stream" && !(body._tag === "Raw" && isStream(body.body))

const isStream = (body: unknown): boolean =>
  body !== null && typeof body === "object" && ("getReader" in body || Symbol.asyncIterator in body)

/** Every secret that this call sends, for scrubbing what comes back. Only needed once something went wrong. */
export const secretsOf = (
  { request: { body, headers } }: Call,
  tokens: ReadonlyArray<Redacted.Redacted | undefined>
): ReadonlyArray<string> => [
  ...tokens.flatMap((token) => (token === undefined ? [] : [Redacted.value(token)])),
  // The caller's own credentials are secrets as well.
  ...(headers.authorization === undefined ? [] : [headers.authorization, headers.authorization.replace(/^\S+\s+/, "")]),
  ...secretsIn(jsonOf(body))
]

const jsonOf = (body: HttpBody.HttpBody): unknown => {
  const text =
    body._tag === "Uint8Array"
      ? new TextDecoder().decode(body.body)
      : body._tag === "Raw" && typeof body.body === "string"
        ? body.body
        : undefined
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
