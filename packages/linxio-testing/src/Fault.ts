/**
 * The faults: what can go wrong on demand. A fault is a plain object, so that it can be generated, printed and sent to another process.
 *
 * A fault with the member `endpoint` is queued for the next requests to that endpoint of the contract, or to any. `times` says how many
 * requests take it, 1 by default. A new fault needs an entry here, and one in `faults/effects.ts` or `faults/registry.ts`.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { endpointNames } from "./wire/contract.ts"
import { FakeLinxioFaultError } from "./FakeLinxioError.ts"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))
const Millis = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))
const account = { account: Schema.optionalKey(Schema.String) }
const endpoint = Schema.Literals(["any", ...endpointNames])
const next = { endpoint: Schema.optionalKey(endpoint), times: Schema.optionalKey(Count) }

/** The schema of each fault by name. */
export const faults = {
  /** The access tokens issued so far are expired, those of `account` or all. */
  "expire-access-tokens": Schema.Struct({ fault: Schema.Literal("expire-access-tokens"), ...account }),
  /** The refresh tokens issued so far are refused. The access tokens stay valid. */
  "revoke-refresh-tokens": Schema.Struct({ fault: Schema.Literal("revoke-refresh-tokens"), ...account }),
  /** The sessions opened so far have ended: their access tokens and refresh tokens are refused. */
  "revoke-sessions": Schema.Struct({ fault: Schema.Literal("revoke-sessions"), ...account }),
  /** Turns the rotation of refresh tokens on or off. */
  rotation: Schema.Struct({ fault: Schema.Literal("rotation"), on: Schema.Boolean }),
  /** The clock of the server is `ms` ahead, or behind if negative. It sets the times of tokens and the header `Date`. */
  "clock-skew": Schema.Struct({ fault: Schema.Literal("clock-skew"), ms: Schema.Finite }),
  /** Every answer is delayed by `ms`, plus or minus up to `spread`; 0 turns it off. */
  latency: Schema.Struct({ fault: Schema.Literal("latency"), ms: Millis, spread: Schema.optionalKey(Millis) }),
  /** Error answers contain the secrets of their request, as a debug page may do. */
  "echo-secrets": Schema.Struct({ fault: Schema.Literal("echo-secrets"), on: Schema.Boolean }),
  /** The endpoint answers every request with 401, also one with a valid token; `on: false` turns it off. */
  "always-401": Schema.Struct({
    fault: Schema.Literal("always-401"),
    endpoint,
    on: Schema.optionalKey(Schema.Boolean)
  }),
  /** The request is processed, but its answer is lost: the connection breaks, or with `how: "stall"` nothing more is sent. */
  "lose-response": Schema.Struct({
    fault: Schema.Literal("lose-response"),
    ...next,
    how: Schema.optionalKey(Schema.Literals(["reset", "stall"]))
  }),
  /** Answers with `status` and the error body that Linxio has for it, or with `body`. The request is not processed. */
  status: Schema.Struct({
    fault: Schema.Literal("status"),
    ...next,
    status: Schema.Int.check(Schema.isBetween({ minimum: 200, maximum: 599 })),
    body: Schema.optionalKey(Schema.Json)
  }),
  /** Answers with an HTML page, as a proxy does that cannot reach the application. The status is 502 by default. */
  html: Schema.Struct({
    fault: Schema.Literal("html"),
    ...next,
    status: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 200, maximum: 599 })))
  }),
  /** The connection breaks before the request is processed. */
  reset: Schema.Struct({ fault: Schema.Literal("reset"), ...next }),
  /** The request is never answered. */
  "stall-headers": Schema.Struct({ fault: Schema.Literal("stall-headers"), ...next }),
  /** The request is processed. The headers and half of the body are sent, and then nothing more. */
  "stall-body": Schema.Struct({ fault: Schema.Literal("stall-body"), ...next }),
  /** The request is processed. Its body is sent in pieces over `ms` milliseconds, 1000 by default. */
  "slow-trickle": Schema.Struct({ fault: Schema.Literal("slow-trickle"), ...next, ms: Schema.optionalKey(Millis) }),
  /** Answers 429. With `retryAfter`, in seconds, it has the header `Retry-After`; with `as: "date"` the header is a date. */
  "rate-limit": Schema.Struct({
    fault: Schema.Literal("rate-limit"),
    ...next,
    retryAfter: Schema.optionalKey(Millis),
    as: Schema.optionalKey(Schema.Literals(["seconds", "date"]))
  }),
  /** Answers 307 with `Location: to`. The request is not processed. */
  redirect: Schema.Struct({ fault: Schema.Literal("redirect"), ...next, to: Schema.NonEmptyString }),
  /** `POST /token/refresh` answers 204 without a body. The request is not processed. */
  "refresh-204": Schema.Struct({ fault: Schema.Literal("refresh-204"), times: Schema.optionalKey(Count) }),
  /** `POST /token/refresh` is processed, but its answer has no `token`. */
  "refresh-without-token": Schema.Struct({
    fault: Schema.Literal("refresh-without-token"),
    times: Schema.optionalKey(Count)
  }),
  /** `POST /token/refresh` answers with the access token that the session already has, even if it has expired. */
  "refresh-unchanged": Schema.Struct({ fault: Schema.Literal("refresh-unchanged"), times: Schema.optionalKey(Count) })
} as const

/** The name of a fault. */
export type FaultName = keyof typeof faults

/** A fault to inject. */
export type Fault = { readonly [Name in FaultName]: (typeof faults)[Name]["Type"] }[FaultName]

/** The names of all faults. */
export const faultNames = Object.keys(faults).filter((name): name is FaultName => name in faults)

const isFaultName = (name: unknown): name is FaultName => typeof name === "string" && Object.hasOwn(faults, name)

/**
 * Reads a fault from data that may be invalid. Fails with a `FakeLinxioFaultError` that says what is wrong.
 *
 * @example
 * ```ts
 * import { decodeFault } from "linxio-testing"
 *
 * const fault = decodeFault({ fault: "reset", endpoint: "refresh", times: 2 })
 * ```
 */
export const decodeFault = (input: unknown): Result.Result<Fault, FakeLinxioFaultError> => {
  const name = typeof input === "object" && input !== null && "fault" in input ? input.fault : undefined
  if (!isFaultName(name)) {
    const fault = typeof name === "string" ? name : "(no name)"
    return Result.fail(new FakeLinxioFaultError({ fault, issue: `is not one of ${faultNames.join(", ")}` }))
  }
  const schema: Schema.Codec<Fault, unknown> = faults[name]
  return Result.mapError(
    Schema.decodeUnknownResult(schema, { onExcessProperty: "error" })(input),
    (error) => new FakeLinxioFaultError({ fault: name, issue: error.message })
  )
}
