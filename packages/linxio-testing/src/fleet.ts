/** A fleet of any size for the embedded Linxio. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { explain, strict } from "./config/explain.ts"
import { FakeLinxioOptionError } from "./FakeLinxioError.ts"
import { recordsOf } from "./fleet/records.ts"
import { vehicleOf } from "./fleet/vehicles.ts"
import type { Records, SeededVehicle } from "./Options.ts"

/** What a fleet is made from. */
export interface FleetOptions {
  /** How many vehicles, from 0 to 1,000,000; the other records follow. A vehicle with all of its records takes about 2 kB of memory. @default 200 */
  readonly vehicles?: number | undefined
  /** A whole number. The same seed gives the same fleet, and the vehicles of a smaller fleet are the first ones of a larger one. @default 0 */
  readonly seed?: number | undefined
  /** The moment of the last positions, in epoch milliseconds. @default 2026-01-05T08:00:00Z, so that the fleet is the same on each day */
  readonly now?: number | undefined
}

/** Two options of the embedded Linxio. */
export interface Fleet {
  readonly vehicles: ReadonlyArray<SeededVehicle>
  readonly records: Records
}

const monday = Date.UTC(2026, 0, 5, 8)

const whole = (minimum: number, maximum: number) =>
  Schema.optional(Schema.Int.check(Schema.isBetween({ minimum, maximum })))

const readOptions = Schema.decodeUnknownResult(
  Schema.Struct({
    vehicles: whole(0, 1_000_000),
    seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    // The times of JavaScript, without the years that have another format.
    now: whole(0, Date.UTC(9999, 0))
  }),
  strict
)

/**
 * A plausible fleet: vehicles with drivers, devices, depots, groups, positions and totals of the day, and around them sensors with readings, geofences, fuel
 * transactions and the rest. The names are invented. Throws a `FakeLinxioOptionError` for an invalid option.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { defaultAccount, FakeLinxio, fleet } from "linxio-testing"
 *
 * const fake = FakeLinxio.inMemory(fleet({ vehicles: 20_000, seed: 1 }))
 * const linxio = createClient({ fetch: fake.fetch })
 * await linxio.auth.login(defaultAccount)
 * const { data } = await linxio.vehicles.count()
 * console.log(data?.count) // => 20000
 * ```
 */
export const fleet = (options: FleetOptions = {}): Fleet => {
  const checked = readOptions(options)
  if (Result.isFailure(checked)) {
    throw new FakeLinxioOptionError({ option: "fleet", issue: explain(checked.failure) })
  }
  const { now = monday, seed = 0, vehicles: size = 200 } = options
  const vehicles = Array.from({ length: size }, (_, index) => vehicleOf(seed, index + 1, now))
  return { vehicles, records: recordsOf({ vehicles, seed, now }) }
}
