/**
 * What a process knows about each refresh token: how often its refresh failed, how long to leave the endpoint
 * alone, and whether Linxio refused it for good. Shared by all clients on the same transport and base URL
 * (I-1, I-21, I-23); kept in closures, so that printing a client cannot print a token.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { LinxioFailure, SessionEnd } from "../LinxioError.ts"
import type { SessionTokens } from "../session/SessionTokens.ts"
import type { Flights } from "./singleFlight.ts"

export interface Slot {
  /** Names the slot without being the token. */
  readonly key: string
  failures: number
  lastFailure: LinxioFailure | undefined
  lastFailureAt: number | undefined
  coolUntil: number
  /** Steps the cooldown schedule; set aside by a success. */
  cooldown: CooldownStep | undefined
  denied: SessionEnd | undefined
  /** Whether an attempt since the last success got no answer: the server may have replaced the token then. */
  ambiguous: boolean
  /** What a rotation put in this token's place: a client that still holds it must not present it again. */
  successor: SessionTokens | undefined
}

/** The next cooldown after a failure, in milliseconds. */
export type CooldownStep = (now: number, failure: LinxioFailure) => Effect.Effect<number>

interface Shared {
  readonly flights: Flights<SessionTokens, LinxioFailure | "closed">
  readonly slotOf: (refreshToken: Redacted.Redacted) => Slot
  /** The end of the chain of rotations that began with this token: what lies between is spent. */
  readonly newestOf: (slot: Slot) => SessionTokens | undefined
}

/** Refused tokens are few, but a process may live for years. */
const mostSlots = 1000

const makeShared = (): Shared => {
  const slots = new Map<string, Slot>()
  let lastKey = 0
  const shared: Shared = {
    flights: new Map(),
    slotOf: (refreshToken) => {
      const token = Redacted.value(refreshToken)
      const known = slots.get(token)
      if (known) return known
      const slot: Slot = {
        key: `slot-${++lastKey}`,
        failures: 0,
        lastFailure: undefined,
        lastFailureAt: undefined,
        coolUntil: 0,
        cooldown: undefined,
        denied: undefined,
        ambiguous: false,
        successor: undefined
      }
      slots.set(token, slot)
      if (slots.size > mostSlots) {
        const [oldest] = slots.keys()
        if (oldest !== undefined) slots.delete(oldest)
      }
      return slot
    },
    newestOf: (slot) => {
      let newest = slot.successor
      // A server that hands a spent token out once more closes the chain to a ring.
      for (const seen = new Set<Slot>([slot]); newest?.refreshToken;) {
        const next = shared.slotOf(newest.refreshToken)
        if (next.successor === undefined || seen.has(next)) break
        seen.add(next)
        newest = next.successor
      }
      return newest
    }
  }
  return shared
}

const makeSharing = () => {
  const byTransport = new WeakMap<object, Map<string, Shared>>()
  return {
    of: (transport: object, baseUrl: string): Shared => {
      const byBaseUrl = byTransport.get(transport) ?? new Map<string, Shared>()
      byTransport.set(transport, byBaseUrl)
      const shared = byBaseUrl.get(baseUrl) ?? makeShared()
      byBaseUrl.set(baseUrl, shared)
      return shared
    }
  }
}

/** The table of the process; a test or a tenant that wants its own provides another. */
export const RefreshSharing = Context.Reference("linxio-effect/RefreshSharing", { defaultValue: makeSharing })
