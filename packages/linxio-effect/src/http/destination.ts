/**
 * The URL of a request. It is always below the configured base URL, because the bearer token is sent there (I-33).
 */
import { LinxioValidationError } from "../LinxioError.ts"

export interface Destination {
  readonly href: string
  /** The path below the base URL, by which the contract knows an endpoint. */
  readonly path: string
}

/** The path as it is sent, for errors and logs. */
export const sentPath = (base: URL, path: string): string => base.pathname + path.slice(1)

/** A path without special characters, which needs no URL parser. */
const plainPath = /^\/?[\w~-]+(?:\/[\w~-]+)*$/

/**
 * A segment that is `.` or `..` after decoding once or twice, or without its parameter: a proxy may treat `..%2f` and `..;` as a path that leaves the
 * base URL.
 */
const dotSegment = /(?:^|[/\\]|%(?:25)*(?:2f|5c))(?:\.|%(?:25)*2e){1,2}(?:[/\\;]|%(?:25)*(?:2f|5c|3b)|$)/i

export const destinationOf = (base: URL, input: string): Destination | LinxioValidationError => {
  if (plainPath.test(input)) {
    const path = input.startsWith("/") ? input : `/${input}`
    return { href: base.href + path.slice(1), path }
  }
  const refuse = (issue: string) => new LinxioValidationError([{ field: "path", issue }])
  // The URL parser drops line breaks and tabs and reads a backslash as a slash: "/\t/host" would be another host.
  if (/[\u0000-\u001f\u007f\\]/.test(input)) return refuse("has a control character or a backslash in it")
  if (input.startsWith("//")) return refuse("begins with //, which would name another host")

  const absolute = /^[a-z][a-z\d+.-]*:/i.test(input)
  if (absolute && !URL.canParse(input)) return refuse("is not a valid URL")
  const url = absolute ? new URL(input) : new URL(base.href + input.replace(/^\//, ""))

  if (url.origin !== base.origin) return refuse("leads to another origin than the configured base URL")
  if (url.username !== "" || url.password !== "") return refuse("carries a user name or a password")
  const [beforeQuery = ""] = input.split(/[?#]/)
  if (dotSegment.test(beforeQuery)) return refuse("has a . or .. segment in it")
  if (!url.pathname.startsWith(base.pathname)) return refuse("leads outside the configured base URL")
  return { href: url.href, path: `/${url.pathname.slice(base.pathname.length)}` }
}
