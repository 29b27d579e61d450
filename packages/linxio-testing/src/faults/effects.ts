/** What each queued fault does to the request that takes it: it replaces the answer, changes it, or changes how the request is processed. */
import * as Effect from "effect/Effect"
import type { Answer } from "../wire/answer.ts"
import { application, ConnectionLost, empty, gateway, html, json } from "../wire/answer.ts"
import type { QueuedFault } from "./registry.ts"

type FaultOf<Name extends QueuedFault["fault"]> = Extract<QueuedFault, { readonly fault: Name }>

type Outcome = Effect.Effect<Answer, ConnectionLost>

/** The effect of one fault. */
type FaultEffect<Name extends QueuedFault["fault"]> =
  /** The answer of this fault. The request is not processed. */
  | { readonly replaces: (fault: FaultOf<Name>, now: number) => Outcome }
  /** What becomes of the answer after the request was processed. */
  | { readonly changes: (answer: Answer, fault: FaultOf<Name>) => Outcome }
  /** The refresh returns the access token that the session already has. */
  | { readonly keepsAccessToken: true }

/** The effect of every queued fault. The compiler refuses this table if a fault is missing. */
const effects: { readonly [Name in QueuedFault["fault"]]: FaultEffect<Name> } = {
  reset: { replaces: () => Effect.fail(new ConnectionLost()) },
  "stall-headers": { replaces: () => Effect.never },
  html: { replaces: ({ status = 502 }) => Effect.succeed(html(status)) },
  status: { replaces: ({ body, status }) => Effect.succeed(statusAnswer(status, body)) },
  "rate-limit": {
    replaces: (fault, now) => Effect.succeed(application(429, "Too many requests.", retryAfter(fault, now)))
  },
  redirect: { replaces: ({ to }) => Effect.succeed(empty(307, { location: to })) },
  "refresh-204": { replaces: () => Effect.succeed(empty(204)) },
  "lose-response": { changes: (_, { how }) => (how === "stall" ? Effect.never : Effect.fail(new ConnectionLost())) },
  "stall-body": { changes: (answer) => Effect.succeed({ ...answer, delivery: { _tag: "Stalled" } }) },
  "slow-trickle": {
    changes: (answer, { ms = 1000 }) => Effect.succeed({ ...answer, delivery: { _tag: "Trickled", ms } })
  },
  "refresh-without-token": { changes: (answer) => Effect.succeed(withoutToken(answer)) },
  "refresh-unchanged": { keepsAccessToken: true }
}

/** The type of a fault and the type of its effect belong together, which the compiler does not see when the fault is looked up by name. */
const effectOf = (fault: QueuedFault) => effects[fault.fault] as FaultEffect<QueuedFault["fault"]>

/** The answer that replaces the processing of the request; `undefined` if it has to be processed. */
export const replacement = (fault: QueuedFault, now: number): Outcome | undefined => {
  const effect = effectOf(fault)
  return "replaces" in effect ? effect.replaces(fault, now) : undefined
}

/** The answer of a processed request, after the fault has changed it. */
export const changed = (fault: QueuedFault | undefined, answer: Answer): Outcome => {
  const effect = fault && effectOf(fault)
  return effect && "changes" in effect ? effect.changes(answer, fault) : Effect.succeed(answer)
}

/** Whether a refresh returns the access token that the session already has. */
export const keepsAccessToken = (fault: QueuedFault | undefined): boolean =>
  fault !== undefined && "keepsAccessToken" in effectOf(fault)

const statusAnswer = (status: number, body: unknown): Answer => {
  if (status === 204 || status === 205 || status === 304) return empty(status)
  if (body !== undefined) return json(status, body)
  if (status === 401) return gateway("Invalid JWT Token")
  return status < 400 ? json(status, {}) : application(status, `Status ${status} on demand.`)
}

const retryAfter = (fault: FaultOf<"rate-limit">, now: number): Record<string, string> => {
  if (fault.retryAfter === undefined) return {}
  return {
    "retry-after":
      fault.as === "date" ? new Date(now + fault.retryAfter * 1000).toUTCString() : String(fault.retryAfter)
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const withoutToken = (answer: Answer): Answer => {
  const body: unknown = answer.status === 200 ? JSON.parse(answer.body) : undefined
  if (!isObject(body)) return answer
  const { token: _, ...rest } = body
  return json(answer.status, rest)
}

/** The fault `echo-secrets`: an error answer that repeats the secrets of its request. */
export const withEcho = (
  answer: Answer,
  request: { readonly authorization: string | undefined; readonly body: string }
): Answer => {
  if (answer.status < 400) return answer
  if (!answer.headers["content-type"]?.startsWith("application/json")) {
    return { ...answer, body: `${answer.body}<pre>${request.authorization ?? ""}\n${request.body}</pre>` }
  }
  const body: unknown = JSON.parse(answer.body)
  return isObject(body) ? { ...answer, body: JSON.stringify({ ...body, debug: request }) } : answer
}
