/** What the embedded Linxio refuses from the author of a test, before anything is started. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { decodeFault, FakeLinxio, FakeLinxioFaultError, faultNames } from "linxio-testing"
import type { Fault, ServeOptions } from "linxio-testing"
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { call, overSocket, until } from "./support.ts"

describe("an option", () => {
  const account = { email: "a@example.test", password: "pw" }
  it.each<[option: string, options: ServeOptions]>([
    ["seed", { seed: Number.NaN }],
    ["seed", { seed: 1.5 }],
    ["accounts", { accounts: [{ email: "", password: "pw" }] }],
    ["accounts", { accounts: [account, account] }],
    ["accounts", JSON.parse(`{"accounts":[{"email":"a","password":"b","blokced":true}]}`)],
    ["vehicles", JSON.parse(`{"vehicles":[{"regNo":"LNX-007"}]}`)],
    ["acounts", JSON.parse(`{"acounts":[]}`)],
    ["accessTokenLifetime", { accessTokenLifetime: "500 millis" }],
    ["refreshTokenLifetime", { refreshTokenLifetime: Number.POSITIVE_INFINITY }],
    ["rotationGrace", { rotationGrace: -1 }],
    ["port", { port: 70_000 }]
  ])("is refused by name: %s, %j", async (option, options) => {
    await expect(FakeLinxio.serve(options)).rejects.toMatchObject({ _tag: "FakeLinxioOptionError", option })
  })
})

describe("the reason", () => {
  it("says where, and repeats no password", async () => {
    const accounts = JSON.parse(`[{"email":"a@example.test","password":{"secret":"hunter2"}}]`)
    const message = await FakeLinxio.serve({ accounts }).catch((error: unknown) => String(error))
    expect(message).toMatch(/Option "accounts": Expected string.* at \[0\]\.password$/)
    expect(message).not.toContain("hunter2")
  })

  it("lists the options that exist when there is no such one", async () => {
    const refused = FakeLinxio.serve(JSON.parse(`{"ttl":5}`))
    await expect(refused).rejects.toThrow(/^Option "ttl": does not exist\. The options are .*accessTokenLifetime/)
  })
})

describe("a fault", () => {
  it("with an unknown name is refused with a list of those that exist", () => {
    const error = Result.getOrUndefined(Result.flip(decodeFault({ fault: "gremlins" })))
    expect(error).toMatchObject({ _tag: "FakeLinxioFaultError", fault: "gremlins" })
    expect(error?.message).toContain(faultNames.join(", "))
  })

  it.each([
    { fault: "status" },
    { fault: "status", status: 99 },
    { fault: "reset", endpoint: "nowhere" },
    { fault: "reset", times: 0 },
    { fault: "reset", time: 2 },
    { fault: "latency", ms: -1 },
    { fault: "redirect", to: "" },
    {},
    null
  ])("that is malformed is refused: %j", (input) => {
    expect(Result.isFailure(decodeFault(input))).toBe(true)
  })

  it("that slipped past the compiler is thrown back by inject", async () => {
    const fake = await Effect.runPromise(FakeLinxio.make())
    const fault: Fault = JSON.parse(`{"fault":"reset","times":"often"}`)
    expect(() => fake.inject(fault)).toThrow(FakeLinxioFaultError)
    expect((await call(fake, "GET", "/me")).status).toBe(401)
  })

  it("has a test of its own for each of its names", () => {
    const folder = new URL(".", import.meta.url)
    const files = readdirSync(folder).filter((file) => file.startsWith("faultsOf"))
    const titles = files.flatMap((file) =>
      [...readFileSync(new URL(file, folder), "utf8").matchAll(/ it\("([\w-]+):/g)].map((match) => match[1])
    )
    expect(new Set(titles)).toEqual(new Set(faultNames))
  })
})

describe("the port server", () => {
  it("refuses a port in use, and the port's owner goes on", async () => {
    await using first = await FakeLinxio.serve()
    const port = Number(new URL(first.url).port)
    await expect(FakeLinxio.serve({ port })).rejects.toMatchObject({ _tag: "FakeLinxioPortError", port })
    expect((await call(overSocket(first), "GET", "/me")).status).toBe(401)
  })

  it("frees its port at close, whoever is still connected, and closes twice without harm", async () => {
    const fake = await FakeLinxio.serve()
    fake.inject({ fault: "stall-headers", endpoint: "me" })
    const stalled = call(overSocket(fake), "GET", "/me").catch((error: unknown) => error)
    await until(() => fake.requests.length === 1)
    expect((await call(overSocket(fake), "GET", "/me")).status).toBe(401)
    await fake.close()
    await fake.close()
    expect(await stalled).toBeInstanceOf(TypeError)
    await using next = await FakeLinxio.serve({ port: Number(new URL(fake.url).port) })
    expect((await call(overSocket(next), "GET", "/me")).status).toBe(401)
  })

  it("lives as long as the scope of its layer", async () => {
    const program = Effect.gen(function* () {
      const { baseUrl } = yield* FakeLinxio
      const response = yield* Effect.promise(() => fetch(`${baseUrl}/me`))
      return { baseUrl, status: response.status }
    })
    const { baseUrl, status } = await Effect.runPromise(Effect.provide(program, FakeLinxio.layerServer()))
    expect(status).toBe(401)
    await expect(fetch(`${baseUrl}/me`)).rejects.toThrow(TypeError)
  })
})
