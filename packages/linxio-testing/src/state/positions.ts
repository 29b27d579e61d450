/**
 * Where a vehicle is, and how far it has driven: functions of its id and of the time, so that the same clock gives the same answers. Every vehicle
 * drives one closed loop each hour; they start at different minutes.
 */
import * as SeededRandom from "./seededRandom.ts"

type Id = number | string

/** A vehicle at a moment. */
export interface Position {
  /** Epoch milliseconds. */
  readonly at: number
  /** Degrees north. */
  readonly lat: number
  /** Degrees east. */
  readonly lng: number
  /** Kilometres per hour. */
  readonly speed: number
  /** Degrees clockwise from north; while the vehicle stands, the last one. */
  readonly heading: number
}

/** A drive or a stop. */
export interface Trip {
  /** Unique among the trips of a vehicle, and rises with the time. */
  readonly ordinal: number
  readonly type: "driving" | "stopped" | "idle"
  readonly start: Position
  readonly startAddress: string
  /** Where it ended, or where the vehicle is now. */
  readonly finish: Position
  readonly finishAddress: string
  /** Metres. */
  readonly distance: number
}

const minute = 60_000
const hour = 60 * minute

/** The loop: the minute of the hour, degrees north, degrees east. */
const wayPoints = [
  [0, -31.9523, 115.8613],
  [5, -31.944, 115.87],
  [10, -31.933, 115.879],
  [15, -31.921, 115.893],
  [20, -31.909, 115.905],
  [35, -31.909, 115.905],
  [40, -31.915, 115.885],
  [45, -31.928, 115.868],
  [50, -31.942, 115.856],
  [55, -31.9523, 115.8613],
  [60, -31.9523, 115.8613]
] as const

/** What the vehicle does in the loop, until which minute. */
const parts = [
  { type: "driving", from: 0, until: 20, startAddress: "1 Depot Road", finishAddress: "12 Harbour Street" },
  { type: "stopped", from: 20, until: 35, startAddress: "12 Harbour Street", finishAddress: "12 Harbour Street" },
  { type: "driving", from: 35, until: 55, startAddress: "12 Harbour Street", finishAddress: "1 Depot Road" },
  { type: "idle", from: 55, until: 60, startAddress: "1 Depot Road", finishAddress: "1 Depot Road" }
] as const

/** Metres in a degree of latitude. */
const degree = 111_195

/** The straight lines of the loop. The earth is flat enough within a city. */
const lines = wayPoints.slice(1).map((to, index) => {
  const from = wayPoints[index] ?? to
  const north = (to[1] - from[1]) * degree
  const east = (to[2] - from[2]) * degree * Math.cos((from[1] * Math.PI) / 180)
  return { from, to, length: Math.hypot(north, east), heading: (Math.atan2(east, north) * 180) / Math.PI }
})

const loopLength = lines.reduce((sum, { length }) => sum + length, 0)

/** The time on the vehicle's own clock: at its full hours it starts a loop. */
const ownTime = (vehicleId: Id, at: number): number =>
  at + Math.floor(SeededRandom.fraction(0, `position:${vehicleId}`) * 60) * minute

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

/** The position at a moment, and the metres driven since the clock's first loop. */
const drive = (vehicleId: Id, at: number): { readonly position: Position; readonly metres: number } => {
  const own = ownTime(vehicleId, at)
  const loop = Math.floor(own / hour)
  const minutes = (own - loop * hour) / minute
  const position = { at, lat: 0, lng: 0, speed: 0, heading: 0 }
  let metres = loop * loopLength
  for (const { from, heading, length, to } of lines) {
    const part = Math.min(1, (minutes - from[0]) / (to[0] - from[0]))
    position.lat = rounded(from[1] + (to[1] - from[1]) * part, 6)
    position.lng = rounded(from[2] + (to[2] - from[2]) * part, 6)
    position.speed = rounded(((length / (to[0] - from[0])) * 60) / 1000, 0)
    if (length > 0) position.heading = rounded((heading + 360) % 360, 0)
    metres += length * part
    if (minutes < to[0]) break
  }
  return { position, metres }
}

/** Where the vehicle is at a moment. */
export const positionAt = (vehicleId: Id, at: number): Position => drive(vehicleId, at).position

/** From then on the odometers grow. */
const firstDay = Date.parse("2026-01-01T00:00:00Z")

/** How far the vehicle has driven since the first day of 2026, in whole metres; 0 before. */
export const drivenUntil = (vehicleId: Id, at: number): number =>
  Math.max(0, Math.round(drive(vehicleId, at).metres - drive(vehicleId, firstDay).metres))

/** The positions at each full minute of a range, its ends included. */
export const positionsBetween = (vehicleId: Id, from: number, to: number): ReadonlyArray<Position> => {
  const positions: Array<Position> = []
  for (let at = Math.ceil(from / minute) * minute; at <= to; at += minute) positions.push(positionAt(vehicleId, at))
  return positions
}

/** The drives and stops that a range touches, as far as they have begun. None is cut by the range; one that goes on ends now. */
export const tripsBetween = (vehicleId: Id, from: number, to: number, now: number): ReadonlyArray<Trip> => {
  const trips: Array<Trip> = []
  const ahead = ownTime(vehicleId, 0)
  const last = Math.min(to, now)
  for (let loop = Math.floor((from + ahead) / hour); loop * hour - ahead < last; loop++) {
    for (const [index, { from: start, until, ...part }] of parts.entries()) {
      const begins = loop * hour + start * minute - ahead
      const ends = Math.min(loop * hour + until * minute - ahead, now)
      if (begins >= last || ends <= from) continue
      trips.push({
        ...part,
        ordinal: loop * parts.length + index,
        start: positionAt(vehicleId, begins),
        finish: positionAt(vehicleId, ends),
        distance: Math.round(drive(vehicleId, ends).metres - drive(vehicleId, begins).metres)
      })
    }
  }
  return trips
}
