/** Programs written for `@ambulancewa/linxio-js`: the names that they use, beside those of this SDK. */
import { createClient, LinxioValidationError } from "linxio-js"
import type { RequestOptions } from "linxio-js"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import {
  clientOf,
  credentials,
  dataOf,
  errorOf,
  openSession,
  plainServer,
  rejectionOf,
  serve,
  signedIn
} from "./support.ts"

const token = { token: "a.b.c", refreshToken: "refresh-token", retry: { retries: 0 } }

/** A server that tells which paths and headers it was sent. */
const mirror = async () => {
  const headers: Array<Record<string, unknown>> = []
  const server = await plainServer((request, response) => {
    headers.push(request.headers)
    response.end("{}")
  })
  return { server, headers, linxio: clientOf(server, token) }
}

describe("auth", () => {
  it("login tells whether a code is needed under both names", async () => {
    const otp = { email: "otp@example.test", password: "pw-otp-account", otp: "246810" }
    const fake = await serve({ accounts: [credentials, otp] })
    const { auth } = clientOf(fake)
    expect(await dataOf(auth.login(credentials))).toMatchObject({ otpRequired: false, otp_required: false })
    expect(await dataOf(auth.login(otp))).toMatchObject({ otpRequired: true, otp_required: true })
  })

  it("me takes a list of fields, with options after it", async () => {
    const fake = await serve()
    const { auth } = await signedIn(fake)
    expect(await dataOf(auth.me(["email"]))).toEqual({ id: 1, email: credentials.email })
    expect(await errorOf(auth.me(["email"], { timeoutMs: 0 }))).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toHaveLength(1)
  })

  it("refresh takes a refresh token, which begins a session of its own", async () => {
    const fake = await serve()
    const { refreshToken } = await openSession(fake)
    const linxio = clientOf(fake)
    const data = await dataOf(linxio.auth.refresh(refreshToken))
    expect(data).toEqual(linxio.session())
    expect(await dataOf(linxio.auth.me())).toMatchObject({ email: credentials.email })
  })

  it("refresh with the refresh token of the session goes on with it: calls under way are not cut off", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const call = linxio.request("GET", "/vehicles/count")
    const changes: Array<string> = []
    linxio.onSessionChange(({ type }) => void changes.push(type))
    await dataOf(linxio.auth.refresh(linxio.session()?.refreshToken ?? "", { timeoutMs: 5_000 }))
    await expect(call).resolves.toEqual({ count: 3 })
    expect(changes).toEqual(["refreshed"])
    expect(await errorOf(linxio.auth.refresh(""))).toBeInstanceOf(LinxioValidationError)
  })

  it("createClient takes what session() gives, also when that is null", () => {
    const first = createClient(token)
    expect(createClient(first.session()).session()).toEqual(first.session())
    expect(createClient(createClient().session()).session()).toBeNull()
  })
})

describe("request", () => {
  it("takes params for query, skipAuth for authenticate, and an idempotency key, which is a header and nothing more", async () => {
    const { headers, linxio, server } = await mirror()
    await linxio.request("GET", "/a", { params: { page: 1 }, skipAuth: true })
    await linxio.request("POST", "/b", { skipAuth: false, idempotencyKey: "order-17" })
    expect(server.seen.map(({ authorization, path }) => [path, authorization])).toEqual([
      ["/api/a?page=1", undefined],
      ["/api/b", "Bearer a.b.c"]
    ])
    expect(headers.map((sent) => sent["idempotency-key"])).toEqual([undefined, "order-17"])
  })

  it("an idempotency key alone lets nobody repeat a POST", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, { retry: { retries: 3, delayMs: 1 } })
    fake.inject({ fault: "status", status: 503, times: 4 })
    const error = await rejectionOf(linxio.request("POST", "/logout", { idempotencyKey: "a" }))
    expect(error).toMatchObject({ status: 503, attempts: 1 })
  })

  it.each<[string, RequestOptions["headers"]]>([
    ["an object", { "x-a": "1", Accept: "text/csv" }],
    ["Headers", new Headers({ "x-a": "1", accept: "text/csv" })],
    [
      "a list of pairs",
      [
        ["X-A", "1"],
        ["accept", "text/csv"]
      ]
    ]
  ])("takes headers as %s", async (_, given) => {
    const { headers, linxio } = await mirror()
    await linxio.request("GET", "/a", given ? { headers: given } : {})
    expect(headers).toMatchObject([{ "x-a": "1", accept: "text/csv" }])
  })

  it.each<[string, RequestOptions]>([
    ["params", { query: { page: 1 }, params: { page: 2 } }],
    ["skipAuth", { authenticate: false, skipAuth: true }],
    ["skipAuth", { skipAuth: "yes" as never }],
    ["idempotencyKey", { idempotencyKey: "" }],
    ["idempotencyKey", { idempotencyKey: "a\r\nb" }],
    ["idempotencyKey", { idempotencyKey: 5 as never }],
    ["idempotencyKey", { idempotencyKey: "a", headers: { "Idempotency-Key": "b" } }],
    ["headers", { headers: [["a"]] as never }],
    ["headers", { headers: ["ab"] as never }]
  ])("refuses %s where it says nothing, or two things: %o", async (field, options) => {
    const { linxio, server } = await mirror()
    expect(await rejectionOf(linxio.request("PUT", "/things", options))).toMatchObject({ issues: [{ field }] })
    expect(server.seen).toEqual([])
  })
})

it("the published types export every other name of a type", () => {
  const textOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8")
  const exported = (text: string) => Array.from(text.matchAll(/^export (?:type|interface) (\w+)/gm), ([, name]) => name)
  const names = ["generalNames", "otherNames"].flatMap((name) => exported(textOf(`src/types/${name}.ts`)))
  expect(names.length).toBeGreaterThan(90)
  const published = new Set(exported(textOf("dist/index.d.ts")))
  expect(names.filter((name) => !published.has(name))).toEqual([])
})
