/** A small Linxio in memory that a test can script request by request. */
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"

/** One request as it was on the wire. */
export interface Recorded {
  /** Such as `GET /vehicles`. */
  readonly route: string
  readonly bearer: string | undefined
  /** Of the body, where it has one. */
  readonly refreshToken: string | undefined
  readonly request: HttpClientRequest
}

type Answer = Effect.Effect<Response, HttpClientError.HttpClientError>

/** What happens to a request: `proceed` is what Linxio itself would do with it. */
export type Step = (recorded: Recorded, proceed: Answer) => Answer

export interface Gate {
  /** Waits until a request stands at the gate. */
  readonly arrived: Effect.Effect<void>
  /** Lets everything through that stands there or comes later. */
  readonly open: Effect.Effect<void>
}

/** No test comes near it: an endless loop of requests becomes a failure instead of a test run that never ends. */
const mostRequests = 5_000

export const refreshRoute = "POST /token/refresh"
export const loginRoute = "POST /login"

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } })

export const answer =
  (status: number, body: unknown = {}, headers?: Record<string, string>): Step =>
  () =>
    Effect.sync(() => json(status, body, headers))

/** The denial of a refresh token, in Linxio's own envelope. */
export const denial = answer(400, { errors: [{ code: 400, title: "Exception", detail: "Invalid JWT Token" }] })

/** The connection breaks and no answer arrives; with `processed`, after Linxio has done its work. */
export const reset =
  (processed = false): Step =>
  ({ request }, proceed) => {
    const reason = new HttpClientError.TransportError({ request, cause: new Error("ECONNRESET") })
    const broken = Effect.fail(new HttpClientError.HttpClientError({ reason }))
    return processed ? Effect.andThen(proceed, broken) : broken
  }

export const makeFake = (
  options: { readonly rotate?: boolean; readonly lifetimeMs?: number; readonly skewMs?: number } = {}
) => {
  const requests: Array<Recorded> = []
  /** Access token → the end of its life; refresh token → its user. */
  const access = new Map<string, number>()
  const refreshTokens = new Map<string, string>()
  const scripts = new Map<string, Array<Step>>()
  const standing = new Map<string, Step>()
  const waiters = new Set<() => void>()
  const fake = { ...options }
  let issued = 0

  const issue = (user: string, now: number, refreshToken = `${user}-refresh-${issued + 1}`) => {
    const token = `${user}-access-${++issued}`
    const end = fake.lifetimeMs === undefined ? Infinity : now + fake.lifetimeMs
    access.set(token, end)
    refreshTokens.set(refreshToken, user)
    return { token, refreshToken, ...(end < Infinity && { expireAt: new Date(end).toISOString() }) }
  }
  const refused = json.bind(undefined, 401, { code: 401, message: "Expired JWT Token" })

  const linxio = ({ bearer, refreshToken, request, route }: Recorded): Answer =>
    Effect.flatMap(Clock.currentTimeMillis, (local) => {
      const now = local + (fake.skewMs ?? 0)
      const dated = (status: number, body: unknown) => json(status, body, { date: new Date(now).toUTCString() })
      if (route === loginRoute) return Effect.succeed(dated(200, issue(bodyOf(request).email ?? "user", now)))
      if (route === refreshRoute) {
        const user = refreshTokens.get(refreshToken ?? "")
        if (user === undefined) return denial({ bearer, refreshToken, request, route }, Effect.never)
        if (fake.rotate) refreshTokens.delete(refreshToken ?? "")
        return Effect.succeed(dated(200, issue(user, now, fake.rotate ? undefined : refreshToken)))
      }
      if ((access.get(bearer ?? "") ?? 0) <= now) return Effect.succeed(refused())
      return Effect.succeed(dated(200, { ok: true, signedBy: bearer }))
    })

  const transport = HttpClient.make((request, url) =>
    Effect.suspend(() => {
      const route = `${request.method} ${url.pathname.replace(/^\/api/, "")}`
      const bearer = request.headers["authorization"]?.replace("Bearer ", "")
      const recorded: Recorded = { route, bearer, refreshToken: bodyOf(request).refreshToken, request }
      requests.push(recorded)
      if (requests.length > mostRequests)
        return Effect.die(new Error(`more than ${mostRequests} requests: an endless loop?`))
      for (const waiter of waiters) waiter()
      const step = scripts.get(route)?.shift() ?? standing.get(route)
      const answered = step ? step(recorded, linxio(recorded)) : linxio(recorded)
      return Effect.map(answered, (response) => HttpClientResponse.fromWeb(request, response))
    })
  )

  const sent = (route: string) => requests.filter((recorded) => recorded.route === route)
  return Object.assign(fake, {
    transport,
    requests,
    sent,
    refreshes: () => sent(refreshRoute),
    /** Issues tokens as a login would, valid for `lifetimeMs` by the server's clock. */
    issue: (user = "user") => Effect.map(Clock.currentTimeMillis, (now) => issue(user, now + (fake.skewMs ?? 0))),
    revoke: (token: string | undefined) => void access.delete(token ?? ""),
    /** Scripts the next requests of a route, one step each. */
    next: (route: string, ...steps: ReadonlyArray<Step>) =>
      void scripts.set(route, [...(scripts.get(route) ?? []), ...steps]),
    /** Scripts every request of a route that `next` does not. */
    always: (route: string, step: Step | undefined) => void (step ? standing.set(route, step) : standing.delete(route)),
    /** Holds the next `count` requests of a route until the gate is opened; then they go on to `step` or to Linxio. */
    hold: (route: string, step: Step = (_, proceed) => proceed, count = 1): Gate => {
      const arrived = Deferred.makeUnsafe<void>()
      const opened = Deferred.makeUnsafe<void>()
      const held: Step = (recorded, proceed) => {
        Deferred.doneUnsafe(arrived, Effect.void)
        return Effect.andThen(Deferred.await(opened), step(recorded, proceed))
      }
      scripts.set(route, [...(scripts.get(route) ?? []), ...Array.from({ length: count }, () => held)])
      return { arrived: Deferred.await(arrived), open: Effect.asVoid(Deferred.succeed(opened, undefined)) }
    },
    /** Waits until `count` requests of a route were sent. */
    until: (route: string, count: number): Effect.Effect<void> =>
      Effect.callback((resume) => {
        const check = () => {
          if (sent(route).length >= count && waiters.delete(check)) resume(Effect.void)
        }
        waiters.add(check)
        check()
        return Effect.sync(() => waiters.delete(check))
      })
  })
}

export type Fake = ReturnType<typeof makeFake>

const bodyOf = ({ body }: HttpClientRequest): { readonly email?: string; readonly refreshToken?: string } =>
  body._tag === "Uint8Array" ? JSON.parse(new TextDecoder().decode(body.body)) : {}
