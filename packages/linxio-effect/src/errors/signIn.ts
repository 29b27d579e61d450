/** The errors of an automatic sign-in. */
import { LinxioAuthenticationError } from "./authentication.ts"

/** The error of an automatic sign-in as an account with one-time codes. */
export const codeRequired = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "CodeRequired",
    message:
      "This account needs a one-time code: sign in with auth.login, and complete the sign-in with auth.verifyOtp."
  })

/** The error of calls after an automatic sign-in that Linxio refused, until the credentials differ or somebody signs in. */
export const signInRefused = (reason: "credentials" | "codeRequired"): LinxioAuthenticationError =>
  reason === "codeRequired"
    ? codeRequired()
    : new LinxioAuthenticationError({
        reason: "InvalidCredentials",
        message:
          "Linxio has refused these credentials before, and they are not sent again. Sign in again with auth.login."
      })
