/** What a server sends back is kept, and every secret in it is not. */
import { describe, expect, it } from "@effect/vitest"
import { inspect } from "node:util"
import { codeOf, scrubCause, scrubJson, scrubText, wordsOf } from "../../src/errors/scrub.ts"
import { secretsIn } from "../../src/errors/secrets.ts"

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"

describe("text", () => {
  it("loses every JWT and bearer, whoever they belong to (I-32)", () => {
    expect(scrubText(`Token ${jwt} and Bearer abc.def`, [])).toBe("Token <redacted> and Bearer <redacted>")
  })

  const secret = `s'e"c<r>e&t/ é+1`
  const forms: Readonly<Record<string, string>> = {
    "as it is": secret,
    "as a URL component": encodeURIComponent(secret),
    "as a form value": new URLSearchParams({ a: secret }).toString().slice(2),
    "inside JSON": JSON.stringify(secret).slice(1, -1),
    "inside JSON with escaped slashes": JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
    "inside JSON in ASCII": JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/").replaceAll("é", "\\u00e9"),
    "in HTML": secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;"),
    "in HTML with escaped quotes": secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#039;")
  }
  for (const [form, text] of Object.entries(forms)) {
    it(`loses a known secret that is written ${form} (I-32)`, () => {
      expect(scrubText(`before ${text} after`, [secret])).toBe("before <redacted> after")
    })
  }

  it("loses the whole of a secret that begins with another one (I-32)", () => {
    expect(scrubText("got abcd-1234", ["abcd", "abcd-1234"])).toBe("got <redacted>")
  })

  it("keeps the words around a secret that is too short to look for", () => {
    expect(scrubText("1 of 12 vehicles", ["1"])).toBe("1 of 12 vehicles")
    expect(scrubText("1", ["1"])).toBe("<redacted>")
  })
})

describe("a JSON body", () => {
  it("loses the values of fields with a secret's name, at any depth (I-32)", () => {
    const body = {
      a: { Password: "x", list: [{ refreshToken: "y", ok: 1 }] },
      "set-cookie": "z",
      otp: 123_456,
      apiKey: "k"
    }
    expect(scrubJson(body, [])).toEqual({
      a: { Password: "<redacted>", list: [{ refreshToken: "<redacted>", ok: 1 }] },
      "set-cookie": "<redacted>",
      otp: "<redacted>",
      apiKey: "<redacted>"
    })
  })

  it("keeps what only sounds like a secret", () => {
    const body = { otp_required: true, code: 401, token: null, passed: 3, message: "Invalid JWT Token" }
    expect(scrubJson(body, [])).toEqual(body)
  })

  it("loses known secrets under any name, as a key and as a number (I-32)", () => {
    expect(scrubJson({ echo: "you sent hunter22", hunter22: 1, n: 987_654 }, ["hunter22", "987654"])).toEqual({
      echo: "you sent <redacted>",
      "<redacted>": 1,
      n: "<redacted>"
    })
  })

  it("is cut where a hostile server nests or repeats without end", () => {
    let deep: unknown = "x"
    for (let i = 0; i < 1000; i++) deep = [deep]
    expect(JSON.stringify(scrubJson(deep, [])).length).toBeLessThan(100)
    expect(
      JSON.stringify(
        scrubJson(
          Array.from({ length: 5000 }, () => 1),
          []
        )
      ).length
    ).toBeLessThan(1000)
    expect(JSON.stringify(scrubJson("x".repeat(100_000), [])).length).toBeLessThan(5000)
  })
})

describe("the secrets of a request", () => {
  it("are found in its body by the names of their fields", () => {
    expect(secretsIn({ email: "a@b.c", password: "p", code: 123_456, nested: { refreshToken: "r" } })).toEqual([
      "p",
      "123456",
      "r"
    ])
    expect(secretsIn("text")).toEqual([])
    expect(secretsIn({ password: "" })).toEqual([])
  })
})

describe("a cause", () => {
  it("keeps names, codes and scrubbed messages down the chain, and nothing else (I-32)", () => {
    const inner = Object.assign(new Error("connect to hunter22 failed"), { code: "ECONNRESET", headers: "hunter22" })
    const copy = scrubCause(
      Object.assign(new TypeError("fetch failed: hunter22", { cause: inner }), { request: "hunter22" }),
      ["hunter22"]
    )
    expect(copy).toMatchObject({ name: "TypeError", message: "fetch failed: <redacted>" })
    expect(copy?.cause).toMatchObject({ message: "connect to <redacted> failed", code: "ECONNRESET" })
    expect(inspect(copy, { depth: Infinity, showHidden: true })).not.toContain("hunter22")
  })

  it("that leads back to itself ends", () => {
    const error = new Error("round")
    error.cause = error
    expect(scrubCause(error, [])?.message).toBe("round")
  })

  it("that is no error is dropped", () => {
    expect(scrubCause("hunter22", [])).toBeUndefined()
  })

  it("shows its code wherever in the chain it is", () => {
    const refused = Object.assign(new Error("x"), { code: "ECONNREFUSED" })
    expect(codeOf(new TypeError("fetch failed", { cause: new AggregateError([new Error("y"), refused]) }))).toBe(
      "ECONNREFUSED"
    )
    expect(codeOf(new Error("x"))).toBeUndefined()
  })
})

describe("the words of a cause, which go into a message", () => {
  it("lose secrets and the queries of addresses, and are short (I-32)", () => {
    expect(wordsOf(new Error(`no way to https://x.test/a?pin=4711#b "http://y.test?q" with ${jwt}`))).toBe(
      `no way to https://x.test/a "http://y.test" with <redacted>`
    )
    expect(wordsOf(new Error("no way to https://user:hunter22@x.test/a"))).toBe("no way to https://x.test/a")
    expect(wordsOf("the password is hunter2", ["hunter2"])).toBe("the password is <redacted>")
    expect(wordsOf("x".repeat(999))?.length).toBe(201)
  })

  it("are none where nothing was said", () => {
    for (const nothing of [undefined, null, "", 0, {}, new Error("")]) expect(wordsOf(nothing)).toBeUndefined()
  })
})
