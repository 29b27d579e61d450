/** Draws of one record. They depend on the seed and on the record alone, so that a larger fleet begins with the records of a smaller one. */
import { sequence } from "../state/seededRandom.ts"

export interface Draw {
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number
  /** One of a list. */
  readonly of: <A>(list: readonly [A, ...ReadonlyArray<A>]) => A
  /** True that often, from 0 to 1. */
  readonly chance: (often: number) => boolean
  /** A position within about ten kilometres. */
  readonly near: (site: Position) => Position
}

/** Degrees, with five decimals. */
export interface Position {
  readonly lat: number
  readonly lng: number
}

const degrees = (value: number): number => Math.round(value * 1e5) / 1e5

export const drawOf = (seed: number, kind: string, id: number): Draw => {
  const next = sequence(seed, `${kind}:${id}`)
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    whole,
    of: (list) => list[whole(0, list.length - 1)] ?? list[0],
    chance: (often) => next() < often,
    near: ({ lat, lng }) => ({ lat: degrees(lat + (next() - 0.5) / 5), lng: degrees(lng + (next() - 0.5) / 5) })
  }
}
