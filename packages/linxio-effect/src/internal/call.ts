/** One call of the caller: its limits, and what has happened to it so far. */
import * as Redacted from "effect/Redacted"
import type * as HttpBody from "effect/http/HttpBody"
import type { CallFacts } from "../LinxioError.ts"
import type { RetryPolicy } from "../RetryPolicy.ts"
import { secretsIn } from "./scrub.ts"

export interface Call {
  readonly method: string
  /** Without query values: it goes into errors and logs. */
  readonly path: string
  readonly body: HttpBody.HttpBody
  /** What the answer is read as; bytes serve every reader, text is cheaper where nobody wants bytes. */
  readonly bodyAs: "bytes" | "text"
  /** The `Authorization` that the caller brought along, which is a secret as well. */
  readonly authorization: string | undefined
  readonly startedAt: number
  readonly deadlineAt: number
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly retry: RetryPolicy
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

export const factsOf = (call: Call, now: number): CallFacts => ({
  method: call.method,
  path: call.path,
  attempts: call.attempts,
  elapsedMs: Math.max(0, now - call.startedAt)
})

/** The time that a call may still wait for one thing. */
export const patience = (call: Call, now: number): number => Math.min(call.timeoutMs, call.deadlineAt - now)

/** Every secret that this call sends, for scrubbing what comes back. Only needed once something went wrong. */
export const secretsOf = (call: Call, tokens: ReadonlyArray<Redacted.Redacted | undefined>): ReadonlyArray<string> => [
  ...tokens.flatMap((token) => (token === undefined ? [] : [Redacted.value(token)])),
  ...(call.authorization === undefined ? [] : [call.authorization, call.authorization.replace(/^\S+\s+/, "")]),
  ...secretsIn(jsonOf(call.body))
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
