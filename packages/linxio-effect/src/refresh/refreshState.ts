/**
 * What a process knows about each refresh token: how often its refresh failed, the cooldown, and whether Linxio
 * refused it. Shared by all clients on the same transport and base URL
 * (I-1, I-21, I-23); kept in closures, so that printing a client cannot print a token.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { LinxioFailure, SessionEnd } from "../LinxioError.ts"
import type { SessionTokens } from "../session/SessionTokens.ts"
import type { Flights } from "./singleFlight.ts"

export interface RefreshState {
  /** Identifies the refresh token without containing it. */
  readonly key: string
  failures: number
  /** The last refresh, if it failed; `at` is wall time. */
  lastFailure: { readonly error: LinxioFailure; readonly at: number } | undefined
  /** The end of the cooldown on the monotonic clock, in milliseconds (F-11). */
  coolUntil: number
  /** The running cooldown schedule; removed by a success. */
  cooldown: CooldownStep | undefined
  denied: SessionEnd | undefined
  /** Whether an attempt since the last success got no response: the server may have replaced the token in it. */
  ambiguous: boolean
  /** The tokens that replaced this one in a rotation: a client that still has it must not send it again. */
  successor: SessionTokens | undefined
}

/** The next cooldown after a failure, in milliseconds. */
export type CooldownStep = (now: number, failure: LinxioFailure) => Effect.Effect<number>

/** The state of a token that works, or about which nothing is known yet. */
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
   * Records that Linxio has just issued or accepted this token: earlier knowledge about the same text is deleted. A server that was reset, as in tests,
   * may issue the same texts again (F-36).
   */
  readonly forget: (state: RefreshState) => void
  /** The last token in the chain of rotations that began with this token: all others are used up. */
  readonly newestOf: (state: RefreshState) => SessionTokens | undefined
}

/** The maximum number of remembered tokens, because a process may run for years. */
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
      // The chain has an end: a newly issued token has no successor.
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

/** The table of the process. Provide another to isolate a test or a tenant. */
export const RefreshSharing = Context.Reference("linxio-effect/RefreshSharing", { defaultValue: makeSharing })
