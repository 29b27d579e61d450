/** Reads the responses of `/login` and `/login/otp`, and maps their refusals to errors. */
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { login, type OtpReply, type SignedInReply, verifyOtp } from "../api/auth.ts"
import type { LinxioFailure, LinxioValidationError } from "../LinxioError.ts"
import * as SessionTokens from "../session/SessionTokens.ts"
import type { LinxioResponse } from "./LinxioResponse.ts"
import { decodeReply } from "./contract.ts"
import * as Words from "../errors/words.ts"
import { serverTimeOf } from "./refusal.ts"

/** The session has begun. It already has the tokens; here they are for storing. */
export interface SignedIn {
  readonly _tag: "SignedIn"
  /** The access token. */
  readonly token: Redacted.Redacted
  /** The refresh token. */
  readonly refreshToken?: Redacted.Redacted
  /** When the access token ends: ISO-8601, as Linxio sent it. */
  readonly expireAt?: string
  /** When the refresh token ends: ISO-8601, as Linxio sent it. */
  readonly refreshTokenExpireAt?: string
  /** `client`, `reseller` or `admin`, as far as is known. */
  readonly teamType?: string
  /** The id of the user's role. */
  readonly roleId?: number | string
}

/** A code is on its way to the user's phone; `verifyOtp` completes the sign-in. The session is as it was (I-17). */
export interface OtpRequired {
  readonly _tag: "OtpRequired"
  /** Masked by Linxio, such as `+61*****123`. */
  readonly phone?: string
  /** `client`, `reseller` or `admin`, as far as is known. */
  readonly teamType?: string
}

export const readLogin = (response: LinxioResponse): Effect.Effect<SignedIn | OtpRequired, LinxioFailure> =>
  Effect.flatMap(decodeReply(login.answer, response), (reply): Effect.Effect<SignedIn | OtpRequired, LinxioFailure> => {
    if ("token" in reply) return Effect.succeed(signedIn(reply))
    if ("otp_required" in reply) {
      return Effect.succeed({
        _tag: "OtpRequired",
        ...(reply.phone != null && { phone: reply.phone }),
        ...(reply.teamType != null && { teamType: reply.teamType })
      })
    }
    return Effect.fail("blocked" in reply ? Words.accountBlocked() : Words.phoneUnverified())
  })

export const readOtp = (response: LinxioResponse): Effect.Effect<SignedIn, LinxioFailure> =>
  Effect.map(decodeReply(verifyOtp.answer, response), signedIn)

export const tokensOf = (
  outcome: SignedIn,
  response: LinxioResponse,
  now: number
): SessionTokens.SessionTokens | LinxioValidationError =>
  SessionTokens.make(outcome, { now, fresh: true, serverNow: serverTimeOf(response) })

/** A 401 of `/login` always means invalid credentials; the text of the response does not matter. */
export const credentialsRefused = (failure: LinxioFailure): LinxioFailure =>
  failure._tag === "LinxioApiError" && failure.status === 401 ? Words.credentialsRefused(failure) : failure

export const codeRefused = (failure: LinxioFailure): LinxioFailure =>
  failure._tag === "LinxioApiError" && (failure.status === 400 || failure.status === 401)
    ? Words.codeRefused(failure)
    : failure

const signedIn = (reply: SignedInReply | OtpReply): SignedIn => ({
  _tag: "SignedIn",
  token: reply.token,
  ...(reply.refreshToken != null && { refreshToken: reply.refreshToken }),
  ...(reply.expireAt != null && { expireAt: reply.expireAt }),
  ...(reply.refreshTokenExpireAt != null && { refreshTokenExpireAt: reply.refreshTokenExpireAt }),
  ...(reply.teamType != null && { teamType: reply.teamType }),
  ...(reply.roleId != null && { roleId: reply.roleId })
})
