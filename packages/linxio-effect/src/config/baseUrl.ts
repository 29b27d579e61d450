/** The check of the base URL. */
import { refuse } from "./checks.ts"

/** Checks the base URL, the only address that tokens are sent to. */
export const baseUrlOf = (input: string | URL, allowInsecure: boolean): URL => {
  const text = String(input)
  if (!URL.canParse(text)) refuse("baseUrl", "is not a URL: give something like https://api.linxio.com/api")
  const url = new URL(text)
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse("baseUrl", "must begin with https:// or http://")
  if (url.username !== "" || url.password !== "") refuse("baseUrl", "must not carry a user name or a password")
  if (url.search !== "" || url.hash !== "") refuse("baseUrl", "must not carry a query or a fragment")
  if (url.protocol === "http:" && !allowInsecure && !isLoopback(url.hostname)) {
    refuse("baseUrl", "is plain http, which would send tokens in the clear: use https, or set allowInsecure: true")
  }
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/`
  return url
}

/** Hosts that never leave the machine (RFC 6761, section 6.3; RFC 1122, section 3.2.1.3). */
const isLoopback = (hostname: string): boolean => /^(localhost|.*\.localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(hostname)
