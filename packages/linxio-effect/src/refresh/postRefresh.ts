/**
 * `POST /token/refresh`: one burst of attempts, what its outcome means (I-20), and what is remembered of it.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Pull from "effect/Pull"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as AuthShapes from "../api/authSchemas.ts"
import type { Settings } from "../LinxioConfig.ts"
import {
  LinxioAuthenticationError,
  type LinxioFailure,
  LinxioTimeoutError,
  LinxioValidationError
} from "../LinxioError.ts"
import { retryableStatuses, type RefreshPolicy } from "../RetryPolicy.ts"
import type { Active, SessionChange } from "../Session.ts"
import * as SessionTokens from "../session/SessionTokens.ts"
import type { TransportService } from "../transport/Transport.ts"
import { BufferedResponse } from "../exchange/BufferedResponse.ts"
import { type Call, factsOf, secretsOf } from "../exchange/call.ts"
import { decodeReply, jsonBody } from "../exchange/contract.ts"
import { isLinxioRefusal, isOk, refusalOf, serverTimeOf } from "../exchange/refusal.ts"
import type { CooldownStep, Slot } from "./refreshSlots.ts"
import { transportError } from "../exchange/transportError.ts"

export const postRefresh = (
  transport: TransportService,
  config: Settings,
  active: Active,
  slot: Slot,
  newestOf: (slot: Slot) => SessionTokens.SessionTokens | undefined,
  announce: (change: SessionChange) => void
): Effect.Effect<SessionTokens.SessionTokens, LinxioFailure> =>
  Effect.suspend(() => {
    const { refreshToken } = active.tokens
    if (refreshToken === undefined || slot.denied) return Effect.fail(slot.lastFailure ?? noRefreshToken)
    // This process has exchanged the token already: a server that rotates would take a second time for theft.
    const newest = newestOf(slot)
    if (newest) return Effect.succeed(newest)
    return Effect.clockWith((clock) => {
      const call = callOf(config, refreshToken, clock)
      return attempt(transport, config, call, active, refreshToken).pipe(
        Effect.retry({ schedule: config.refresh.schedule, while: isTransient }),
        Effect.timeoutOrElse({
          duration: config.refresh.deadlineMs,
          orElse: () =>
            Effect.fail(
              new LinxioTimeoutError({
                ...factsOf(call, call.startedAt + config.refresh.deadlineMs),
                timeoutMs: config.refresh.deadlineMs,
                phase: "refresh"
              })
            )
        }),
        Effect.tap((tokens) =>
          Effect.sync(() => {
            forget(slot)
            if (!SessionTokens.sameSecret(tokens.refreshToken, refreshToken)) slot.successor = tokens
          })
        ),
        Effect.tapError((failure) => remember(slot, config.refresh, failure, call, active, announce))
      )
    })
  })

/** One attempt: the answer decoded, or what it refused. */
const attempt = (
  transport: TransportService,
  config: Settings,
  call: Call,
  active: Active,
  refreshToken: Redacted.Redacted
): Effect.Effect<SessionTokens.SessionTokens, LinxioFailure> =>
  Effect.gen(function* () {
    const secrets = () => secretsOf(call, [refreshToken, active.tokens.accessToken])
    const limitMs = config.refresh.attemptTimeoutMs
    call.attempts++
    const outcome = yield* transport.exchange(call.request, limitMs, call.bodyAs)
    const now = yield* Clock.currentTimeMillis
    if (outcome._tag !== "Answered") {
      call.ambiguous = true
      return yield* Effect.fail(transportError(call, outcome, limitMs, now, secrets()))
    }
    const response = new BufferedResponse(call.request, outcome)
    if (!isOk(response)) {
      const refusal = refusalOf(call, response, now, secrets())
      if (refusal.status >= 500) call.ambiguous = true
      return yield* Effect.fail(
        isDenialStatus(response.status) && isLinxioRefusal(response)
          ? new LinxioAuthenticationError({ reason: "SessionEnded", message: refusal.message, response: refusal })
          : refusal
      )
    }
    const reply = yield* decodeReply(AuthShapes.RefreshReply, call, response)
    const tokens = SessionTokens.make(
      // No new refresh token in the answer means that the old one stays (I-18).
      { ...reply, refreshToken: reply.refreshToken ?? refreshToken },
      { now, fresh: true, serverNow: serverTimeOf(response) }
    )
    return tokens instanceof LinxioValidationError ? yield* Effect.fail(tokens) : tokens
  })

const isDenialStatus = (status: number): boolean => status === 400 || status === 401 || status === 403 || status === 422

/** Worth another attempt in the same burst: what may pass by itself within seconds. */
const isTransient = (failure: LinxioFailure): boolean =>
  failure._tag === "LinxioNetworkError" ||
  failure._tag === "LinxioTimeoutError" ||
  (failure._tag === "LinxioApiError" &&
    retryableStatuses.includes(failure.status) &&
    (failure.retryAfterMs ?? 0) <= longestRetryAfterMs)

/** A longer one is left to the cooldown. */
const longestRetryAfterMs = 5000

const forget = (slot: Slot): void => {
  slot.lastFailure = undefined
  slot.lastFailureAt = undefined
  slot.coolUntil = 0
  slot.cooldown = undefined
  slot.ambiguous = false
}

const remember = (
  slot: Slot,
  policy: RefreshPolicy,
  failure: LinxioFailure,
  call: Call,
  active: Active,
  announce: (change: SessionChange) => void
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const at = yield* Clock.currentTimeMillis
    slot.failures++
    slot.ambiguous ||= call.ambiguous
    slot.lastFailure = failure
    slot.lastFailureAt = at
    if (failure._tag === "LinxioAuthenticationError") {
      slot.denied = { cause: "refresh-denied", at, status: failure.status ?? 0, ambiguous: slot.ambiguous }
      announce({ type: "refreshDenied", at, epoch: active.epoch, end: slot.denied })
      return
    }
    slot.cooldown ??= yield* stepOf(policy.cooldown)
    slot.coolUntil = at + Math.min(yield* slot.cooldown(at, failure), longestCooldownMs)
    announce({ type: "refreshFailed", at, epoch: active.epoch, error: failure, nextAttemptAt: slot.coolUntil })
  })

const longestCooldownMs = 60_000

const stepOf = (schedule: RefreshPolicy["cooldown"]): Effect.Effect<CooldownStep> =>
  Effect.map(
    Schedule.toStep(schedule),
    (step): CooldownStep =>
      (now, failure) =>
        step(now, failure).pipe(
          Effect.map(([, delay]) => Duration.toMillis(delay)),
          // A schedule that has ended has no more to say: the longest cooldown.
          Pull.catchDone(() => Effect.succeed(longestCooldownMs))
        )
  )

/** Built here and not from the caller's request: it carries no bearer (I-33). */
const callOf = (config: Settings, refreshToken: Redacted.Redacted, clock: Clock.Clock): Call => {
  const { method, path } = AuthShapes.routes.refresh
  const { href } = new URL(path.slice(1), config.baseUrl)
  const body = jsonBody(AuthShapes.RefreshPayload, { refreshToken })
  const { attemptTimeoutMs, deadlineMs } = config.refresh
  return {
    method,
    path,
    request: HttpClientRequest.post(href, { acceptJson: true, body }),
    href,
    authenticated: false,
    bodyAs: "text",
    clock,
    startedAt: clock.currentTimeMillisUnsafe(),
    limits: { deadlineMs, timeoutMs: attemptTimeoutMs, retry: config.retry },
    idempotent: true,
    attempts: 0,
    replayed: false,
    ambiguous: false,
    epoch: undefined
  }
}

const noRefreshToken = new LinxioAuthenticationError({ reason: "NotSignedIn", message: "There is no refresh token." })
