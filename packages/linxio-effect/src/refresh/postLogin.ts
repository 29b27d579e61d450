/** `POST /login` by the client itself: one attempt, never a second, because wrong passwords lock accounts. */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as AuthApi from "../api/auth.ts"
import { type Credentials, redacted } from "../config/credentials.ts"
import { codeRequired } from "../errors/signIn.ts"
import { BufferedResponse } from "../exchange/BufferedResponse.ts"
import { secretsOf, wallTimeOf } from "../exchange/call.ts"
import { credentialsRefused, readLogin, tokensOf } from "../exchange/loginReply.ts"
import { isOk, refusalOf } from "../exchange/refusal.ts"
import { send } from "../exchange/send.ts"
import { transportError } from "../exchange/transportError.ts"
import type { Settings } from "../LinxioConfig.ts"
import { type LinxioFailure, LinxioValidationError } from "../LinxioError.ts"
import type { SessionService } from "../Session.ts"
import type { SessionTokens } from "../session/SessionTokens.ts"
import type { TransportService } from "../transport/Transport.ts"
import { ownCall } from "./ownCall.ts"

/** However long a client's own limit is: others wait for this. In milliseconds. */
const longestMs = 30_000

export const postLogin = (
  transport: TransportService,
  config: Settings,
  { domain, email, password }: Credentials,
  recentSecrets: SessionService["recentSecrets"],
  clock: Clock.Clock
): Effect.Effect<SessionTokens, LinxioFailure> =>
  Effect.gen(function* () {
    const limitMs = Math.min(config.timeoutMs, longestMs)
    const payload = { email, password: redacted(password), ...(domain && { domain }) }
    const limits = { deadlineMs: limitMs, timeoutMs: limitMs }
    const call = ownCall(config, AuthApi.login.path, payload, limits, false, clock)
    const secrets = () => secretsOf(call, [payload.password, ...recentSecrets()])
    call.attempts++
    const outcome = yield* send(transport, call, call.request, limitMs)
    if (outcome._tag !== "Answered") return yield* Effect.fail(transportError(call, outcome, limitMs, secrets()))
    const response = new BufferedResponse(call.request, outcome)
    if (!isOk(response)) return yield* Effect.fail(credentialsRefused(refusalOf(call, response, secrets())))
    const reply = yield* readLogin(response)
    if (reply._tag === "OtpRequired") return yield* Effect.fail(codeRequired())
    const tokens = tokensOf(reply, response, wallTimeOf(call))
    return tokens instanceof LinxioValidationError ? yield* Effect.fail(tokens) : tokens
  })
