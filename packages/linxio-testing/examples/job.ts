/** The job under test, twice: as a promise user writes it, and with Effect. Replace it by yours. */
import * as Effect from "effect/Effect"
import { HttpClient } from "linxio-effect"
import type { LinxioClient } from "linxio-js"

/** Counts the vehicles every hour, as often as it is told. */
export const countVehicles = async (
  linxio: LinxioClient,
  pause: () => Promise<void>
): Promise<ReadonlyArray<unknown>> => {
  const first = await linxio.request("GET", "/vehicles/count")
  await pause()
  return [first, await linxio.request("GET", "/vehicles/count")]
}

/** The same job, with Effect: the pause is an hour of Effect's clock. */
export const countHourly = Effect.gen(function* () {
  const http = yield* HttpClient
  const count = Effect.flatMap(http.get("/vehicles/count"), (response) => response.json)
  const first = yield* count
  yield* Effect.sleep("1 hour")
  return [first, yield* count]
})
