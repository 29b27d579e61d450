/** The errors of a session that is over, another, or not there. */
import { LinxioAuthenticationError, type SessionEnd } from "./answer.ts"

/** What a caller has to do who has given the password already. */
const completeSignIn = "A one-time code was asked for: complete the sign-in with auth.verifyOtp."

/** The error of every call after the end of a session (I-21). */
export const sessionEnded = (end: SessionEnd, codeRequired = false): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "SessionEnded",
    message: `The session ended at ${new Date(end.at).toISOString()}: Linxio refused the refresh token (${end.status})${
      end.ambiguous ? ", after an attempt whose answer was lost" : ""
    }. ${codeRequired ? completeSignIn : "Sign in again with auth.login, or give new tokens with setSession."}`,
    ended: end
  })

/** The error of a call that was begun under another session than the current one (I-14). */
export const sessionChanged = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "SessionChanged",
    message: "The session changed while this call was under way; it was not repeated under the new one."
  })

export const notRefreshable = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "Unauthenticated",
    message: "There is no refresh token to renew the session with. Sign in again with auth.login."
  })

export const notSignedIn = (what: string, codeRequired = false): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "NotSignedIn",
    message: `${what}: nobody is signed in. ${codeRequired ? completeSignIn : "Call auth.login first, or create the client with a token."}`
  })
