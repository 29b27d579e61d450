/** What a server on a port answers outside of `/api`: the control API, the live view and the reference. */
import * as HashMap from "effect/HashMap"
import * as Result from "effect/Result"
import type { RequestLog } from "../RequestLog.ts"
import { decodeFault, faultNames } from "../Fault.ts"
import type { Fault } from "../Fault.ts"
import type { Answer } from "../wire/answer.ts"
import { empty, json } from "../wire/answer.ts"
import type { ServerState } from "../state/serverState.ts"
import { livePage } from "./livePage.ts"
import type { LiveState } from "./liveState.ts"
import { openApiDocument, referencePage } from "./referencePage.ts"

/** What the control API can do. */
export interface Controls extends RequestLog {
  readonly inject: (fault: Fault) => void
  readonly clearFaults: () => void
}

/** A request outside of `/api`. */
export interface ControlRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  readonly remoteAddress: string | undefined
}

/** The embedded Linxio that the control API controls. */
export interface ControlContext {
  readonly controls: Controls
  readonly state: () => ServerState
  /** The time of the server, in epoch milliseconds. */
  readonly now: () => number
}

const refusal = (status: number, reason: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { error: reason.replaceAll(/\s+/g, " ") }, headers)

const text = (body: string, type: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  ...empty(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store", ...headers }),
  body
})

/** Whether an address or a host name is this machine. For a program on this machine, `0.0.0.0` and `::` are, too. */
const isLoopback = (host: string | undefined): boolean =>
  host !== undefined && /^(localhost|(::ffff:)?127(\.\d{1,3}){3}|::1?|0\.0\.0\.0)$/i.test(host)

const hostname = (host: string | undefined): string | undefined =>
  host?.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1")

/** Why a request is refused: it comes from another machine, or from a page of another site. */
const forbidden = ({ headers, remoteAddress }: ControlRequest): string | undefined => {
  if (!isLoopback(remoteAddress) || !isLoopback(hostname(headers["host"])))
    return "answers only to programs on this machine"
  const origin = headers["origin"]
  return origin === undefined || origin === `http://${headers["host"]}`
    ? undefined
    : "does not answer to pages of other sites"
}

const inject = ({ body }: ControlRequest, { controls }: ControlContext): Answer => {
  const input = Result.try((): unknown => JSON.parse(body))
  if (Result.isFailure(input)) return refusal(400, `The body is not JSON. It must be a fault such as {"fault":"reset"}`)
  const fault = decodeFault(input.success)
  if (Result.isFailure(fault)) return refusal(400, fault.failure.message)
  controls.inject(fault.success)
  return json(200, { injected: fault.success })
}

const requestLog = ({ url }: ControlRequest, { controls }: ControlContext): Answer => {
  const account = new URL(url, "http://linxio.test").searchParams.get("account")
  const { bearerOnAuthEndpoints, logins, presentedRefreshTokens, redirectsFollowed } = controls
  const { refreshes, requests, reusedRefreshTokens, wasted401s } = controls
  return json(200, {
    logins,
    refreshes,
    wasted401s,
    presentedRefreshTokens,
    reusedRefreshTokens,
    bearerOnAuthEndpoints,
    redirectsFollowed,
    requests: account === null ? requests : controls.requestsBy(account)
  })
}

const liveState = (_: ControlRequest, { controls, now, state }: ControlContext): Answer => {
  const { accessTokens, refreshTokens, sessions, settings } = state()
  const time = now()
  const live: LiveState = {
    refreshes: controls.refreshes,
    logins: controls.logins,
    wasted401s: controls.wasted401s,
    timeline: controls.timeline(),
    accounts: settings.accounts.map((account) => ({
      email: account.email,
      flags: (["otp", "blocked", "closed", "phoneUnverified"] as const).filter((flag) => Boolean(account[flag])),
      sessions: [...HashMap.values(sessions)]
        .filter((session) => session.account === account.email)
        .map((session) => ({
          id: session.id,
          generation: session.generation,
          revoked: session.revoked,
          accessTokenExpiresAt: Math.max(
            0,
            ...[...HashMap.values(accessTokens)]
              .filter((token) => token.session === session.id && !token.expired && token.expiresAt > time)
              .map((token) => token.expiresAt)
          ),
          refreshTokens: [...HashMap.values(refreshTokens)]
            .filter((token) => token.session === session.id)
            .map(
              (token) => `${token.name} ${token.state === "live" && token.expiresAt <= time ? "expired" : token.state}`
            )
        }))
        .sort((one, other) => one.id - other.id)
    }))
  }
  return json(200, live, { "cache-control": "no-store" })
}

type Methods = Readonly<Record<string, (request: ControlRequest, context: ControlContext) => Answer>>

const done = empty(204)

/** The routes by path and method. */
const routes: Readonly<Record<string, Methods>> = {
  "/": { GET: () => text(livePage.html, "text/html", { "content-security-policy": livePage.policy }) },
  "/docs": {
    GET: () =>
      text(referencePage(), "text/html", {
        "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
      })
  },
  "/openapi.json": { GET: () => text(`${JSON.stringify(openApiDocument(), null, 2)}\n`, "application/json") },
  "/control/state": { GET: liveState },
  "/control/faults": {
    GET: () => json(200, { faults: faultNames }),
    POST: inject,
    DELETE: (_, { controls }) => (controls.clearFaults(), done)
  },
  "/control/requests": { GET: requestLog, DELETE: (_, { controls }) => (controls.clearRequestLog(), done) },
  "/control/timeline": { GET: (_, { controls }) => text(`${controls.timeline()}\n`, "text/plain") }
}

/** Answers a request outside of `/api`; `undefined` if there is no such route, which the API then answers with 404. */
export const answer = (request: ControlRequest, context: ControlContext): Answer | undefined => {
  const [path = "/"] = request.url.split("?")
  const control = path === "/control" || path.startsWith("/control/")
  const methods = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (methods === undefined && !control) return undefined
  const reason = control ? forbidden(request) : undefined
  if (reason !== undefined) return refusal(403, `The control API ${reason}`)
  if (methods === undefined) {
    return refusal(404, `${path} does not exist. The paths are ${Object.keys(routes).join(", ")}`)
  }
  // Tools that wait until a server is up often send HEAD. The server leaves out the body.
  const method = request.method === "HEAD" ? "GET" : request.method
  const handle = Object.hasOwn(methods, method) ? methods[method] : undefined
  const allow = Object.keys(methods).join(", ")
  return handle?.(request, context) ?? refusal(405, `${path} supports only ${allow}`, { allow })
}
