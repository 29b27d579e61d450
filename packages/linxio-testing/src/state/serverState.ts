/** The state of the embedded Linxio: one immutable value. The transitions in `transitions.ts` and the handlers make the next one. */
import * as HashMap from "effect/HashMap"
import type { Records, SeededVehicle } from "../Options.ts"
import type { Settings } from "./settings.ts"

/** One sign-in, with all access and refresh tokens that follow from it. */
export interface Session {
  readonly id: number
  readonly account: string
  /** How many access tokens were issued for this session. */
  readonly generation: number
  /** The `jti` of the last access token of this session. */
  readonly latest: string
  readonly revoked: boolean
}

/** An access token that was issued. */
export interface AccessToken {
  /** The `jti` claim of the token. */
  readonly id: string
  readonly session: number
  readonly generation: number
  readonly issuedAt: number
  readonly expiresAt: number
  /** Whether a fault has expired it. It then counts as expired, whatever its `exp` says. */
  readonly expired: boolean
}

/** A refresh token that was issued. */
export interface RefreshToken {
  /** A name that is safe to print: `r1`, `r2`, … in the order of issue. */
  readonly name: string
  readonly value: string
  readonly session: number
  readonly expiresAt: number
  readonly state: "live" | "spent" | "revoked"
  readonly spentAt: number
  readonly successor: string | undefined
}

/** Everything that the server knows. */
export interface ServerState {
  readonly settings: Settings
  /** Whether a refresh replaces the refresh token. */
  readonly rotation: boolean
  /** How far the clock of the server is ahead of the real time, in milliseconds; negative if it is behind. */
  readonly skew: number
  /** The accounts that were asked for a one-time code and have not sent it yet. */
  readonly challenged: ReadonlySet<string>
  readonly sessions: HashMap.HashMap<number, Session>
  readonly accessTokens: HashMap.HashMap<string, AccessToken>
  readonly refreshTokens: HashMap.HashMap<string, RefreshToken>
  readonly vehicles: ReadonlyArray<SeededVehicle>
  readonly records: Records
  /** The odometers that were set, by the id of the vehicle, in the order of time; metres. */
  readonly odometers: ReadonlyMap<string, ReadonlyArray<{ readonly occurredAt: string; readonly odometer: number }>>
}

/** An account of the options, with its id. */
export type SeededAccount = Settings["accounts"][number]

/** The state before the first request. */
const make = (settings: Settings): ServerState => ({
  settings,
  rotation: settings.rotation,
  skew: 0,
  challenged: new Set(),
  sessions: HashMap.empty(),
  accessTokens: HashMap.empty(),
  refreshTokens: HashMap.empty(),
  vehicles: settings.vehicles,
  records: settings.records,
  odometers: new Map()
})

/** The account with this email. */
export const account = (state: ServerState, email: string): SeededAccount | undefined =>
  state.settings.accounts.find((candidate) => candidate.email === email)

/** Holds the current state. All its methods are synchronous, so no two changes can overlap. */
export class StateCell {
  current: ServerState
  readonly #issued = new Set<string>()
  constructor(settings: Settings) {
    this.current = make(settings)
  }
  /** Applies a transition and returns its result. */
  transact<A>(transition: (state: ServerState) => readonly [A, ServerState]): A {
    const [result, next] = transition(this.current)
    this.current = next
    return result
  }
  /** Every password, code and token that the server knows. */
  secrets(): ReadonlyArray<string> {
    const { accounts } = this.current.settings
    return [
      ...accounts.flatMap((owner) => [owner.password, owner.otp ?? []].flat()),
      ...HashMap.keys(this.current.refreshTokens),
      ...this.#issued
    ]
  }
  /** Adds an issued token to the secrets. */
  issued(token: string): void {
    this.#issued.add(token)
  }
  /** Applies a change that has no result. */
  update(change: (state: ServerState) => ServerState): void {
    this.current = change(this.current)
  }
}
