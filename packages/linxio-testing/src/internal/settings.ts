/** Options, checked and completed. */
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { FakeLinxioOptionError } from "../FakeLinxioError.ts"
import { Account, defaultAccount } from "../Options.ts"
import type { FakeLinxioOptions, SeededVehicle } from "../Options.ts"

/** The options with their defaults filled in; durations in milliseconds. */
export interface Settings {
  readonly accounts: ReadonlyArray<Account & { readonly id: number | string }>
  readonly vehicles: ReadonlyArray<SeededVehicle>
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

const isAccounts = Schema.decodeUnknownOption(Schema.Array(Account))

const millis = (option: string, input: Duration.Input | undefined, fallback: number, least: number): number => {
  if (input === undefined) return fallback
  const duration = Option.getOrUndefined(Duration.fromInput(input))
  const value = duration === undefined ? Number.NaN : Duration.toMillis(duration)
  if (!Number.isFinite(value) || value < least) {
    throw new FakeLinxioOptionError({ option, issue: `needs a finite duration of at least ${least} ms` })
  }
  return value
}

/** Fills in the defaults; throws a `FakeLinxioOptionError` before anything is started. */
export const resolve = (options: FakeLinxioOptions): Settings => {
  const accounts: ReadonlyArray<Account> = options.accounts ?? [defaultAccount]
  if (Option.isNone(isAccounts(accounts))) {
    throw new FakeLinxioOptionError({
      option: "accounts",
      issue: "every account needs a non-empty email and password, and known flags only of the right type"
    })
  }
  const emails = new Set(accounts.map((account) => account.email))
  if (emails.size !== accounts.length) {
    throw new FakeLinxioOptionError({ option: "accounts", issue: "two accounts share an email" })
  }
  const seed = options.seed ?? 0
  if (!Number.isSafeInteger(seed)) {
    throw new FakeLinxioOptionError({ option: "seed", issue: "needs to be a whole number" })
  }
  if (options.signing !== undefined && options.signing !== "fake" && options.signing !== "rs256") {
    throw new FakeLinxioOptionError({ option: "signing", issue: `is "fake" or "rs256"` })
  }
  return {
    accounts: accounts.map((account, index) => ({ ...account, id: account.id ?? index + 1 })),
    vehicles:
      options.vehicles ?? [1, 2, 3].map((id) => ({ id, regNo: `LNX-00${id}`, model: "Hilux", status: "active" })),
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
