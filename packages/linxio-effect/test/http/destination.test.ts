/** Where a request may go: below the configured base URL, and nowhere else. */
import { describe, expect, it } from "@effect/vitest"
import { LinxioValidationError } from "linxio-effect"
import { destinationOf } from "../../src/http/destination.ts"

const base = new URL("https://api.linxio.test/api/")

describe("a path", () => {
  const accepted: ReadonlyArray<readonly [input: string, url: string, path: string]> = [
    ["/vehicles", "https://api.linxio.test/api/vehicles", "/vehicles"],
    ["vehicles", "https://api.linxio.test/api/vehicles", "/vehicles"],
    ["/vehicles?from=../x", "https://api.linxio.test/api/vehicles?from=../x", "/vehicles"],
    ["/files/a%2Fb", "https://api.linxio.test/api/files/a%2Fb", "/files/a%2Fb"],
    ["/files/..a;b", "https://api.linxio.test/api/files/..a;b", "/files/..a;b"],
    ["/files/a..b", "https://api.linxio.test/api/files/a..b", "/files/a..b"],
    ["/at/12:30", "https://api.linxio.test/api/at/12:30", "/at/12:30"],
    ["https://api.linxio.test/api/vehicles?x=1", "https://api.linxio.test/api/vehicles?x=1", "/vehicles"],
    ["https://api.linxio.test:443/api/vehicles", "https://api.linxio.test/api/vehicles", "/vehicles"]
  ]
  for (const [input, url, path] of accepted) {
    it(`${input} leads to ${url}, and is known without its query`, () => {
      const destination = destinationOf(base, input)
      if (destination instanceof LinxioValidationError) throw destination
      expect(destination.href).toBe(url)
      expect(destination.path).toBe(path)
    })
  }

  const refused = [
    "https://evil.test/api/vehicles",
    "http://api.linxio.test/api/vehicles",
    "https://api.linxio.test:8443/api/vehicles",
    "https://api.linxio.test.evil.test/api/vehicles",
    "https://api.linxio.test@evil.test/api/vehicles",
    "https://user:pw@api.linxio.test/api/vehicles",
    "https://api.linxio.test/other",
    "https://api.linxio.test/apixyz",
    "https:/\\evil.test",
    "//evil.test/vehicles",
    "/\\evil.test/vehicles",
    "\\\\evil.test",
    "/\t/evil.test",
    "/vehicles\r\nX-Admin: 1",
    "\u0000/vehicles",
    "/../admin",
    "/vehicles/../../admin",
    "/vehicles/..",
    "/./vehicles",
    "/%2e%2e/admin",
    "/.%2E/admin",
    "/..%2fadmin",
    "/vehicles%2F..%2fadmin",
    "/vehicles/..%5cadmin",
    "/..;/admin",
    "/..;x=1/admin",
    "/..%3b/admin",
    "/%252e%252e/admin",
    "/..%252fadmin",
    "javascript:alert(1)",
    "data:text/plain,x",
    "blob:https://api.linxio.test/api/1"
  ]
  for (const input of refused) {
    it(`${JSON.stringify(input)} is refused (I-33, F-28)`, () => {
      expect(destinationOf(base, input)).toBeInstanceOf(LinxioValidationError)
    })
  }
})
