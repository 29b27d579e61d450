/** Combines the input of `setSession` with the current session. */
import { timeOf } from "../api/time.ts"
import { LinxioValidationError } from "../LinxioError.ts"
import type { SessionState } from "../Session.ts"
import * as SessionTokens from "../session/SessionTokens.ts"

/** The tokens of the new session, or the problem with the input. */
export const tokensFor = (
  input: SessionTokens.TokenInput,
  state: SessionState,
  now: number
): SessionTokens.SessionTokens | LinxioValidationError => {
  const given = SessionTokens.make(input, { now, fresh: false })
  if (given instanceof LinxioValidationError || given.accessToken === undefined || state._tag !== "Active") return given
  if (given.refreshToken !== undefined || input.refreshToken === null) return given
  const { accessToken, refreshToken, refreshTokenExpireAt, refreshTokenExpiresAt, subject } = state.tokens
  if (refreshToken === undefined) return given
  // One user's access token with the refresh token of another would change the user with the next refresh (I-11).
  const isSameUser = given.subject !== undefined && given.subject === subject
  if (!isSameUser && !SessionTokens.sameSecret(given.accessToken, accessToken)) return unknownUser()
  return {
    ...(refreshTokenExpireAt !== undefined && { refreshTokenExpireAt }),
    ...(refreshTokenExpiresAt !== undefined && { refreshTokenExpiresAt }),
    ...given,
    refreshToken
  }
}

/** The tokens with the new times of the input; undefined if no time is new. An unchanged time must not replace the lifetime (I-25). */
export const retimed = (
  tokens: SessionTokens.SessionTokens,
  given: SessionTokens.SessionTokens,
  input: SessionTokens.TokenInput
): SessionTokens.SessionTokens | undefined => {
  const { expireAt, expiry, refreshTokenExpireAt, refreshTokenExpiresAt } = given
  const access = isNew(input.expireAt, tokens.expireAt) && expireAt !== undefined && expiry && { expireAt, expiry }
  const refresh = isNew(input.refreshTokenExpireAt, tokens.refreshTokenExpireAt) &&
    refreshTokenExpireAt !== undefined &&
    refreshTokenExpiresAt !== undefined && { refreshTokenExpireAt, refreshTokenExpiresAt }
  return access || refresh ? { ...tokens, ...access, ...refresh } : undefined
}

const isNew = (given: SessionTokens.TokenInput["expireAt"], known: string | undefined): boolean =>
  timeOf(given) !== undefined && timeOf(given) !== timeOf(known)

const unknownUser = () =>
  new LinxioValidationError([
    {
      field: "refreshToken",
      issue:
        "is missing, and the claims of the token do not name the signed-in user: give both tokens, or refreshToken: null for a session without one"
    }
  ])
