/** What an aborted call says of the reason, which is the caller's own value. */
import { inspect } from "node:util"
import { createClient } from "linxio-js"
import { describe, expect, it } from "vitest"

const abortedWith = async (reason: unknown) => {
  const { error } = await createClient().auth.me({ signal: AbortSignal.abort(reason) })
  return error
}

describe("the message of an aborted call", () => {
  it.each<[string, unknown, string]>([
    ["a text", "the user left", ": the user left"],
    ["an error", new Error("shutting down", { cause: new Error("SIGTERM") }), ": shutting down"],
    ["a time limit", new DOMException("it took too long", "TimeoutError"), ": it took too long"],
    ["no reason of the caller's", undefined, ": This operation was aborted"],
    ["a value that says nothing by itself", { why: "secret plans" }, ""],
    ["an empty text", "", ""]
  ])("ends with %s, and so does what is printed", async (_, reason, words) => {
    const error = await abortedWith(reason)
    expect(error?.message).toBe(`The call was aborted by its signal${words}`)
    expect(inspect(error)).toContain(error?.message)
    expect(inspect(error)).not.toContain("secret plans")
  })

  it("holds no token and no query of an address, and is short (I-32)", async () => {
    const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
    const error = await abortedWith(`${jwt} Bearer s3cr3t https://x.test/a?pin=4711 ${"x".repeat(999)}`)
    expect(error?.message).toContain("<redacted> Bearer <redacted> https://x.test/a xxx")
    expect(error?.message.length).toBeLessThan(300)
    expect(`${inspect(error)}${JSON.stringify(error)}`).not.toMatch(/eyJ|s3cr3t|4711/)
  })
})

describe("a client that was closed", () => {
  it("says so once", async () => {
    const linxio = createClient()
    await linxio.close()
    expect((await linxio.auth.me()).error?.message).toBe("The Linxio client was closed")
  })
})
