/**
 * Schemas of the error family, to send an error to another process: over RPC, through a queue, to a worker. Decoding gives back an
 * instance of the class.
 *
 * The fields of `toJSON` are sent. A `cause`, the stack and the `reason` of an abort are not.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import { LinxioApiError, LinxioErrorSchema, LinxioValidationError } from "linxio-effect"
 *
 * const error = new LinxioValidationError([{ field: "email", issue: "must not be empty" }])
 * const sent: unknown = JSON.parse(JSON.stringify(Schema.encodeSync(LinxioErrorSchema.Failure)(error)))
 * const received = Schema.decodeUnknownSync(LinxioErrorSchema.Failure)(sent)
 * console.log(received instanceof LinxioValidationError, received instanceof LinxioApiError) // => true false
 * ```
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Errors from "./LinxioError.ts"

/** Checks the tag alone: `instanceof` also accepts subclasses, which the union must keep apart. */
const instance = <E extends Errors.LinxioError>(tag: E["_tag"]) =>
  Schema.declare((value: unknown): value is E => value instanceof Errors.LinxioError && value._tag === tag, {
    title: tag
  })

/** The own fields of an error, and the message, which no error lists among them. */
const sent = <E extends Errors.LinxioError>(error: E) => ({ ...error, message: error.message })

const request = { method: Schema.String, path: Schema.String }
const call = { ...request, attempts: Schema.Number, elapsedMs: Schema.Number }
const budget = { retryBudgetExhausted: Schema.optionalKey(Schema.Literal(true)) }

/** `LinxioConfigurationError`. */
export const LinxioConfigurationError = Schema.Struct({
  _tag: Schema.tag("LinxioConfigurationError"),
  message: Schema.String,
  option: Schema.String,
  issue: Schema.String
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioConfigurationError>("LinxioConfigurationError"),
    SchemaTransformation.transform({ decode: (facts) => new Errors.LinxioConfigurationError(facts), encode: sent })
  )
)

/** `LinxioValidationError`. */
export const LinxioValidationError = Schema.Struct({
  _tag: Schema.tag("LinxioValidationError"),
  message: Schema.String,
  issues: Schema.Array(Schema.Struct({ field: Schema.String, issue: Schema.String }))
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioValidationError>("LinxioValidationError"),
    SchemaTransformation.transform({
      decode: ({ issues }) => new Errors.LinxioValidationError(issues),
      encode: sent
    })
  )
)

/** `LinxioNetworkError`, without its cause. */
export const LinxioNetworkError = Schema.Struct({
  _tag: Schema.tag("LinxioNetworkError"),
  message: Schema.String,
  ...call,
  ...budget,
  code: Schema.optionalKey(Schema.String)
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioNetworkError>("LinxioNetworkError"),
    SchemaTransformation.transform({
      decode: (facts) => new Errors.LinxioNetworkError<"LinxioNetworkError">(facts),
      encode: sent
    })
  )
)

/** `LinxioTimeoutError`. */
export const LinxioTimeoutError = Schema.Struct({
  _tag: Schema.tag("LinxioTimeoutError"),
  message: Schema.String,
  ...call,
  ...budget,
  timeoutMs: Schema.Number,
  phase: Schema.Literals(["headers", "body", "idle", "refresh", "restore", "signIn", "deadline"])
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioTimeoutError>("LinxioTimeoutError"),
    SchemaTransformation.transform({ decode: (facts) => new Errors.LinxioTimeoutError(facts), encode: sent })
  )
)

/** `LinxioAbortError`, without the reason, which can be any value of the caller. */
export const LinxioAbortError = Schema.Struct({
  _tag: Schema.tag("LinxioAbortError"),
  message: Schema.String
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioAbortError>("LinxioAbortError"),
    SchemaTransformation.transform({ decode: (facts) => new Errors.LinxioAbortError(facts), encode: sent })
  )
)

const answer = { status: Schema.Number, statusText: Schema.String, ...call }
const details = { requestId: Schema.optionalKey(Schema.String), body: Schema.optionalKey(Schema.Unknown) }

/** `LinxioApiError`. */
export const LinxioApiError = Schema.Struct({
  _tag: Schema.tag("LinxioApiError"),
  message: Schema.String,
  retryable: Schema.Boolean,
  ...answer,
  ...details,
  ...budget,
  retryAfterMs: Schema.optionalKey(Schema.Number),
  priorAttemptAmbiguous: Schema.optionalKey(Schema.Literal(true))
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioApiError>("LinxioApiError"),
    SchemaTransformation.transform({ decode: (facts) => new Errors.LinxioApiError(facts), encode: sent })
  )
)

const isAnswer = Schema.is(Schema.Struct({ ...answer, ...details }))

/** `LinxioAuthenticationError`, with the fields of the answer where one caused it. */
export const LinxioAuthenticationError = Schema.Struct({
  _tag: Schema.tag("LinxioAuthenticationError"),
  message: Schema.String,
  reason: Schema.Literals([
    "InvalidCredentials",
    "AccountBlocked",
    "PhoneUnverified",
    "InvalidCode",
    "CodeRequired",
    "NotSignedIn",
    "SessionEnded",
    "SignedOutElsewhere",
    "SessionChanged",
    "Unauthenticated"
  ]),
  status: Schema.optionalKey(Schema.Number),
  statusText: Schema.optionalKey(Schema.String),
  method: Schema.optionalKey(Schema.String),
  path: Schema.optionalKey(Schema.String),
  attempts: Schema.optionalKey(Schema.Number),
  elapsedMs: Schema.optionalKey(Schema.Number),
  ...details,
  ended: Schema.optionalKey(
    Schema.Struct({
      cause: Schema.Literals(["refresh-denied", "refresh-token-missing", "signed-out-elsewhere"]),
      at: Schema.Number,
      status: Schema.Number,
      ambiguous: Schema.Boolean
    })
  ),
  replayable: Schema.optionalKey(Schema.Literal(false)),
  sessionRefreshed: Schema.optionalKey(Schema.Literal(true))
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioAuthenticationError>("LinxioAuthenticationError"),
    SchemaTransformation.transform({
      decode: (facts) =>
        new Errors.LinxioAuthenticationError({ ...facts, response: isAnswer(facts) ? facts : undefined }),
      encode: sent
    })
  )
)

/** `LinxioDecodeError`. */
export const LinxioDecodeError = Schema.Struct({
  _tag: Schema.tag("LinxioDecodeError"),
  message: Schema.String,
  ...request,
  status: Schema.Number,
  issue: Schema.String
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioDecodeError>("LinxioDecodeError"),
    SchemaTransformation.transform({ decode: (facts) => new Errors.LinxioDecodeError(facts), encode: sent })
  )
)

/** `LinxioStoreError`, without its cause. */
export const LinxioStoreError = Schema.Struct({
  _tag: Schema.tag("LinxioStoreError"),
  message: Schema.String,
  operation: Schema.Literals(["load", "save"]),
  issue: Schema.String
}).pipe(
  Schema.decodeTo(
    instance<Errors.LinxioStoreError>("LinxioStoreError"),
    SchemaTransformation.transform({ decode: (facts) => new Errors.LinxioStoreError(facts), encode: sent })
  )
)

/** Everything that a call can fail with: the `error` of an RPC or of an endpoint that calls Linxio. */
export const Failure = Schema.Union([
  LinxioValidationError,
  LinxioNetworkError,
  LinxioTimeoutError,
  LinxioAbortError,
  LinxioApiError,
  LinxioAuthenticationError,
  LinxioDecodeError,
  LinxioStoreError
]).annotate({ identifier: "LinxioFailure" })
