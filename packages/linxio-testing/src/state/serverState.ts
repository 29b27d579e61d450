/** The state of the embedded Linxio: one immutable value, changed by the transitions in `transitions.ts` and nowhere else. */
import * as HashMap from "effect/HashMap"
import type { SeededVehicle } from "../Options.ts"
import type { Settings } from "./settings.ts"

/** What one sign-in started: a family of access and refresh tokens. */
export interface Session {
  readonly id: number
  readonly account: string
  /** How many access tokens this session has been given. */
  readonly generation: number
  /** The `jti` of the access token that it was given last. */
  readonly latest: string
  readonly revoked: boolean
}

/** An access token that was issued, under its `jti`. */
export interface AccessToken {
  readonly id: string
  readonly session: number
  readonly generation: number
  readonly issuedAt: number
  readonly expiresAt: number
  /** Expired by decree, whatever its `exp` says. */
  readonly expired: boolean
}

/** A refresh token that was issued, under its value. */
export interface RefreshToken {
  /** A name that may be printed: `r1`, `r2`, … in the order of issue. */
  readonly name: string
  readonly value: string
  readonly session: number
  readonly expiresAt: number
  readonly state: "live" | "spent" | "revoked"
  readonly spentAt: number
  readonly successor: string | undefined
}

/** Everything that the server remembers. */
export interface World {
  readonly settings: Settings
  readonly rotation: boolean
  /** How far the server's clock is ahead, in milliseconds. */
  readonly skew: number
  /** The accounts that were asked for a code and have not sent it yet. */
  readonly challenged: ReadonlySet<string>
  readonly sessions: HashMap.HashMap<number, Session>
  readonly accessTokens: HashMap.HashMap<string, AccessToken>
  readonly refreshTokens: HashMap.HashMap<string, RefreshToken>
  readonly vehicles: ReadonlyArray<SeededVehicle>
  /** The odometers that were set, by the id of the vehicle, in the order of time; metres. */
  readonly odometers: ReadonlyMap<string, ReadonlyArray<{ readonly occurredAt: string; readonly odometer: number }>>
}

/** A seeded account. */
export type SeededAccount = Settings["accounts"][number]

/** The world before the first request. */
const make = (settings: Settings): World => ({
  settings,
  rotation: settings.rotation,
  skew: 0,
  challenged: new Set(),
  sessions: HashMap.empty(),
  accessTokens: HashMap.empty(),
  refreshTokens: HashMap.empty(),
  vehicles: settings.vehicles,
  odometers: new Map()
})

/** The account with that address. */
export const account = (world: World, email: string): SeededAccount | undefined =>
  world.settings.accounts.find((candidate) => candidate.email === email)

/** The cell that holds the world. Everything in it is synchronous, so a transition is atomic. */
export class WorldCell {
  world: World
  readonly #issued = new Set<string>()
  constructor(settings: Settings) {
    this.world = make(settings)
  }
  /** Applies a transition and hands out its result. */
  transact<A>(transition: (world: World) => readonly [A, World]): A {
    const [result, next] = transition(this.world)
    this.world = next
    return result
  }
  /** Every secret in it. */
  secrets(): ReadonlyArray<string> {
    const { accounts } = this.world.settings
    return [
      ...accounts.flatMap((owner) => [owner.password, owner.otp ?? []].flat()),
      ...HashMap.keys(this.world.refreshTokens),
      ...this.#issued
    ]
  }
  /** Remembers a token that was handed out as a secret. */
  issued(token: string): void {
    this.#issued.add(token)
  }
  /** Replaces the world. */
  update(change: (world: World) => World): void {
    this.world = change(this.world)
  }
}
