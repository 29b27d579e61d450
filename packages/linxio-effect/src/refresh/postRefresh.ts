/**
 * `POST /token/refresh`: one burst of attempts, what its outcome means (I-20), and what is remembered of it.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Pull from "effect/Pull"
import * as Schedule from "effect/Schedule"
import * as AuthApi from "../api/auth.ts"
import { RefreshListener } from "../CallObserver.ts"
import type { Settings } from "../LinxioConfig.ts"
import { notRefreshable, refreshRefused, timedOut } from "../errors/words.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import { type RefreshPolicy, respectRetryAfter, retryableStatuses } from "../RetryPolicy.ts"
import type { Active, SessionChange, SessionService } from "../Session.ts"
import * as SessionTokens from "../session/SessionTokens.ts"
import type { TransportService } from "../transport/Transport.ts"
import { type Call, factsOf, monotonicMs, wallTimeOf } from "../exchange/call.ts"
import { type Retries, withRetries } from "../exchange/retry.ts"
import { decodeReply } from "../exchange/contract.ts"
import { isDenial } from "../exchange/refusal.ts"
import { attemptOwn, ownCall } from "./ownCall.ts"
import type { CooldownStep, RefreshState, RefreshStates } from "./refreshState.ts"

export const postRefresh = (
  transport: TransportService,
  config: Settings,
  active: Active,
  state: RefreshState,
  states: RefreshStates,
  session: Pick<SessionService, "announce" | "recentSecrets">
): Effect.Effect<SessionTokens.SessionTokens, LinxioFailure> =>
  Effect.withFiber((fiber) => {
    const { refreshToken } = active.tokens
    if (refreshToken === undefined || state.denied) return Effect.fail(state.lastFailure?.error ?? notRefreshable())
    // This process has exchanged the token already: a server that rotates tokens would treat a second use as theft.
    const newest = states.newestOf(state)
    if (newest) return Effect.succeed(newest)
    const { attemptTimeoutMs, deadlineMs } = config.refresh
    const limits = { deadlineMs, timeoutMs: attemptTimeoutMs }
    const call = ownCall(config, AuthApi.refresh.path, { refreshToken }, limits, true, fiber.getRef(Clock.Clock))
    call.listener = fiber.getRef(RefreshListener)?.(call)
    return withRetries(
      call,
      () =>
        attemptOwn(
          transport,
          call,
          () => [refreshToken, ...session.recentSecrets()],
          (refusal, response) => (isDenial(response) ? refreshRefused(refusal) : refusal),
          (response) =>
            // Without a new refresh token in the response, the old one stays valid (I-18).
            Effect.map(decodeReply(AuthApi.refresh.answer, response), (reply) => ({
              ...reply,
              refreshToken: reply.refreshToken ?? refreshToken
            }))
        ),
      retriesOf(config)
    ).pipe(
      Effect.timeoutOrElse({
        duration: deadlineMs,
        orElse: () => Effect.fail(timedOut(factsOf(call), "refresh", deadlineMs))
      }),
      Effect.tap((tokens) =>
        Effect.sync(() => {
          states.forget(state)
          if (tokens.refreshToken === undefined || SessionTokens.sameSecret(tokens.refreshToken, refreshToken)) return
          states.forget(states.of(tokens.refreshToken))
          state.successor = tokens
        })
      ),
      Effect.tapError((failure) => remember(state, config.refresh, failure, call, active, session.announce))
    )
  })

const retriesOf =
  ({ refresh }: Settings) =>
  (): Retries => ({
    schedule: refresh.schedule,
    times: refresh.retries,
    allows: isTransient
  })

/** Whether to retry in the same burst: only failures that may end within seconds. */
const isTransient = (failure: LinxioFailure): boolean =>
  failure._tag === "LinxioNetworkError" ||
  failure._tag === "LinxioTimeoutError" ||
  (failure._tag === "LinxioApiError" &&
    retryableStatuses.includes(failure.status) &&
    (failure.retryAfterMs ?? 0) <= longestRetryAfterMs)

/** The longest `Retry-After` inside a burst; a longer one becomes part of the cooldown. */
const longestRetryAfterMs = 5000

const remember = (
  state: RefreshState,
  policy: RefreshPolicy,
  failure: LinxioFailure,
  call: Call,
  active: Active,
  announce: (change: SessionChange) => void
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const at = wallTimeOf(call)
    state.failures++
    state.ambiguous ||= call.ambiguous
    state.lastFailure = { error: failure, at }
    if (failure._tag === "LinxioAuthenticationError") {
      state.denied = { cause: "refresh-denied", at, status: failure.status ?? 0, ambiguous: state.ambiguous }
      announce({ type: "refreshDenied", at, epoch: active.epoch, end: state.denied })
      return
    }
    state.cooldown ??= yield* stepOf(policy.cooldown)
    const now = monotonicMs(call.clock)
    const cooldown = Math.min(yield* state.cooldown(now, failure), longestCooldownMs)
    state.coolUntil = now + cooldown
    announce({ type: "refreshFailed", at, epoch: active.epoch, error: failure, nextAttemptAt: at + cooldown })
  })

const longestCooldownMs = 60_000

const stepOf = (schedule: RefreshPolicy["cooldown"]): Effect.Effect<CooldownStep> =>
  Effect.map(
    Schedule.toStep(respectRetryAfter(schedule)),
    (step): CooldownStep =>
      (now, failure) =>
        step(now, failure).pipe(
          Effect.map(([, delay]) => Duration.toMillis(delay)),
          // The schedule has ended: use the longest cooldown.
          Pull.catchDone(() => Effect.succeed(longestCooldownMs))
        )
  )
