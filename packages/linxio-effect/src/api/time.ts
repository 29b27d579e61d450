/**
 * Times as Linxio writes them and as callers give them. A time of Linxio is a hint: one that cannot be read is
 * unknown, and fails nothing.
 */
/** The end of the year 9999, the last that ISO-8601 writes with four digits. What is later is in another unit, or no time. */
export const latestTime = 253_402_300_799_999

/** A moment in milliseconds since the epoch, from ISO-8601 text, a `Date` or milliseconds; undefined where it is unknown. */
export const timeOf = (input: unknown): number | undefined => {
  const time = read(input)
  return time >= 0 && time <= latestTime ? time : undefined
}

/** A moment as text: verbatim where it is text already. Undefined where `timeOf` would not read it. */
export const textOf = (input: unknown): string | undefined => {
  const time = timeOf(input)
  if (time === undefined) return undefined
  return typeof input === "string" ? input : new Date(time).toISOString()
}

/** Whether this is a time at all, be it out of range. */
export const isTime = (input: unknown): boolean => !Number.isNaN(read(input))

/** Milliseconds, however far away; NaN for what is no time. */
const read = (input: unknown): number => {
  if (typeof input === "number") return input
  if (typeof input === "string") return readText(input)
  try {
    return Object.prototype.toString.call(input) === "[object Date]" ? Number(input) : Number.NaN
  } catch {
    return Number.NaN // whatever it is, it throws while it is read (F-28)
  }
}

const iso =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)? ?(?:([+-]\d\d):?(\d\d)?|Z|UTC|GMT)?)?$/i

/** Text without an offset is UTC: `Date.parse` would take the time zone of the machine. So would it for any other text, unless that names GMT. */
const readText = (text: string): number => {
  const parts = iso.exec(text)
  if (parts === null) return text.includes("GMT") ? Date.parse(text) : Number.NaN
  const [, date, clock = "00:00", seconds = "00", fraction = "0", hours = "+00", minutes = "00"] = parts
  return Date.parse(`${date}T${clock}:${seconds}.${fraction}${hours}:${minutes}`)
}
