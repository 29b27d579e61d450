/** Converts the session to the plain object that users receive. */
import * as Redacted from "effect/Redacted"
import type { SessionTokens } from "linxio-effect"
import type { SessionData } from "./session.ts"

export const sessionDataOf = ({ accessToken, expireAt, refreshToken }: SessionTokens): SessionData => ({
  ...(accessToken && { token: Redacted.value(accessToken) }),
  ...(refreshToken && { refreshToken: Redacted.value(refreshToken) }),
  ...(expireAt !== undefined && { expireAt })
})
