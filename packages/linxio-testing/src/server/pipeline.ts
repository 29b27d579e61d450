/** How a request is processed, in memory and on a port alike: it is logged, takes a fault, passes the token check, and is answered. */
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { ReceivedRequest } from "../RequestLog.ts"
import type { Answer, ConnectionLost } from "../wire/answer.ts"
import { application, empty, gateway } from "../wire/answer.ts"
import * as Bearer from "./bearer.ts"
import { mayCall } from "./permissions.ts"
import * as Codec from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"
import { withoutBearer } from "../wire/contract.ts"
import { handle } from "../domains/handlers.ts"
import type { RequestRecorder } from "../state/requestRecorder.ts"
import * as FaultEffects from "../faults/effects.ts"
import * as SeededRandom from "../state/seededRandom.ts"
import type { Signer } from "../state/signer.ts"
import type { QueuedFault, FaultRegistry } from "../faults/registry.ts"
import type { StateCell } from "../state/serverState.ts"
import { account as accountOf } from "../state/serverState.ts"

/** A request, in memory or on a port. */
export interface Incoming {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** The names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** The parts of one embedded Linxio. */
export interface Parts {
  readonly state: StateCell
  readonly signer: Signer
  readonly recorder: RequestRecorder
  readonly faults: FaultRegistry
}

const hideSecrets = (search: string): string =>
  search.replace(/([?&][^=&]*(?:token|password|code|secret)[^=&]*=)[^&]*/gi, "$1…")

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

/** The JSON object in the body: `{}` if the body is empty, `undefined` if it is not a JSON object. */
const members = (body: string): Readonly<Record<string, unknown>> | undefined => {
  if (body === "") return {}
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Whether a refresh has no refresh token. Linxio answers that with 204, before it validates anything. */
const hasNoToken = (body: Readonly<Record<string, unknown>> | undefined): boolean =>
  body !== undefined &&
  (body["refreshToken"] === undefined || body["refreshToken"] === null || body["refreshToken"] === "")

/** The account, session and token of a request, as the request log shows them. */
const identity = (
  parts: Parts,
  name: EndpointName,
  bearer: Bearer.Bearer,
  body: Readonly<Record<string, unknown>> = {}
): Partial<ReceivedRequest> => {
  if (!withoutBearer.has(name)) return bearer
  const { token } = bearer
  const presented = name === "refresh" ? text(body["refreshToken"]) : undefined
  if (presented === undefined) return { token, account: name === "refresh" ? undefined : text(body["email"]) }
  const { refreshTokens, sessions } = parts.state.current
  const known = Option.getOrUndefined(HashMap.get(refreshTokens, presented))
  const session = known && Option.getOrUndefined(HashMap.get(sessions, known.session))
  return { token, refreshToken: known?.name ?? "unknown", session: session?.id, account: session?.account }
}

interface Processing {
  readonly incoming: Incoming
  readonly search: string
  readonly entry: ReceivedRequest
  readonly fault: QueuedFault | undefined
  readonly now: () => number
}

const process = Effect.fnUntraced(function* (
  parts: Parts,
  match: Codec.Match,
  { entry, fault, incoming, now, search }: Processing
) {
  const replacement = fault && FaultEffects.replacement(fault, now())
  if (match._tag !== "Found") {
    // A fault stands for a broken proxy, and a proxy does not know which paths exist.
    if (replacement !== undefined) return yield* replacement
    return match._tag === "NotFound"
      ? application(404, "No route found.")
      : application(405, "Method not allowed.", { allow: match.allow })
  }
  const { name } = match
  const { recorder, signer, faults, state } = parts
  const bearer = yield* Bearer.read(incoming.headers["authorization"], signer, () => ({
    state: state.current,
    now: now()
  }))
  const body = members(incoming.body)
  recorder.amend(entry.number, identity(parts, name, bearer, body))
  if (replacement !== undefined) return yield* replacement
  if (faults.refuses(name)) return gateway("Invalid JWT Token")
  if (!withoutBearer.has(name) && bearer.token !== "valid") return gateway(Bearer.messageFor(bearer.token))
  const caller = accountOf(state.current, withoutBearer.has(name) ? "" : (bearer.account ?? ""))
  if (caller && !mayCall(caller, name)) return application(403, "Access denied.")
  if (name === "refresh" && hasNoToken(body)) return empty(204)
  const input = Codec.decode(name, { body: incoming.body, search, params: match.params })
  if (Result.isFailure(input)) return input.failure.answer
  const unchanged = FaultEffects.keepsAccessToken(fault)
  const { account, session } = bearer
  return yield* handle(name, {
    ...input.success,
    now: now(),
    state,
    signer,
    recorder,
    account,
    session,
    unchanged
  }).pipe(
    Effect.map((reply) => Codec.encode(name, reply)),
    Effect.catchTag("Refusal", (refusal) => Effect.succeed(refusal.answer))
  )
})

/** The answer to a request; fails with `ConnectionLost` if a fault breaks the connection. */
export const receive = (parts: Parts, incoming: Incoming): Effect.Effect<Answer, ConnectionLost> =>
  Effect.clockWith((clock) => {
    const { recorder, faults, state } = parts
    const { settings } = state.current
    const time = settings.clock ?? (() => clock.currentTimeMillisUnsafe())
    const now = () => time() + state.current.skew
    const [pathname = "", ...query] = incoming.url.split("?")
    const search = query.length > 0 ? `?${query.join("?")}` : ""
    const served = pathname.startsWith("/api/")
    const path = served ? pathname.slice("/api".length) : pathname
    const match: Codec.Match = served ? Codec.match(incoming.method, path) : { _tag: "NotFound" }
    const endpoint = match._tag === "Found" ? match.name : undefined
    const fault = faults.take(endpoint)
    const entry = recorder.open({
      at: time(),
      method: incoming.method,
      path,
      query: hideSecrets(search),
      endpoint,
      fault: fault?.fault
    })
    const { ms, spread } = faults.latency
    const delay = Math.max(0, ms + (SeededRandom.fraction(settings.seed, `latency:${entry.number}`) * 2 - 1) * spread)
    const stamp = (answer: Answer): Answer => {
      const stamped = {
        ...answer,
        headers: { ...answer.headers, "x-request-id": entry.requestId, date: new Date(now()).toUTCString() }
      }
      return faults.echoSecrets
        ? FaultEffects.withEcho(stamped, { authorization: incoming.headers["authorization"], body: incoming.body })
        : stamped
    }
    const processed = process(parts, match, { incoming, search, entry, fault, now })
    return (delay === 0 ? processed : Effect.andThen(Effect.sleep(delay), processed)).pipe(
      Effect.flatMap((answer) => FaultEffects.changed(fault, answer)),
      Effect.map(stamp),
      Effect.tap((answer) => Effect.sync(() => recorder.amend(entry.number, { status: answer.status }))),
      Effect.tapError(() =>
        Effect.sync(() => recorder.amend(entry.number, { status: fault?.fault === "lose-response" ? "lost" : "reset" }))
      ),
      Effect.onInterrupt(() => Effect.sync(() => recorder.amend(entry.number, { status: "abandoned" })))
    )
  })
