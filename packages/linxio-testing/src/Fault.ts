/**
 * What can go wrong on demand. Each fault is a plain value with one name, so that a list of them can be generated, shrunk, printed and sent.
 *
 * A fault with `endpoint` waits for the next requests to that endpoint of the contract (or to any); `times` of them meet it, one unless given.
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

/** Every fault: its schema by name. The comment on each is its documentation. */
export const faults = {
  /** The access tokens issued so far are expired from now on, those of `account` or all. */
  "expire-access-tokens": Schema.Struct({ fault: Schema.Literal("expire-access-tokens"), ...account }),
  /** The refresh tokens issued so far are refused from now on; access tokens keep working. */
  "revoke-refresh-tokens": Schema.Struct({ fault: Schema.Literal("revoke-refresh-tokens"), ...account }),
  /** The sessions opened so far are over: both kinds of token are refused. */
  "revoke-sessions": Schema.Struct({ fault: Schema.Literal("revoke-sessions"), ...account }),
  /** Turns rotation of refresh tokens on or off. */
  rotation: Schema.Struct({ fault: Schema.Literal("rotation"), on: Schema.Boolean }),
  /** The server's clock runs `ms` ahead (negative: context): token times and the `Date` header follow it. */
  "clock-skew": Schema.Struct({ fault: Schema.Literal("clock-skew"), ms: Schema.Finite }),
  /** Every answer takes `ms`, give or take up to `spread`; 0 turns it off. */
  latency: Schema.Struct({ fault: Schema.Literal("latency"), ms: Millis, spread: Schema.optionalKey(Millis) }),
  /** Error answers repeat the secrets of the request that caused them, as a careless debug page does. */
  "echo-secrets": Schema.Struct({ fault: Schema.Literal("echo-secrets"), on: Schema.Boolean }),
  /** The endpoint refuses every bearer with 401, however good it is; `on: false` ends it. */
  "always-401": Schema.Struct({
    fault: Schema.Literal("always-401"),
    endpoint,
    on: Schema.optionalKey(Schema.Boolean)
  }),
  /** The request is processed, then the connection breaks (`how: "stall"`: goes silent) instead of bringing the answer. */
  "lose-response": Schema.Struct({
    fault: Schema.Literal("lose-response"),
    ...next,
    how: Schema.optionalKey(Schema.Literals(["reset", "stall"]))
  }),
  /** Answers with `status` in the envelope that fits it (or a `body` of your own), without processing. */
  status: Schema.Struct({
    fault: Schema.Literal("status"),
    ...next,
    status: Schema.Int.check(Schema.isBetween({ minimum: 200, maximum: 599 })),
    body: Schema.optionalKey(Schema.Json)
  }),
  /** Answers with an HTML page, as a proxy does that cannot reach the application; 502 unless `status` is given. */
  html: Schema.Struct({
    fault: Schema.Literal("html"),
    ...next,
    status: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 200, maximum: 599 })))
  }),
  /** The connection breaks before the request is processed. */
  reset: Schema.Struct({ fault: Schema.Literal("reset"), ...next }),
  /** The request is never answered. */
  "stall-headers": Schema.Struct({ fault: Schema.Literal("stall-headers"), ...next }),
  /** The request is processed and its headers arrive; its body stops half-way for good. */
  "stall-body": Schema.Struct({ fault: Schema.Literal("stall-body"), ...next }),
  /** The request is processed and its body drips in over `ms`, 1000 unless given. */
  "slow-trickle": Schema.Struct({ fault: Schema.Literal("slow-trickle"), ...next, ms: Schema.optionalKey(Millis) }),
  /** Answers 429, with `Retry-After` if `retryAfter` seconds are given, as a date with `as: "date"`. */
  "rate-limit": Schema.Struct({
    fault: Schema.Literal("rate-limit"),
    ...next,
    retryAfter: Schema.optionalKey(Millis),
    as: Schema.optionalKey(Schema.Literals(["seconds", "date"]))
  }),
  /** Answers 307 with `Location: to`, without processing. */
  redirect: Schema.Struct({ fault: Schema.Literal("redirect"), ...next, to: Schema.NonEmptyString }),
  /** `/token/refresh` answers 204 with no body, without processing. */
  "refresh-204": Schema.Struct({ fault: Schema.Literal("refresh-204"), times: Schema.optionalKey(Count) }),
  /** `/token/refresh` is processed and answers 200 without a `token`. */
  "refresh-without-token": Schema.Struct({
    fault: Schema.Literal("refresh-without-token"),
    times: Schema.optionalKey(Count)
  }),
  /** `/token/refresh` answers 200 with the access token that the session already has, expired or not. */
  "refresh-unchanged": Schema.Struct({ fault: Schema.Literal("refresh-unchanged"), times: Schema.optionalKey(Count) })
} as const

/** The name of a fault. */
export type FaultName = keyof typeof faults

/** A fault, ready to be injected. */
export type Fault = { readonly [Name in FaultName]: (typeof faults)[Name]["Type"] }[FaultName]

/** The names of all faults. */
export const faultNames = Object.keys(faults).filter((name): name is FaultName => name in faults)

const isFaultName = (name: unknown): name is FaultName => typeof name === "string" && Object.hasOwn(faults, name)

/**
 * Reads a fault from data of unknown origin.
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
