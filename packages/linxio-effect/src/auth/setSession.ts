/** What the tokens that `setSession` is given mean beside the session that there is. */
import { timeOf } from "../api/time.ts"
import { LinxioValidationError } from "../LinxioError.ts"
import type { SessionState } from "../Session.ts"
import * as SessionTokens from "../session/SessionTokens.ts"

/** The tokens of the new session, or what is wrong with the input. */
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

/** The tokens with the times of the input that are new; undefined where none is. The same moment again must not take the place of the lifetime (I-25). */
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
        "is missing, and the token does not say that it is of the user who is signed in: give both tokens, or refreshToken: null to go on without one"
    }
  ])
