/** What a test seeds the embedded Linxio with. */
import type * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import type { ReceivedRequest } from "./RequestLog.ts"

/** An account that can sign in; the flags pick which answer `POST /login` gives once the password is right. */
export const Account = Schema.Struct({
  email: Schema.NonEmptyString,
  password: Schema.NonEmptyString,
  /** Login answers `otp_required`, and this code completes it. */
  otp: Schema.optionalKey(Schema.NonEmptyString),
  /** Login answers 200 with `blocked: true` and no token. */
  blocked: Schema.optionalKey(Schema.Boolean),
  /** Login answers 401, with a message of its own. */
  closed: Schema.optionalKey(Schema.Boolean),
  /** Login answers 200 with `isPhoneVerified: false` and no token. */
  phoneUnverified: Schema.optionalKey(Schema.Boolean),
  /** `client` unless given. */
  teamType: Schema.optionalKey(Schema.Literals(["client", "reseller", "admin"])),
  /** 1 unless given. */
  roleId: Schema.optionalKey(Schema.Int),
  /** The account's place in the list, from 1, unless given. */
  id: Schema.optionalKey(Schema.Union([Schema.Int, Schema.String])),
  fullName: Schema.optionalKey(Schema.String),
  /** The team that `GET /me` names, its type beside it; accounts share one unless given. */
  team: Schema.optionalKey(
    Schema.Struct({ id: Schema.Union([Schema.Int, Schema.String]), name: Schema.optionalKey(Schema.String) })
  ),
  /** What `GET /me` says that this account may do; `["vehicle_list"]` unless given. */
  permissions: Schema.optionalKey(Schema.Array(Schema.String))
})

/** An account that can sign in. */
export interface Account extends Schema.Schema.Type<typeof Account> {}

/** A vehicle as a test seeds it: an id, and whatever else the list and the single read should answer. */
export interface SeededVehicle {
  readonly id: number | string
  readonly regNo?: string
  readonly [field: string]: unknown
}

/** How an embedded Linxio starts out. Every option has a default, so `{}` is a working state. */
export interface FakeLinxioOptions {
  /** @default one account: `defaultAccount` */
  readonly accounts?: ReadonlyArray<Account> | undefined
  /** @default three vehicles with ids 1 to 3 */
  readonly vehicles?: ReadonlyArray<SeededVehicle> | undefined
  /** Whole seconds, as a JWT's `exp` has no finer grain; since `iat` is cut to the second, a token may live up to a second less. @default "24 hours" */
  readonly accessTokenLifetime?: Duration.Input | undefined
  /** @default "30 days" */
  readonly refreshTokenLifetime?: Duration.Input | undefined
  /** A refresh spends the refresh token and hands out a new one. Off, as Linxio does today, the same one comes back until it expires. @default false */
  readonly rotation?: boolean | undefined
  /** For so long after a rotation the spent token still works, and yields the same successor. @default 0 */
  readonly rotationGrace?: Duration.Input | undefined
  /** A spent refresh token that is presented again revokes its whole session, as token servers do that suspect theft. @default false */
  readonly revokeFamilyOnReuse?: boolean | undefined
  /** Decides every token, id and jitter: the same seed and the same requests give the same answers, so two worlds that must not
   * know each other's tokens need two seeds. @default 0 */
  readonly seed?: number | undefined
  /** Epoch milliseconds. @default Effect's `Clock` as the request's fiber sees it, so that `TestClock` drives expiry */
  readonly clock?: (() => number) | undefined
  /**
   * `rs256` signs JWTs for real, which takes a key and about a millisecond each; `fake` makes JWTs with honest claims and a worthless, deterministic
   * signature under the algorithm name `fake`, without leaving the fiber. Both are verified when presented.
   *
   * @default "fake" in memory, "rs256" on a port
   */
  readonly signing?: "fake" | "rs256" | undefined
  /** JWTs carry `iat`; Linxio's may or may not. @default true */
  readonly issuedAtClaim?: boolean | undefined
  /** Called once for every request, when its outcome is known. */
  readonly onRequest?: ((request: ReceivedRequest) => void) | undefined
}

/** Where to listen, on top of the state to seed. */
export interface ServeOptions extends FakeLinxioOptions {
  /** @default 0, any free port */
  readonly port?: number | undefined
  /** @default "127.0.0.1" */
  readonly host?: string | undefined
}

/** The account of a state that was given none. */
export const defaultAccount = {
  email: "fleet@example.test",
  password: "correct horse battery staple"
} as const satisfies Account
