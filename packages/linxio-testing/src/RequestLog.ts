/** What the embedded Linxio received. It contains no secret: an account is named by its email, a token by its number. */
import type { EndpointName } from "./wire/contract.ts"
import type { FaultName } from "./Fault.ts"

/** Whether the access token of a request was valid when the request was processed. */
export type TokenKind = "none" | "valid" | "expired" | "revoked" | "invalid"

/** One request that was received. */
export interface ReceivedRequest {
  /** Requests are numbered in the order of arrival, from 1. */
  readonly number: number
  /** The header `X-Request-Id` of the answer. */
  readonly requestId: string
  /** When it arrived, in epoch milliseconds. The fault `clock-skew` does not change it. */
  readonly at: number
  readonly method: string
  /** Without `/api` and without the query. */
  readonly path: string
  /** The query as it was sent. The values of parameters with the name of a secret are hidden. */
  readonly query: string
  /** The name of the endpoint in the contract; `undefined` if there is none for the path and the method. */
  readonly endpoint: EndpointName | undefined
  /** The email of the account that the access token, the refresh token or the body belongs to. */
  readonly account: string | undefined
  readonly token: TokenKind
  /** The session of the access token or of the refresh token. Sessions are numbered from 1. */
  readonly session: number | undefined
  /** The number of the access token in its session, from 1. */
  readonly generation: number | undefined
  /** The refresh token in the body: `r1`, `r2`, … in the order of issue, or `unknown`. */
  readonly refreshToken: string | undefined
  /** The queued fault that it took. */
  readonly fault: FaultName | undefined
  /**
   * The status of its answer. `reset`: a fault broke the connection before the request was processed. `lost`: after it was processed.
   * `abandoned`: the client closed the connection. `pending`: there is no answer yet.
   */
  readonly status: number | "pending" | "reset" | "lost" | "abandoned"
}

/** A redirect that the client followed. */
export interface FollowedRedirect {
  readonly from: string
  readonly to: string
  readonly crossOrigin: boolean
  readonly withBody: boolean
}

/** The requests that were received, and what can be counted of them. All members show the current state. */
export interface RequestLog {
  /** All requests so far, in the order of arrival. */
  readonly requests: ReadonlyArray<ReceivedRequest>
  /** The requests of this account. */
  readonly requestsBy: (account: string) => ReadonlyArray<ReceivedRequest>
  /** How many `POST /token/refresh` arrived, whatever their outcome. */
  readonly refreshes: number
  /** How many `POST /login` arrived, whatever their outcome. */
  readonly logins: number
  /** How many requests with an access token were answered with 401. A client that refreshes in time has none. */
  readonly wasted401s: number
  /** The refresh tokens that were sent, in order: `r1`, `r2`, … or `unknown`. */
  readonly presentedRefreshTokens: ReadonlyArray<string>
  /** The refresh tokens that were sent after a rotation had replaced them and `rotationGrace` was over. */
  readonly reusedRefreshTokens: ReadonlyArray<string>
  /** The requests that sent an access token to `/login`, `/login/otp` or `/token/refresh`. A correct client sends none. */
  readonly bearerOnAuthEndpoints: ReadonlyArray<ReceivedRequest>
  /** The redirects that were followed in memory. On a port, the request arrives at the target of the redirect. */
  readonly redirectsFollowed: ReadonlyArray<FollowedRedirect>
  /** The log as text, with one line for each request and for each injected fault. */
  readonly timeline: () => string
  /** Removes all requests from the log. Accounts, sessions and faults stay as they are. */
  readonly clearRequestLog: () => void
}

/** One request as a line of text. The query comes last, so that the columns stay aligned. */
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
