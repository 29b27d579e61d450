/**
 * Times from Linxio and from callers. A time from Linxio is a hint: an invalid one is unknown and does not cause an error.
 */
/** The end of the year 9999, the last year with four digits in ISO-8601. A later time is in another unit, or invalid. */
export const latestTime = 253_402_300_799_999

/** A time in milliseconds since the epoch, from ISO-8601 text, a `Date` or milliseconds; undefined if it is unknown. */
export const timeOf = (input: unknown): number | undefined => {
  const time = read(input)
  return time >= 0 && time <= latestTime ? time : undefined
}

/** A time as text; text is returned unchanged. Undefined if `timeOf` cannot read it. */
export const textOf = (input: unknown): string | undefined => {
  const time = timeOf(input)
  if (time === undefined) return undefined
  return typeof input === "string" ? input : new Date(time).toISOString()
}

/** Whether this is a time, even one out of range. */
export const isTime = (input: unknown): boolean => !Number.isNaN(read(input))

/** Milliseconds since the epoch, in any range; NaN if the value is not a time. */
const read = (input: unknown): number => {
  if (typeof input === "number") return input
  if (typeof input === "string") return readText(input)
  try {
    return Object.prototype.toString.call(input) === "[object Date]" ? Number(input) : Number.NaN
  } catch {
    return Number.NaN // a getter or proxy of the caller threw (F-28)
  }
}

const iso =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)? ?(?:([+-]\d\d):?(\d\d)?|Z|UTC|GMT)?)?$/i

/** Text without an offset is UTC; `Date.parse` would use the time zone of the machine, also for other formats that do not name GMT. */
const readText = (text: string): number => {
  const parts = iso.exec(text)
  if (parts === null) return text.includes("GMT") ? Date.parse(text) : Number.NaN
  const [, date, clock = "00:00", seconds = "00", fraction = "0", hours = "+00", minutes = "00"] = parts
  return Date.parse(`${date}T${clock}:${seconds}.${fraction}${hours}:${minutes}`)
}
