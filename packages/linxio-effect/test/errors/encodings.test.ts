/** A secret is found however a server writes it back: in one encoding, or in one inside another (F-8). */
import { describe, expect, it } from "@effect/vitest"
import { scrubJson, scrubText } from "../../src/errors/scrub.ts"
import { tokensIn } from "../../src/errors/tokens.ts"

const secret = `s'e"c<r>e&t/ é+1*(x)!`

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const percent = (text: string, hex: (byte: number) => string): string =>
  Array.from(utf8(text), (byte) =>
    /[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : hex(byte)
  ).join("")
const each = (text: string, write: (code: number) => string): string =>
  [...text].map((one) => (/\w/.test(one) ? one : write(one.codePointAt(0) ?? 0))).join("")
const base64 = (text: string): string => Buffer.from(text).toString("base64")

/** How one thing writes a text; what is combined below is every pair of them. */
const writers: Readonly<Record<string, (text: string) => string>> = {
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON of PHP": (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll("/", "\\/")
      .replaceAll(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "JSON that is safe in a page": (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[<>&'+]/g, (one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`),
  "a URL": encodeURIComponent,
  "a URL with everything encoded": (text) =>
    percent(text, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`),
  "a URL in lower case": (text) => percent(text, (byte) => `%${byte.toString(16).padStart(2, "0")}`),
  "a form": (text) => new URLSearchParams({ a: text }).toString().slice(2),
  HTML: (text) =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#039;"),
  "HTML with decimal references": (text) => each(text, (code) => `&#${code};`),
  "HTML with hexadecimal references": (text) => each(text, (code) => `&#x${code.toString(16)};`),
  JavaScript: (text) => each(text, (code) => `\\x${code.toString(16).padStart(2, "0")}`)
}

describe("a secret", () => {
  for (const [outer, write] of Object.entries(writers)) {
    it(`is found in ${outer} (F-8)`, () => {
      expect(scrubText(`before ${write(secret)} after`, [secret])).toBe("before <redacted> after")
    })
    for (const [inner, first] of Object.entries(writers)) {
      it(`is found in ${inner} inside ${outer} (F-8)`, () => {
        expect(scrubText(`before ${write(first(secret))} after`, [secret])).toBe("before <redacted> after")
      })
    }
  }

  it("is found as base64, also url-safe, and as hexadecimal digits (F-8)", () => {
    const standard = base64(secret)
    const urlSafe = standard.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
    const hex = Buffer.from(secret).toString("hex")
    for (const form of [standard, urlSafe, encodeURIComponent(standard), hex, hex.toUpperCase()]) {
      expect(scrubText(`before "${form}" after`, [secret])).toBe('before "<redacted>" after')
    }
  })

  it("is found in the base64 of something longer, wherever it begins there (F-8)", () => {
    for (const before of ["", "u", "us", "use", "user@example.test:"]) {
      for (const after of ["", "x", "xy", "xyz"]) {
        const text = scrubText(`Basic ${base64(`${before}hunter-2-and-3${after}`)} end`, ["hunter-2-and-3"])
        expect(text).toBe("Basic <redacted> end")
      }
    }
  })

  it("takes nothing of the text around it, nor of a text that only has escapes (F-8)", () => {
    const text = 'in <b>50 %</b> of &amp; 100%25 "C:\\new" é &eacute; &unknown; %zz \\u12 1+1'
    expect(scrubText(text, [secret])).toBe(text)
    expect(scrubText(`${text}hunter22${text}`, ["hunter22"])).toBe(`${text}<redacted>${text}`)
  })

  it("that was parted by the cut of a long text shows no part of itself (F-5, I-32)", () => {
    const word = "CANARY-CANARY-CANARY"
    for (let length = 16_384 - 3 * word.length; length <= 16_384; length += 7) {
      // What goes before is redacted, so that the end of what was looked at comes within what is shown.
      const text = `${`eyJhbGciOiJ9.eyJzdWIi.${"c2ln".repeat(100)} `.repeat(60)}`.slice(0, length - 1)
      expect(scrubText(`${text} ${word} ${"x".repeat(100_000)}`, [word])).not.toContain("CANARY")
    }
  })
})

describe("scrubbing", () => {
  /** The least of some runs, in milliseconds: a busy machine makes a run slower, never faster. */
  const timeOf = (run: () => unknown): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const start = performance.now()
        run()
        return performance.now() - start
      })
    )
  const hostile: Readonly<Record<string, (length: number) => string>> = {
    "-eyJ": (length) => "-eyJ".repeat(length / 4),
    "eyJ and dots": (length) => "eyJ.".repeat(length / 4),
    "one word": (length) => "a".repeat(length),
    "Bearer and spaces": (length) => `Bearer${" ".repeat(length - 6)}`,
    "Bearer and Bearer": (length) => "Bearer ".repeat(length / 7),
    "percent signs": (length) => "%41".repeat(length / 3),
    backslashes: (length) => "\\".repeat(length),
    ampersands: (length) => "&amp;".repeat(length / 5),
    addresses: (length) => "://".repeat(length / 3),
    "the beginning of a secret": (length) => "aaab".repeat(length / 4)
  }
  for (const [name, make] of Object.entries(hostile)) {
    it(`of ${name} without end takes time that grows with the length, up to a limit (F-5)`, () => {
      const secrets = ["aaaa", `${"a".repeat(40)}c`, "%%%%\\\\&&"]
      const run = (length: number) => timeOf(() => scrubText(make(length), secrets))
      run(4_000)
      // Twelve times as long; a quadratic pattern takes a hundred and forty-four times as long.
      expect(run(96_000)).toBeLessThan(60 * Math.max(run(8_000), 0.2))
      const tokens = (length: number) => timeOf(() => tokensIn(make(length)))
      tokens(4_000)
      expect(tokens(96_000)).toBeLessThan(60 * Math.max(tokens(8_000), 0.05))
    })
  }

  it("of a body with any number of texts has a limit for all of them (F-5)", () => {
    const wide = (depth: number): unknown =>
      depth === 0 ? "-eyJ".repeat(1_000) : Array.from({ length: 60 }, () => wide(depth - 1))
    const shown = JSON.stringify(scrubJson(wide(2), ["hunter22"]))
    expect(shown.length).toBeLessThan(200_000)
  })
})

describe("what Linxio says is wrong with a field", () => {
  it("is kept under the name of a secret, and the secret itself is not (F-10)", () => {
    const body = {
      errors: [
        { code: 422, title: "ValidationException", detail: { password: "is required", email: "hunter22 is none" } }
      ]
    }
    expect(scrubJson(body, ["hunter22"])).toEqual({
      errors: [
        { code: 422, title: "ValidationException", detail: { password: "is required", email: "<redacted> is none" } }
      ]
    })
    expect(
      scrubJson({ error: "invalid", errors: { password: ["is too short", "hunter22 is known"] } }, ["hunter22"])
    ).toEqual({
      error: "invalid",
      errors: { password: ["is too short", "<redacted> is known"] }
    })
  })

  it("is no place for a token (I-32)", () => {
    expect(
      scrubJson({ errors: { token: "0123456789abcdef0123456789abcdef" }, detail: { cookie: { a: "b" } } }, [])
    ).toEqual({
      errors: { token: "<redacted>" },
      detail: { cookie: "<redacted>" }
    })
  })
})
