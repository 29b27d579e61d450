/** What goes wrong when a client signs in by itself. */
import { LinxioAuthenticationError } from "./authentication.ts"

/** An account with one-time codes. */
export const codeRequired = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "CodeRequired",
    message:
      "The client cannot sign in by itself: this account needs a one-time code. Sign in with auth.login and auth.verifyOtp."
  })

/** The error of every call after an automatic sign-in that was refused, until the credentials differ. */
export const signInRefused = (reason: "credentials" | "codeRequired"): LinxioAuthenticationError =>
  reason === "codeRequired"
    ? codeRequired()
    : new LinxioAuthenticationError({
        reason: "InvalidCredentials",
        message: "Linxio has refused these credentials before; they are not tried again. Sign in with auth.login."
      })

/** The error between two attempts of an automatic sign-in. */
export const signInPaused = (forMs: number): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "NotSignedIn",
    message: `An automatic sign-in was tried lately; the next follows in ${Math.ceil(forMs / 1000)} s at the earliest. Sign in with auth.login.`
  })
