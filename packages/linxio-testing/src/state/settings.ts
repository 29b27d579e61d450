/** Checks the options and fills in their defaults. */
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { FakeLinxioOptionError } from "../FakeLinxioError.ts"
import { Account, collectionNames, defaultAccount } from "../Options.ts"
import type { FakeLinxioOptions, Records, SeededVehicle, ServeOptions } from "../Options.ts"
import { explain, strict } from "../config/explain.ts"
import { defaultRecords } from "./defaultRecords.ts"

/** The options with their defaults. Durations are in milliseconds. */
export interface Settings {
  readonly accounts: ReadonlyArray<Account & { readonly id: number | string }>
  readonly vehicles: ReadonlyArray<SeededVehicle>
  readonly records: Records
  readonly accessTokenLifetime: number
  readonly refreshTokenLifetime: number
  readonly rotation: boolean
  readonly rotationGrace: number
  readonly revokeFamilyOnReuse: boolean
  readonly seed: number
  readonly clock: (() => number) | undefined
  readonly signing: "fake" | "rs256" | undefined
  readonly issuedAtClaim: boolean
}

const readAccounts = Schema.decodeUnknownResult(Schema.Array(Account), strict)

const Seeded = Schema.Array(
  Schema.StructWithRest(Schema.Struct({ id: Schema.Union([Schema.Finite, Schema.String]) }), [
    Schema.Record(Schema.String, Schema.Unknown)
  ])
)

const readVehicles = Schema.decodeUnknownResult(Seeded)

const readRecords = Schema.decodeUnknownResult(
  Schema.Struct(Object.fromEntries(collectionNames.map((name) => [name, Schema.optional(Seeded)]))),
  strict
)

/** The names of all options. The compiler refuses this table if one is missing. */
export const optionNames: { readonly [Name in keyof Required<ServeOptions>]: true } = {
  accounts: true,
  vehicles: true,
  records: true,
  accessTokenLifetime: true,
  refreshTokenLifetime: true,
  rotation: true,
  rotationGrace: true,
  revokeFamilyOnReuse: true,
  seed: true,
  clock: true,
  signing: true,
  issuedAtClaim: true,
  onRequest: true,
  port: true,
  host: true
}

const millis = (option: string, input: Duration.Input | undefined, fallback: number, least: number): number => {
  if (input === undefined) return fallback
  const duration = Option.getOrUndefined(Duration.fromInput(input))
  const value = duration === undefined ? Number.NaN : Duration.toMillis(duration)
  if (!Number.isFinite(value) || value < least) {
    throw new FakeLinxioOptionError({ option, issue: `must be a finite duration of at least ${least} ms` })
  }
  return value
}

/** The options with their defaults. Throws a `FakeLinxioOptionError`, so that nothing is started with a wrong option. */
export const resolve = (options: FakeLinxioOptions): Settings => {
  for (const option of Object.keys(options)) {
    if (!Object.hasOwn(optionNames, option)) {
      throw new FakeLinxioOptionError({
        option,
        issue: `does not exist. The options are ${Object.keys(optionNames).join(", ")}`
      })
    }
  }
  const accounts: ReadonlyArray<Account> = options.accounts ?? [defaultAccount]
  const checkedAccounts = readAccounts(accounts)
  if (Result.isFailure(checkedAccounts)) {
    throw new FakeLinxioOptionError({ option: "accounts", issue: explain(checkedAccounts.failure) })
  }
  const vehicles =
    options.vehicles ?? [1, 2, 3].map((id) => ({ id, regNo: `LNX-00${id}`, model: "Hilux", status: "active" }))
  const checkedVehicles = readVehicles(vehicles)
  if (Result.isFailure(checkedVehicles)) {
    throw new FakeLinxioOptionError({ option: "vehicles", issue: explain(checkedVehicles.failure) })
  }
  const records = options.records ?? {}
  const checkedRecords = readRecords(records)
  if (Result.isFailure(checkedRecords)) {
    throw new FakeLinxioOptionError({ option: "records", issue: explain(checkedRecords.failure) })
  }
  const emails = new Set(accounts.map((account) => account.email))
  if (emails.size !== accounts.length) {
    throw new FakeLinxioOptionError({ option: "accounts", issue: "two accounts have the same email" })
  }
  const seed = options.seed ?? 0
  if (!Number.isSafeInteger(seed)) {
    throw new FakeLinxioOptionError({ option: "seed", issue: "must be a whole number" })
  }
  if (options.signing !== undefined && options.signing !== "fake" && options.signing !== "rs256") {
    throw new FakeLinxioOptionError({ option: "signing", issue: `must be "fake" or "rs256"` })
  }
  return {
    accounts: accounts.map((account, index) => ({ ...account, id: account.id ?? index + 1 })),
    vehicles,
    records: {
      ...defaultRecords,
      ...Object.fromEntries(Object.entries(records).filter(([, given]) => given !== undefined))
    },
    accessTokenLifetime: millis("accessTokenLifetime", options.accessTokenLifetime, 86_400_000, 1000),
    refreshTokenLifetime: millis("refreshTokenLifetime", options.refreshTokenLifetime, 30 * 86_400_000, 1000),
    rotation: options.rotation ?? false,
    rotationGrace: millis("rotationGrace", options.rotationGrace, 0, 0),
    revokeFamilyOnReuse: options.revokeFamilyOnReuse ?? false,
    seed,
    clock: options.clock,
    signing: options.signing,
    issuedAtClaim: options.issuedAtClaim ?? true
  }
}
