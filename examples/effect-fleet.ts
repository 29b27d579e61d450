/**
 * An Effect application on three services of its own: where vehicles are, which of them are inside a geofence, and a report of both. It runs against an
 * embedded Linxio, and once more with doubles in place of Linxio, as a unit test would.
 *
 * With `FetchHttpClient.layer` in place of `FakeLinxio.layer()`, and `Linxio.layerConfig()`, it runs against Linxio itself. CI runs it as it stands
 * (`npm run check -- docs`).
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Auth, Geofences, Linxio, type LinxioFailure, Vehicles } from "linxio-effect"
import { defaultAccount, FakeLinxio } from "linxio-testing"

interface Place {
  readonly name: string
  readonly lat: number
  readonly lng: number
}

/** The last known position of each vehicle. */
class Positions extends Context.Service<Positions, { readonly all: Stream.Stream<Place, LinxioFailure> }>()(
  "app/Positions"
) {
  static readonly layer = Layer.effect(
    Positions,
    Effect.map(Vehicles, (vehicles) => ({
      all: vehicles.stream({ fields: ["id", "regNo", "lastCoordinates"] }, { prefetch: true }).pipe(
        Stream.flatMap(({ lastCoordinates, regNo }) => {
          const { lat, lng } = lastCoordinates ?? {}
          return typeof lat === "number" && typeof lng === "number"
            ? Stream.make({ name: regNo ?? "no plate", lat, lng })
            : Stream.empty
        })
      )
    }))
  )
}

/** The round geofences, and which of them hold a place. */
class Fences extends Context.Service<
  Fences,
  { readonly around: (place: Place) => Effect.Effect<ReadonlyArray<string>, LinxioFailure> }
>()("app/Fences") {
  static readonly layer = Layer.effect(
    Fences,
    Effect.gen(function* () {
      const geofences = yield* Geofences
      // Read once, with the first question.
      const circles = yield* Effect.cached(geofences.iterate())
      return {
        around: (place: Place) =>
          Effect.map(circles, ({ data }) =>
            data.flatMap(({ coordinates, name, radius }) => {
              const [centre] = coordinates ?? []
              const isInside = centre !== undefined && metres(place, centre) <= (radius ?? 0)
              return isInside ? [name ?? "no name"] : []
            })
          )
      }
    })
  )
}

const metres = (a: Place, b: { readonly lat?: number | null; readonly lng?: number | null }): number => {
  const north = ((b.lat ?? 0) - a.lat) * 111_320
  return Math.hypot(north, ((b.lng ?? 0) - a.lng) * 111_320 * Math.cos((a.lat * Math.PI) / 180))
}

/** A line for each vehicle. */
class Report extends Context.Service<Report, { readonly lines: Stream.Stream<string, LinxioFailure> }>()("app/Report") {
  static readonly layer = Layer.effect(
    Report,
    Effect.gen(function* () {
      const [positions, fences] = [yield* Positions, yield* Fences]
      return {
        lines: Stream.mapEffect(positions.all, (place) =>
          Effect.map(fences.around(place), (names) => `${place.name}: ${names.join() || "on the road"}`)
        )
      }
    })
  )
}

const App = Report.layer.pipe(Layer.provide(Layer.merge(Positions.layer, Fences.layer)))

const print = Effect.flatMap(Stream.runCollect(Stream.unwrap(Report.useSync((report) => report.lines))), (lines) =>
  Effect.sync(() => console.log(lines.join("\n")))
)

// Against an embedded Linxio, over the whole SDK.
const signedIn = Layer.effectDiscard(Auth.use((auth) => auth.login(defaultAccount))).pipe(
  Layer.provideMerge(Linxio.layer()),
  Layer.provide(FakeLinxio.layer({ vehicles: [{ id: 1, regNo: "LNX-001", lastCoordinates: { lat: -20, lng: 120 } }] }))
)
await Effect.runPromise(Effect.provide(print, Layer.provide(App, signedIn))) // => LNX-001: on the road

// With doubles of two services: no session, no request.
const doubles = Layer.merge(
  Vehicles.layerTest({ stream: () => Stream.make({ regNo: "TEST-1", lastCoordinates: { lat: 1, lng: 1 } }) }),
  Geofences.layerTest({
    iterate: () =>
      Effect.succeed({
        data: [{ name: "Depot", coordinates: [{ lat: 1, lng: 1 }], radius: 50 }],
        page: 1,
        meta: { page: 1 }
      })
  })
)
await Effect.runPromise(Effect.provide(print, Layer.provide(App, doubles))) // => TEST-1: Depot
