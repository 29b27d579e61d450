/** What a waiting fault does to the request that meets it: answers in the application's place, or tampers with its answer. */
import * as Effect from "effect/Effect"
import type { Answer } from "../wire/answer.ts"
import { application, ConnectionLost, empty, gateway, html, json } from "../wire/answer.ts"
import type { PendingFault } from "./registry.ts"

/** Stands in for the application, which then never sees the request; `undefined` lets it through. */
export const instead = (fault: PendingFault, now: number): Effect.Effect<Answer, ConnectionLost> | undefined => {
  switch (fault.fault) {
    case "reset":
      return Effect.fail(new ConnectionLost())
    case "stall-headers":
      return Effect.never
    case "html":
      return Effect.succeed(html(fault.status ?? 502))
    case "status":
      return Effect.succeed(statusAnswer(fault.status, fault.body))
    case "rate-limit":
      return Effect.succeed(application(429, "Too many requests.", retryAfter(fault, now)))
    case "redirect":
      return Effect.succeed(empty(307, { location: fault.to }))
    case "refresh-204":
      return Effect.succeed(empty(204))
    default:
      return undefined
  }
}

const statusAnswer = (status: number, body: unknown): Answer => {
  if (status === 204 || status === 205 || status === 304) return empty(status)
  if (body !== undefined) return json(status, body)
  if (status === 401) return gateway("Invalid JWT Token")
  return status < 400 ? json(status, {}) : application(status, `Status ${status} on demand.`)
}

const retryAfter = (
  fault: Extract<PendingFault, { readonly fault: "rate-limit" }>,
  now: number
): Record<string, string> => {
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

/** Tampers with the answer of a request that was processed. */
export const afterwards = (fault: PendingFault | undefined, answer: Answer): Effect.Effect<Answer, ConnectionLost> => {
  switch (fault?.fault) {
    case "lose-response":
      return fault.how === "stall" ? Effect.never : Effect.fail(new ConnectionLost())
    case "stall-body":
      return Effect.succeed({ ...answer, delivery: { _tag: "Stalled" } })
    case "slow-trickle":
      return Effect.succeed({ ...answer, delivery: { _tag: "Trickled", ms: fault.ms ?? 1000 } })
    case "refresh-without-token":
      return Effect.succeed(withoutToken(answer))
    default:
      return Effect.succeed(answer)
  }
}

/** Repeats in an error answer what the request brought along. */
export const echo = (
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
