/** The options of the embedded Linxio. */
import type * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import type { ReceivedRequest } from "./RequestLog.ts"
import { domainNames, endpointNames } from "./wire/contract.ts"

/** Not the hundred names in the message for a wrong one. */
const Forbiddable = Schema.Literals([...domainNames, ...endpointNames]).annotate({
  message: "Expected the name of an endpoint, such as vehicles.list, or of a domain, such as fuel"
})

/** An account. Its members decide how `POST /login` answers if the password is correct. */
export const Account = Schema.Struct({
  email: Schema.NonEmptyString,
  password: Schema.NonEmptyString,
  /** `POST /login` answers that a one-time code is needed. This is the code. */
  otp: Schema.optionalKey(Schema.NonEmptyString),
  /** `POST /login` answers 200 with `blocked: true` and no token. @default false */
  blocked: Schema.optionalKey(Schema.Boolean),
  /** `POST /login` answers 401 with the message that the account is closed. @default false */
  closed: Schema.optionalKey(Schema.Boolean),
  /** `POST /login` answers 200 with `isPhoneVerified: false` and no token. @default false */
  phoneUnverified: Schema.optionalKey(Schema.Boolean),
  /** @default "client" */
  teamType: Schema.optionalKey(Schema.Literals(["client", "reseller", "admin"])),
  /** @default 1 */
  roleId: Schema.optionalKey(Schema.Int),
  /** @default the position of the account in the list, from 1 */
  id: Schema.optionalKey(Schema.Union([Schema.Int, Schema.String])),
  /** @default the email */
  fullName: Schema.optionalKey(Schema.String),
  /** The team in the answer of `GET /me`. @default the team with id 1 */
  team: Schema.optionalKey(
    Schema.Struct({ id: Schema.Union([Schema.Int, Schema.String]), name: Schema.optionalKey(Schema.String) })
  ),
  /** The permissions in the answer of `GET /me`. @default ["vehicle_list"] */
  permissions: Schema.optionalKey(Schema.Array(Schema.String)),
  /**
   * The endpoints, such as `vehicles.list`, and whole domains, such as `fuel`, that answer this account with 403. An account with the `teamType` `client` also
   * gets 403 for `users.list`, `clients.list`, `resellers.list` and `resellers.get`, as was seen in a client's tenant; the rule of Linxio is not public.
   * `login`, `verifyOtp` and `refresh` need no token and are never refused this way.
   *
   * @default []
   */
  forbidden: Schema.optionalKey(Schema.Array(Forbiddable))
})

/** An account. */
export interface Account extends Schema.Schema.Type<typeof Account> {}

/** A vehicle: an id, and all other fields that the vehicle endpoints should return. */
export interface SeededVehicle {
  readonly id: number | string
  readonly regNo?: string
  readonly [field: string]: unknown
}

/** A record of any kind: an id, and all other fields that the endpoints should return. */
export interface SeededRecord {
  readonly id: number | string
  readonly [field: string]: unknown
}

/** The kinds of records, other than vehicles, that an embedded Linxio keeps. */
export const collectionNames = [
  "areaGroups",
  "cameraEvents",
  "clients",
  "devices",
  "digitalForms",
  "drivers",
  "formAnswers",
  "fuelCards",
  "geofences",
  "resellers",
  "scheduledReports",
  "sensorReadings",
  "sensors",
  "users"
] as const

/** The name of a kind of records. */
export type CollectionName = (typeof collectionNames)[number]

/** The records of an embedded Linxio by kind. */
export type Records = { readonly [Name in CollectionName]: ReadonlyArray<SeededRecord> }

/** The options of an embedded Linxio. Every option has a default. */
export interface FakeLinxioOptions {
  /** @default one account: `defaultAccount` */
  readonly accounts?: ReadonlyArray<Account> | undefined
  /** @default three vehicles with ids 1 to 3 */
  readonly vehicles?: ReadonlyArray<SeededVehicle> | undefined
  /** The records of other kinds. A kind that is not given has a few records that fit three vehicles. @default a small fleet */
  readonly records?: Partial<Records> | undefined
  /**
   * At least one second. It is cut to whole seconds, because the claims `iat` and `exp` are whole seconds; a token may therefore expire up to a
   * second earlier.
   *
   * @default "24 hours"
   */
  readonly accessTokenLifetime?: Duration.Input | undefined
  /** At least one second. @default "30 days" */
  readonly refreshTokenLifetime?: Duration.Input | undefined
  /** Whether a refresh replaces the refresh token. Linxio does not do that today: it returns the same one until it expires. @default false */
  readonly rotation?: boolean | undefined
  /** How long a replaced refresh token is still accepted. It gets the same new refresh token again. @default 0 */
  readonly rotationGrace?: Duration.Input | undefined
  /** Whether the reuse of a replaced refresh token revokes its session, as servers do that take it for theft. @default false */
  readonly revokeFamilyOnReuse?: boolean | undefined
  /**
   * The source of all tokens, ids and random delays: the same seed and the same requests give the same answers. Two servers with the same
   * seed accept each other's tokens.
   *
   * @default 0
   */
  readonly seed?: number | undefined
  /** Epoch milliseconds. @default Effect's `Clock` as the request's fiber sees it, so that `TestClock` drives expiry */
  readonly clock?: (() => number) | undefined
  /**
   * How access tokens are signed. `rs256` makes real signatures, about a millisecond each. `fake` makes JWTs with correct claims, the algorithm
   * name `fake` and a signature that only this server can verify; that needs no asynchronous step. Both are verified in each request.
   *
   * @default "fake" in memory, "rs256" on a port
   */
  readonly signing?: "fake" | "rs256" | undefined
  /** Whether access tokens have the claim `iat`. Linxio does not promise it. @default true */
  readonly issuedAtClaim?: boolean | undefined
  /** Is called once for each request, when its outcome is known. */
  readonly onRequest?: ((request: ReceivedRequest) => void) | undefined
}

/** The options of a server on a port. */
export interface ServeOptions extends FakeLinxioOptions {
  /** A whole number from 0 to 65535; 0 means any free port. @default 0 */
  readonly port?: number | undefined
  /** @default "127.0.0.1" */
  readonly host?: string | undefined
}

/** The account that exists if the option `accounts` is not given. */
export const defaultAccount = {
  email: "fleet@example.test",
  password: "correct horse battery staple"
} as const satisfies Account
