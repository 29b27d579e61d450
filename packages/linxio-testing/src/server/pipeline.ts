/** The way of a request through the embedded Linxio, whatever transport it came by: arrival, faults, gateway, handler, stamps. */
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { ReceivedRequest } from "../Evidence.ts"
import type { Answer, ConnectionLost } from "../wire/answer.ts"
import { application, empty, gateway } from "../wire/answer.ts"
import * as Bearer from "./bearer.ts"
import * as Codec from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"
import { withoutBearer } from "../wire/contract.ts"
import { handle } from "../domains/handlers.ts"
import type { Journal } from "../state/requestLog.ts"
import * as Mischief from "../faults/effects.ts"
import * as Noise from "../state/seededRandom.ts"
import type { Signer } from "../state/signer.ts"
import type { PendingFault, Switchboard } from "../faults/registry.ts"
import type { WorldCell } from "../state/serverState.ts"

/** A request, not yet tied to a transport. */
export interface Incoming {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** The parts that a request meets. */
export interface Parts {
  readonly world: WorldCell
  readonly signer: Signer
  readonly journal: Journal
  readonly switchboard: Switchboard
}

const hideSecrets = (search: string): string =>
  search.replace(/([?&][^=&]*(?:token|password|code|secret)[^=&]*=)[^&]*/gi, "$1…")

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

/** The members of the JSON object in the body: none for an empty body, `undefined` for one that is no JSON object. */
const members = (body: string): Readonly<Record<string, unknown>> | undefined => {
  if (body === "") return {}
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Whether a refresh brings no refresh token at all, which is answered with 204 before anything is validated. */
const bringsNoToken = (body: Readonly<Record<string, unknown>> | undefined): boolean =>
  body !== undefined &&
  (body["refreshToken"] === undefined || body["refreshToken"] === null || body["refreshToken"] === "")

/** Whom the request speaks for, as far as it says so itself. */
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
  const { refreshTokens, sessions } = parts.world.world
  const known = Option.getOrUndefined(HashMap.get(refreshTokens, presented))
  const session = known && Option.getOrUndefined(HashMap.get(sessions, known.session))
  return { token, refreshToken: known?.name ?? "unknown", session: session?.id, account: session?.account }
}

interface Processing {
  readonly incoming: Incoming
  readonly search: string
  readonly entry: ReceivedRequest
  readonly fault: PendingFault | undefined
  readonly now: () => number
}

const process = Effect.fnUntraced(function* (
  parts: Parts,
  match: Codec.Match,
  { entry, fault, incoming, now, search }: Processing
) {
  const stand = fault && Mischief.instead(fault, now())
  if (match._tag !== "Found") {
    // The fault is spent: a proxy that is out of order does not know the contract either.
    if (stand !== undefined) return yield* stand
    return match._tag === "NotFound"
      ? application(404, "No route found.")
      : application(405, "Method not allowed.", { allow: match.allow })
  }
  const { name } = match
  const { journal, signer, switchboard, world } = parts
  const bearer = yield* Bearer.read(incoming.headers["authorization"], signer, () => ({
    world: world.world,
    now: now()
  }))
  const body = members(incoming.body)
  journal.amend(entry.number, identity(parts, name, bearer, body))
  if (stand !== undefined) return yield* stand
  if (switchboard.refuses(name)) return gateway("Invalid JWT Token")
  if (!withoutBearer.has(name) && bearer.token !== "valid") return gateway(Bearer.complaint(bearer.token))
  if (name === "refresh" && bringsNoToken(body)) return empty(204)
  const input = Codec.decode(name, { body: incoming.body, search, params: match.params })
  if (Result.isFailure(input)) return input.failure.answer
  const unchanged = fault?.fault === "refresh-unchanged"
  const { account, session } = bearer
  return yield* handle(name, {
    ...input.success,
    now: now(),
    world,
    signer,
    journal,
    account,
    session,
    unchanged
  }).pipe(
    Effect.map((reply) => Codec.encode(name, reply)),
    Effect.catchTag("Refusal", (refusal) => Effect.succeed(refusal.answer))
  )
})

/** Takes a request and gives the answer that goes out, or none. */
export const receive = (parts: Parts, incoming: Incoming): Effect.Effect<Answer, ConnectionLost> =>
  Effect.clockWith((clock) => {
    const { journal, switchboard, world } = parts
    const { settings } = world.world
    const time = settings.clock ?? (() => clock.currentTimeMillisUnsafe())
    const now = () => time() + world.world.skew
    const [pathname = "", ...query] = incoming.url.split("?")
    const search = query.length > 0 ? `?${query.join("?")}` : ""
    const served = pathname.startsWith("/api/")
    const path = served ? pathname.slice("/api".length) : pathname
    const match: Codec.Match = served ? Codec.match(incoming.method, path) : { _tag: "NotFound" }
    const endpoint = match._tag === "Found" ? match.name : undefined
    const fault = switchboard.take(endpoint)
    const entry = journal.open({
      at: time(),
      method: incoming.method,
      path,
      query: hideSecrets(search),
      endpoint,
      fault: fault?.fault
    })
    const { ms, spread } = switchboard.latency
    const delay = Math.max(0, ms + (Noise.fraction(settings.seed, `latency:${entry.number}`) * 2 - 1) * spread)
    const stamp = (answer: Answer): Answer => {
      const stamped = {
        ...answer,
        headers: { ...answer.headers, "x-request-id": entry.requestId, date: new Date(now()).toUTCString() }
      }
      return switchboard.echoSecrets
        ? Mischief.echo(stamped, { authorization: incoming.headers["authorization"], body: incoming.body })
        : stamped
    }
    const processed = process(parts, match, { incoming, search, entry, fault, now })
    return (delay === 0 ? processed : Effect.andThen(Effect.sleep(delay), processed)).pipe(
      Effect.flatMap((answer) => Mischief.afterwards(fault, answer)),
      Effect.map(stamp),
      Effect.tap((answer) => Effect.sync(() => journal.amend(entry.number, { status: answer.status }))),
      Effect.tapError(() =>
        Effect.sync(() => journal.amend(entry.number, { status: fault?.fault === "lose-response" ? "lost" : "reset" }))
      ),
      Effect.onInterrupt(() => Effect.sync(() => journal.amend(entry.number, { status: "abandoned" })))
    )
  })
