/** What the embedded Linxio saw. Nothing in here is a secret: accounts are named by e-mail, tokens by number. */
import type { EndpointName } from "./wire/contract.ts"
import type { FaultName } from "./Fault.ts"

/** What the bearer of a request was worth when it was processed. */
export type TokenKind = "none" | "valid" | "expired" | "revoked" | "invalid"

/** One request, as far as it got. */
export interface ReceivedRequest {
  /** The place in the order of arrival, from 1. */
  readonly number: number
  /** What the answer says in `X-Request-Id`. */
  readonly requestId: string
  /** When it arrived, in epoch milliseconds, by a clock that no skew touches. */
  readonly at: number
  readonly method: string
  /** Without `/api` and without the query. */
  readonly path: string
  /** The query as it came, with the values of parameters that are named like a secret hidden. */
  readonly query: string
  /** The contract's name for the endpoint, if the request met one. */
  readonly endpoint: EndpointName | undefined
  /** The account it spoke for, by bearer, refresh token or e-mail. */
  readonly account: string | undefined
  readonly token: TokenKind
  /** The session of the bearer or the refresh token, numbered from 1. */
  readonly session: number | undefined
  /** Which access token of its session the bearer was, from 1. */
  readonly generation: number | undefined
  /** The refresh token it presented: `r1`, `r2`, … in the order of issue, or `unknown`. */
  readonly refreshToken: string | undefined
  /** The fault it met. */
  readonly fault: FaultName | undefined
  /** The status it was answered with; `reset` and `lost` got none, `abandoned` did not wait, `pending` still does. */
  readonly status: number | "pending" | "reset" | "lost" | "abandoned"
}

/** A redirect that `fetch` would have followed. */
export interface FollowedRedirect {
  readonly from: string
  readonly to: string
  readonly crossOrigin: boolean
  readonly withBody: boolean
}

/** The record of a run, and the questions that tests ask of it. */
export interface RequestLog {
  /** Everything received so far, in the order of arrival. */
  readonly requests: ReadonlyArray<ReceivedRequest>
  /** The requests that spoke for this account. */
  readonly requestsBy: (account: string) => ReadonlyArray<ReceivedRequest>
  /** How many `POST /token/refresh` arrived, whatever became of them. */
  readonly refreshes: number
  /** How many `POST /login` arrived, whatever became of them. */
  readonly logins: number
  /** How many requests that carried a bearer were answered 401: round trips that bought nothing. */
  readonly wasted401s: number
  /** Every refresh token presented, in order: `r1`, `r2`, … or `unknown`. */
  readonly presentedRefreshTokens: ReadonlyArray<string>
  /** The refresh tokens that were presented after a rotation had spent them (and its grace was over). */
  readonly reusedRefreshTokens: ReadonlyArray<string>
  /** The requests that sent a bearer to `/login`, `/login/otp` or `/token/refresh`, which must not be done. */
  readonly bearerOnAuthEndpoints: ReadonlyArray<ReceivedRequest>
  /** The redirects that were followed in memory; on a port the target of the redirect sees for itself. */
  readonly redirectsFollowed: ReadonlyArray<FollowedRedirect>
  /** The whole story as text, a line per request and per fault injected. */
  readonly timeline: () => string
  /** Forgets what was received so far; the state stays as it is. */
  readonly clearRequestLog: () => void
}

/** One request as a line of text; the query stands last, where its length moves nothing. */
export const formatRequest = (request: ReceivedRequest): string => {
  const token =
    request.refreshToken !== undefined
      ? `refresh token ${request.refreshToken}`
      : request.generation !== undefined
        ? `${request.token} token ${request.session}.${request.generation}`
        : request.token === "none"
          ? "no token"
          : `${request.token} token`
  const fault = request.fault === undefined ? "" : `  (${request.fault})`
  const query = request.query === "" ? "" : `  ${request.query}`
  return [
    `#${request.number}`.padEnd(5),
    `${request.method} ${request.path}`.padEnd(34),
    (request.account ?? "-").padEnd(24),
    token.padEnd(20),
    `${request.status}${fault}${query}`
  ].join(" ")
}
