/** The session in the plain form that users see. */
import * as Redacted from "effect/Redacted"
import type { SessionTokens } from "linxio-effect"
import type { SessionData } from "./session.ts"

export const sessionDataOf = ({ accessToken, expiry, refreshToken }: SessionTokens): SessionData => ({
  ...(accessToken && { token: Redacted.value(accessToken) }),
  ...(refreshToken && { refreshToken: Redacted.value(refreshToken) }),
  ...(expiry && { expireAt: new Date(expiry.expiresAt).toISOString() })
})
