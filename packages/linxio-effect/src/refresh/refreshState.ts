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

export interface RefreshState {
  /** Names the refresh token without being it. */
  readonly key: string
  failures: number
  /** The last refresh, if it failed; `at` is wall time. */
  lastFailure: { readonly error: LinxioFailure; readonly at: number } | undefined
  /** The endpoint is left alone until then, by the monotonic clock in milliseconds (F-11). */
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

/** What is known of a token that works, or of which nothing is known yet. */
const nothingKnown = () => ({
  lastFailure: undefined,
  coolUntil: 0,
  cooldown: undefined,
  denied: undefined,
  ambiguous: false,
  successor: undefined
})

export interface RefreshStates {
  readonly flights: Flights<SessionTokens, LinxioFailure | "closed">
  readonly of: (refreshToken: Redacted.Redacted) => RefreshState
  /**
   * Linxio has just issued or accepted this token: what was known of the same text is void. A server that was reset, as in tests, issues the
   * same texts once more (F-36).
   */
  readonly forget: (state: RefreshState) => void
  /** The end of the chain of rotations that began with this token: what lies between is spent. */
  readonly newestOf: (state: RefreshState) => SessionTokens | undefined
}

/** Refused tokens are few, but a process may live for years. */
const mostStates = 1000

const makeStates = (): RefreshStates => {
  const byToken = new Map<string, RefreshState>()
  let lastKey = 0
  const of = (refreshToken: Redacted.Redacted): RefreshState => {
    const token = Redacted.value(refreshToken)
    const known = byToken.get(token)
    if (known) return known
    const state: RefreshState = { key: `refresh-${++lastKey}`, failures: 0, ...nothingKnown() }
    byToken.set(token, state)
    if (byToken.size > mostStates) {
      const [oldest] = byToken.keys()
      if (oldest !== undefined) byToken.delete(oldest)
    }
    return state
  }
  return {
    flights: new Map(),
    of,
    forget: (state) => void Object.assign(state, nothingKnown()),
    newestOf: (state) => {
      let newest = state.successor
      // It ends: a token that is issued anew has no successor.
      while (newest?.refreshToken) {
        const { successor } = of(newest.refreshToken)
        if (successor === undefined) break
        newest = successor
      }
      return newest
    }
  }
}

const makeSharing = () => {
  const byTransport = new WeakMap<object, Map<string, RefreshStates>>()
  return {
    of: (transport: object, baseUrl: string): RefreshStates => {
      const byBaseUrl = byTransport.get(transport) ?? new Map<string, RefreshStates>()
      byTransport.set(transport, byBaseUrl)
      const states = byBaseUrl.get(baseUrl) ?? makeStates()
      byBaseUrl.set(baseUrl, states)
      return states
    }
  }
}

/** The table of the process; a test or a tenant that wants its own provides another. */
export const RefreshSharing = Context.Reference("linxio-effect/RefreshSharing", { defaultValue: makeSharing })
