/** The checks of single options: each names the option that it refuses. */
import { LinxioConfigurationError } from "../LinxioError.ts"

/** The longest timer: Node fires a longer one at once (I-26). */
const longestTimer = 2_147_483_647

export function refuse(option: string, issue: string): never {
  throw new LinxioConfigurationError({ option, issue })
}

const number = (
  option: string,
  value: unknown,
  fallback: number,
  least: number,
  most: number,
  issue: string
): number => {
  if (value === undefined) return fallback
  if (typeof value !== "number" || !(value >= least && value <= most)) refuse(option, issue)
  return value
}

/** Checks a time limit. */
export const milliseconds = (option: string, value: unknown, fallback: number): number =>
  number(option, value, fallback, 1, longestTimer, `must be a number of milliseconds from 1 to ${longestTimer}`)

export const atLeastZero = (option: string, value: unknown, fallback: number): number =>
  number(option, value, fallback, 0, longestTimer, `must be a number of milliseconds from 0 to ${longestTimer}`)

/** The longest text that a runtime can hold (V8, in code units). */
const mostBytes = 536_870_888

export const bytes = (option: string, value: unknown, fallback: number): number =>
  number(option, value, fallback, 1, mostBytes, `must be a number of bytes from 1 to ${mostBytes}`)

export const count = (option: string, value: unknown, fallback: number): number => {
  const issue = "must be a whole number, 0 or more"
  const checked = number(option, value, fallback, 0, Number.MAX_SAFE_INTEGER, issue)
  if (!Number.isInteger(checked)) refuse(option, issue)
  return checked
}
