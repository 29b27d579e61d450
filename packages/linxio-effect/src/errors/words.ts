/**
 * The messages of all errors. Each function is one kind of failure; its message says what happened, why, and what to do next. Code that raises an
 * error calls a function here and contains no message of its own.
 */
import { isRedirect, LinxioApiError, LinxioDecodeError } from "./answer.ts"
import { LinxioAuthenticationError, type SessionEnd } from "./authentication.ts"
import type { CallFacts } from "./base.ts"
import { LinxioAbortError, LinxioStoreError, LinxioValidationError } from "./local.ts"
import { LinxioNetworkError, LinxioTimeoutError, times, type TimeoutPhase } from "./network.ts"
import { scrubCause, wordsOf } from "./scrub.ts"

// Calls that were cancelled.

export const clientClosed = (): LinxioAbortError =>
  new LinxioAbortError({ message: "The Linxio client was closed", reason: "closed" })

export const aborted = (reason: unknown): LinxioAbortError =>
  new LinxioAbortError({ message: "The call was aborted by its signal", reason })

// The session.

/** The next step after a password was accepted but a code is required. */
const completeSignIn = "A one-time code was asked for: complete the sign-in with auth.verifyOtp."

/** The error of every call after the end of a session (I-21). */
export const sessionEnded = (end: SessionEnd, codeRequired = false): LinxioAuthenticationError =>
  end.cause === "signed-out-elsewhere"
    ? signedOutElsewhere(codeRequired)
    : new LinxioAuthenticationError({
        reason: "SessionEnded",
        message: `The session ended at ${new Date(end.at).toISOString()}: Linxio refused the refresh token (${end.status})${
          end.ambiguous ? ", after an attempt whose answer was lost" : ""
        }. ${codeRequired ? completeSignIn : "Sign in again with auth.login, or give new tokens with setSession."}`,
        ended: end
      })

/** The error of every call after another client of the same store has signed out (S-6). */
export const signedOutElsewhere = (codeRequired = false): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "SignedOutElsewhere",
    message: `Another client that shares the session store has signed out. ${codeRequired ? completeSignIn : "Sign in again with auth.login."}`
  })

/** The error of a call that was begun under another session than the current one (I-14). */
export const sessionChanged = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "SessionChanged",
    message: "The session changed while this call was under way; it was not repeated under the new one."
  })

/** The error of a sign-in that a later operation has overtaken (I-15). */
export const signInSuperseded = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "SessionChanged",
    message: "A later sign-in, sign-out or setSession decided the session; the tokens of this sign-in were discarded."
  })

/** `what` says what was not done, such as `GET /api/vehicles was not sent`. */
export const notSignedIn = (what: string, codeRequired = false): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "NotSignedIn",
    message: `${what}: nobody is signed in. ${codeRequired ? completeSignIn : "Call auth.login first, or create the client with a token."}`
  })

export const notRefreshable = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "Unauthenticated",
    message: "There is no refresh token to renew the session with. Sign in again with auth.login."
  })

// Answers of Linxio.

/** Linxio's own message is kept, because it says what was refused. */
const refusedWith = (
  reason: LinxioAuthenticationError["reason"],
  response: LinxioApiError
): LinxioAuthenticationError => new LinxioAuthenticationError({ reason, message: response.message, response })

export const credentialsRefused = (response: LinxioApiError): LinxioAuthenticationError =>
  refusedWith("InvalidCredentials", response)

export const codeRefused = (response: LinxioApiError): LinxioAuthenticationError => refusedWith("InvalidCode", response)

export const refreshRefused = (response: LinxioApiError): LinxioAuthenticationError =>
  refusedWith("SessionEnded", response)

export const unauthenticated = (response: LinxioApiError): LinxioAuthenticationError =>
  refusedWith("Unauthenticated", response)

/** A 401 after which the session was refreshed, although the request could not be sent again. */
export const notReplayable = (response: LinxioApiError): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "Unauthenticated",
    message: `${response.message}. The session was refreshed, but the body of this request was a stream that cannot be sent again; the next call works.`,
    response,
    replayable: false,
    sessionRefreshed: true
  })

export const accountBlocked = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "AccountBlocked",
    message: "Linxio has blocked this account. An administrator of the team can unblock it."
  })

export const phoneUnverified = (): LinxioAuthenticationError =>
  new LinxioAuthenticationError({
    reason: "PhoneUnverified",
    message: "The phone number of this account is not verified yet. Sign in once in the Linxio dashboard to verify it."
  })

/** The request and status of a response, as its errors show them. */
export interface Answered {
  /** The HTTP method, in capitals. */
  readonly method: string
  /** The path as it was sent, without the query. */
  readonly path: string
  /** The status of the answer. */
  readonly status: number
}

/** The method, path and status of a response. */
export const answeredBy = ({
  request,
  status
}: {
  readonly request: { readonly method: string; readonly url: string }
  readonly status: number
}): Answered => ({ method: request.method, path: pathOf(request.url), status })

/** The path of an address as it is sent, without origin, query and fragment. */
const pathOf = (url: string): string => url.replace(/[?#].*$/s, "").replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, "") || "/"

/** `issue` names no value of the body (I-32). */
export const undecodable = (answered: Answered, issue: string): LinxioDecodeError =>
  new LinxioDecodeError({ ...answered, issue })

/** `maxBytes` is the limit that the body exceeds. */
export const tooLarge = (answered: Answered, maxBytes: number): LinxioDecodeError =>
  undecodable(
    answered,
    `its body has more than ${maxBytes} bytes; raise maxResponseBytes, or read it as a stream (responseType: "stream"; with Effect, bodyAs: "stream")`
  )

// Requests without a response, or with an incomplete one.

/** The error of a streamed body that ended early. */
export const bodyBrokeOff = (
  facts: CallFacts,
  code: string | undefined,
  because: string | undefined,
  cause: unknown
): LinxioNetworkError =>
  new LinxioNetworkError<"LinxioNetworkError">({
    ...facts,
    message: `The body of the answer to ${facts.method} ${facts.path} broke off${because === undefined ? "" : `: ${because}`}`,
    code,
    cause
  })

export const unsendable = (because?: string): LinxioValidationError =>
  new LinxioValidationError([
    { field: "request", issue: because === undefined ? "cannot be sent as it is" : `cannot be sent: ${because}` }
  ])

/** The origin of a request, without user and password. */
const originOf = (href: string): string => (URL.canParse(href) ? new URL(href).origin : "Linxio")

/** Codes of connections that existed and broke later: the address is right. */
const brokenLater = /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_BODY_TIMEOUT|HPE_\w+|ERR_HTTP2_\w+)$/

/** No response: names the address, and if perhaps no server is there, asks to check it (F-34). */
export const unanswered = (
  facts: CallFacts,
  href: string,
  {
    because,
    cause,
    code
  }: { readonly because?: string | undefined; readonly cause?: unknown; readonly code?: string | undefined }
): LinxioNetworkError => {
  const why = code ?? because
  const hint =
    code !== undefined && brokenLater.test(code) ? "" : ". Check baseUrl, and that this machine reaches that address"
  return new LinxioNetworkError<"LinxioNetworkError">({
    ...facts,
    code,
    cause,
    message: `No response from ${originOf(href)} to ${facts.method} ${facts.path} ${times(facts.attempts)}${why ? `: ${why.replace(/\.$/, "")}` : ""}${hint}`
  })
}

/** The message of a status outside 2xx; `detail` is Linxio's own message, already without secrets. */
export const refused = (answered: Answered, href: string, statusText: string, detail: string | undefined): string =>
  `Linxio answered ${answered.method} ${answered.path} with ${answered.status}${statusText && ` ${statusText}`}` +
  (isRedirect(answered.status) ? ", a redirect that is not followed" : "") +
  (detail === undefined ? "" : `: ${shortened(detail)}`) +
  // A 404 without an envelope of Linxio means that the address is wrong, not that the record is missing (F-34).
  (answered.status === 404 && (detail === undefined || /^no route found/i.test(detail))
    ? `${detail?.endsWith(".") ? "" : "."} Nothing is there at ${originOf(href)}${answered.path}: check baseUrl and the path`
    : "")

const shortened = (detail: string): string =>
  detail.length > longestDetail ? `${detail.slice(0, longestDetail)}…` : detail

const longestDetail = 500

export const timedOut = (facts: CallFacts, phase: TimeoutPhase, timeoutMs: number): LinxioTimeoutError =>
  new LinxioTimeoutError({ ...facts, timeoutMs, phase })

/** The same error for a call that was not retried because the retry budget was empty (I-30). */
export const withoutBudget = <E extends { readonly _tag: string }>(
  failure: E
): E | LinxioApiError | LinxioNetworkError | LinxioTimeoutError => {
  if (failure instanceof LinxioTimeoutError) return new LinxioTimeoutError({ ...failure, retryBudgetExhausted: true })
  if (failure instanceof LinxioNetworkError) {
    const { cause, message } = failure
    return new LinxioNetworkError<"LinxioNetworkError">({ ...failure, message, cause, retryBudgetExhausted: true })
  }
  if (failure instanceof LinxioApiError && failure._tag === "LinxioApiError") {
    return new LinxioApiError({ ...failure, message: failure.message, retryBudgetExhausted: true })
  }
  return failure
}

// The store.

/** The error of a store. Its message may quote the session, so secrets are removed (I-32). */
export const storeFailed = (
  operation: LinxioStoreError["operation"],
  cause: unknown,
  secrets: ReadonlyArray<string> = []
): LinxioStoreError => {
  const known = [...secrets, ...tokensQuotedIn(cause)]
  return new LinxioStoreError({
    operation,
    issue: wordsOf(cause, known) ?? "it threw",
    cause: scrubCause(cause, known)
  })
}

/** The tokens of a row that an error quotes: nobody has read it yet, so only the names of its fields tell them (F-2). */
const tokensQuotedIn = (cause: unknown, depth = 0): ReadonlyArray<string> => {
  const text: unknown = cause instanceof Error ? cause.message : cause
  const quoted = typeof text === "string" ? text.slice(0, longestQuote).matchAll(quotedToken) : []
  const inner = cause instanceof Error && depth < 4 ? tokensQuotedIn(cause.cause, depth + 1) : []
  return [...Array.from(quoted, ([, token = ""]) => token), ...inner]
}

const longestQuote = 16_384
const quotedToken = /token\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?([^\s"'\\,;}]{4,4096})/gi
