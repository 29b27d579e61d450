/** What the port server serves beside the API: the control endpoint, the live view and the reference. Nothing but the port server loads this. */
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

/** What the desk may do to its Linxio. */
export interface Controls extends RequestLog {
  readonly inject: (fault: Fault) => void
  readonly clearFaults: () => void
}

/** A request that is none of the API's. */
export interface ControlRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  readonly remoteAddress: string | undefined
}

/** The Linxio behind the desk. */
export interface ControlContext {
  readonly controls: Controls
  readonly state: () => ServerState
  /** The server's clock, skew included. */
  readonly now: () => number
}

const refusal = (status: number, reason: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { error: reason.replaceAll(/\s+/g, " ") }, headers)

const text = (body: string, type: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  ...empty(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store", ...headers }),
  body
})

/** By address or by name; `0.0.0.0` and `::` lead to this machine too, from this machine. */
const isLoopback = (host: string | undefined): boolean =>
  host !== undefined && /^(localhost|(::ffff:)?127(\.\d{1,3}){3}|::1?|0\.0\.0\.0)$/i.test(host)

const hostname = (host: string | undefined): string | undefined =>
  host?.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1")

/** Why this caller may not: it is not on this machine, or it is a page of another site in a browser on this machine. */
const forbidden = ({ headers, remoteAddress }: ControlRequest): string | undefined => {
  if (!isLoopback(remoteAddress) || !isLoopback(hostname(headers["host"]))) return "answers to this machine alone"
  const origin = headers["origin"]
  return origin === undefined || origin === `http://${headers["host"]}`
    ? undefined
    : "answers to no page of another site"
}

const inject = ({ body }: ControlRequest, { controls }: ControlContext): Answer => {
  const input = Result.try((): unknown => JSON.parse(body))
  if (Result.isFailure(input))
    return refusal(400, `The body is no JSON; it has to be a fault such as {"fault":"reset"}`)
  const fault = decodeFault(input.success)
  if (Result.isFailure(fault)) return refusal(400, fault.failure.message)
  controls.inject(fault.success)
  return json(200, { injected: fault.success })
}

const evidence = ({ url }: ControlRequest, { controls }: ControlContext): Answer => {
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

const state = (_: ControlRequest, { controls, now, state }: ControlContext): Answer => {
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

type Room = Readonly<Record<string, (request: ControlRequest, context: ControlContext) => Answer>>

const done = empty(204)

/** The rooms of the desk, by path and method. */
const rooms: Readonly<Record<string, Room>> = {
  "/": { GET: () => text(livePage.html, "text/html", { "content-security-policy": livePage.policy }) },
  "/docs": {
    GET: () =>
      text(referencePage(), "text/html", {
        "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
      })
  },
  "/openapi.json": { GET: () => text(`${JSON.stringify(openApiDocument(), null, 2)}\n`, "application/json") },
  "/control/state": { GET: state },
  "/control/faults": {
    GET: () => json(200, { faults: faultNames }),
    POST: inject,
    DELETE: (_, { controls }) => (controls.clearFaults(), done)
  },
  "/control/requests": { GET: evidence, DELETE: (_, { controls }) => (controls.clearRequestLog(), done) },
  "/control/timeline": { GET: (_, { controls }) => text(`${controls.timeline()}\n`, "text/plain") }
}

/** Answers a request that is the desk's business; `undefined` leaves it to Linxio, which knows no such route. */
export const answer = (request: ControlRequest, context: ControlContext): Answer | undefined => {
  const [path = "/"] = request.url.split("?")
  const control = path === "/control" || path.startsWith("/control/")
  const room = Object.hasOwn(rooms, path) ? rooms[path] : undefined
  if (room === undefined && !control) return undefined
  const reason = control ? forbidden(request) : undefined
  if (reason !== undefined) return refusal(403, `The control endpoint ${reason}`)
  if (room === undefined) return refusal(404, `There is no ${path}; there are ${Object.keys(rooms).join(", ")}`)
  // The transport leaves out the body; whoever waits until the server is up often asks this way.
  const method = request.method === "HEAD" ? "GET" : request.method
  const handle = Object.hasOwn(room, method) ? room[method] : undefined
  const allow = Object.keys(room).join(", ")
  return handle?.(request, context) ?? refusal(405, `${path} takes ${allow}`, { allow })
}
