/** What real connections do: they stall, drip, break, close half-way and lead elsewhere. */
import {
  LinxioApiError,
  LinxioDecodeError,
  LinxioNetworkError,
  LinxioTimeoutError,
  LinxioValidationError
} from "linxio-js"
import { describe, expect, it, onTestFinished } from "vitest"
import {
  clientOf,
  credentials,
  dataOf,
  errorOf,
  nextTurn,
  plainServer,
  rejectionOf,
  serve,
  signedIn,
  socketServer,
  started,
  times,
  until,
  virtualTime
} from "./support.ts"

const get = "/vehicles/count"
const token = { token: "a.b.c", retry: { retries: 0 } }
const quick = { retry: { retries: 3, delayMs: 1 } }

/** What a promise has settled with by the next turn of the event loop. */
const settledNow = (promise: Promise<unknown>): Promise<unknown> =>
  Promise.race([promise, nextTurn().then(() => "pending")])

describe("a time limit covers the whole attempt (I-27)", () => {
  it.each([
    ["stall-headers", "headers"],
    ["stall-body", "body"],
    ["slow-trickle", "body"]
  ] as const)(
    "%s: timeoutMs ends it in the phase %s, once, and the server sees the connection go",
    async (fault, phase) => {
      const fake = await serve()
      const linxio = await signedIn(fake, quick)
      fake.inject({ fault, endpoint: "vehicles.count", ...(fault === "slow-trickle" && { ms: 60_000 }) })
      const time = virtualTime()
      const call = rejectionOf(linxio.request("GET", get, { timeoutMs: 100 }))
      await until(() => fake.requests.length === 1 && (phase === "headers" || fake.requests[0]?.status === 200))
      // What the server has written is on its way through the same loop: once another request is answered, it has arrived.
      await dataOf(linxio.auth.me())
      await time.pass(99)
      expect(await settledNow(call)).toBe("pending")
      await time.pass(1)
      const error = await call
      expect(error).toBeInstanceOf(LinxioTimeoutError)
      expect(error).toBeInstanceOf(LinxioNetworkError)
      expect(error).toMatchObject({
        name: "LinxioTimeoutError",
        phase,
        timeoutMs: 100,
        attempts: 1,
        method: "GET",
        path: `/api${get}`
      })
      expect(fake.requests.map(({ path }) => path)).toEqual([get, "/me"])
      await until(() => fake.requests[0]?.status !== "pending")
    }
  )

  it("a body that drips in within the limit is whole", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "slow-trickle", endpoint: "vehicles.list", ms: 100 })
    const time = virtualTime()
    const call = linxio.request("GET", "/vehicles/fields/json", { timeoutMs: 60_000 })
    expect(await time.passUntil(call)).toMatchObject({ total: 3 })
  })

  it("with retry.onTimeout another attempt is made", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "stall-body", endpoint: "vehicles.count" })
    const time = virtualTime()
    const call = started(linxio.request("GET", get, { timeoutMs: 60_000, retry: { onTimeout: true, delayMs: 1 } }))
    await until(() => fake.requests.length === 1)
    await time.pass(60_000)
    expect(await time.passUntil(call)).toEqual({ count: 3 })
    expect(fake.requests).toHaveLength(2)
  })

  it("the deadline ends attempts and waits together, and no wait is begun that does not fit (I-29)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "stall-headers", endpoint: "vehicles.count" })
    const time = virtualTime()
    const stalled = rejectionOf(linxio.request("GET", get, { deadlineMs: 100 }))
    await until(() => fake.requests.length === 1)
    await time.pass(100)
    expect(await stalled).toMatchObject({ name: "LinxioTimeoutError", phase: "deadline", timeoutMs: 100 })
    fake.inject({ fault: "rate-limit", endpoint: "vehicles.count", retryAfter: 30 })
    // Time stands still: a call that waited would not end.
    const limited = await rejectionOf(linxio.request("GET", get, { deadlineMs: 20_000 }))
    expect(limited).toMatchObject({ name: "LinxioApiError", status: 429, retryAfterMs: 30_000 })
  })
})

describe("a connection that breaks", () => {
  it("by a reset: a GET is tried again, a POST is not (I-31)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, quick)
    fake.inject({ fault: "reset", times: 2 })
    await expect(linxio.request("GET", get)).resolves.toEqual({ count: 3 })
    expect(fake.requests.map(({ status }) => status)).toEqual(["reset", "reset", 200])
    fake.inject({ fault: "reset", times: 4 })
    const error = await rejectionOf(linxio.request("POST", "/logout", { body: {} }))
    expect(error).toBeInstanceOf(LinxioNetworkError)
    expect(error).toMatchObject({ attempts: 1, method: "POST", path: "/api/logout", retryable: true })
    expect(fake.requests).toHaveLength(4)
  })

  it("on every attempt: the error says how often it was tried", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, quick)
    fake.inject({ fault: "reset", times: 9 })
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ name: "LinxioNetworkError", attempts: 4 })
  })

  it("during a login: it is not tried again, and nothing is stored (I-31)", async () => {
    const fake = await serve()
    const linxio = clientOf(fake, quick)
    fake.inject({ fault: "lose-response", endpoint: "login" })
    expect(await errorOf(linxio.auth.login(credentials))).toMatchObject({ name: "LinxioNetworkError", attempts: 1 })
    expect(linxio.session()).toBeNull()
    expect(fake.logins).toBe(1)
  })

  it("that the server has closed its half of: a GET is tried on another one", async () => {
    let chunks = 0
    const answer =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"
    const server = await socketServer((socket) => void socket.end(++chunks === 1 ? "" : answer), true)
    const linxio = clientOf(server, { token: "a.b.c", ...quick })
    await expect(linxio.request("GET", get)).resolves.toEqual({})
    expect(server.sockets).toHaveLength(2)
  })

  it("in the middle of a body: half an answer is no answer", async () => {
    const half = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"count":`
    const server = await socketServer((socket) => void socket.end(half), true)
    const error = await rejectionOf(clientOf(server, token).request("GET", get))
    expect(error).toBeInstanceOf(LinxioNetworkError)
  })

  it("because something else answers than HTTP", async () => {
    const server = await socketServer((socket) => void socket.end("SSH-2.0-OpenSSH_9.6\r\n"))
    expect(await rejectionOf(clientOf(server, token).request("GET", get))).toBeInstanceOf(LinxioNetworkError)
  })

  it("because the server is killed: every call under way fails at once and later ones too, each with a type", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, { retry: { retries: 0 } })
    fake.inject({ fault: "stall-headers", times: 20 })
    const calls = times(20, () => rejectionOf(linxio.request("GET", get)))
    await until(() => fake.requests.length === 20)
    await fake.close()
    for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(LinxioNetworkError)
    // A connection that was kept may not have heard of the end yet.
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({
      code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/)
    })
    expect(linxio.session()).not.toBeNull()
  })
})

describe("a redirect to another origin is not followed (I-33)", () => {
  const start = async (status: number) => {
    const elsewhere = await plainServer((_, response) => void response.end(`{"token":"stolen"}`))
    const server = await plainServer((request, response) => {
      response.writeHead(status, { location: `${elsewhere.baseUrl}${request.url ?? ""}` }).end()
    })
    return { elsewhere, linxio: clientOf(server, { token: "a.b.c", refreshToken: "refresh-token", ...quick }), server }
  }

  it.each([301, 302, 303, 307, 308])(
    "%d: neither the password nor the token nor the request gets there",
    async (status) => {
      const { elsewhere, linxio, server } = await start(status)
      const errors = [
        await errorOf(linxio.auth.login(credentials)),
        await errorOf(linxio.auth.verifyOtp({ email: credentials.email, code: "246810" })),
        await errorOf(linxio.auth.refresh()),
        await errorOf(linxio.auth.me()),
        await rejectionOf(linxio.request("POST", "/vehicles", { body: { name: "x" } }))
      ]
      for (const error of errors) expect(error).toMatchObject({ name: "LinxioApiError", status })
      expect(server.seen).toHaveLength(5)
      expect(elsewhere.seen).toEqual([])
      expect(elsewhere.sockets).toEqual([])
    }
  )

  it("within the origin a GET follows, with its token, and a POST does not", async () => {
    const server = await plainServer((request, response) => {
      if (request.url === "/api/new") response.end(`{"moved":true}`)
      else response.writeHead(307, { location: "/api/new" }).end()
    })
    const linxio = clientOf(server, { token: "a.b.c", ...quick })
    await expect(linxio.request("GET", "/old")).resolves.toEqual({ moved: true })
    expect(await rejectionOf(linxio.request("POST", "/old", { body: {} }))).toMatchObject({ status: 307 })
    expect(server.seen.map(({ authorization, path }) => [path, authorization])).toEqual([
      ["/api/old", "Bearer a.b.c"],
      ["/api/new", "Bearer a.b.c"],
      ["/api/old", "Bearer a.b.c"]
    ])
  })

  it("a circle of redirects ends", async () => {
    const server = await plainServer((_, response) => void response.writeHead(302, { location: "/api/again" }).end())
    expect(await rejectionOf(clientOf(server, token).request("GET", "/again"))).toMatchObject({ status: 302 })
    expect(server.seen.length).toBeLessThanOrEqual(10)
  })
})

describe("answers that are no JSON", () => {
  it("an HTML page with 200 is a decode error, and text to whoever asks for text", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "html", status: 200, times: 3 })
    expect(await rejectionOf(linxio.request("GET", get))).toBeInstanceOf(LinxioDecodeError)
    expect(await errorOf(linxio.auth.me())).toBeInstanceOf(LinxioDecodeError)
    await expect(linxio.request("GET", get, { responseType: "text" })).resolves.toContain("<html")
  })

  it("an HTML page with 502 is tried again, and then an error with its status and an excerpt", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, quick)
    fake.inject({ fault: "html", times: 4 })
    const error = await rejectionOf(linxio.request("GET", get))
    expect(error).toBeInstanceOf(LinxioApiError)
    expect(error).toMatchObject({ status: 502, attempts: 4, retryable: true, body: expect.stringContaining("<html") })
  })
})

describe("sockets", () => {
  it("of refused and stalled answers are given back: hundreds of 503 leave no more open than can be used again", async () => {
    const server = await plainServer((request, response) => {
      if (request.url?.endsWith("/stall")) response.writeHead(200).write("{")
      else response.writeHead(503, { "content-type": "text/html" }).end("<html>".padEnd(50_000, "."))
    })
    const linxio = clientOf(server, { token: "a.b.c", retry: { retries: 1, delayMs: 0 } })
    for (const _ of times(10, () => 0)) {
      const errors = await Promise.all(times(20, () => rejectionOf(linxio.request("GET", "/busy"))))
      for (const error of errors) expect(error).toMatchObject({ status: 503, attempts: 2 })
    }
    expect(server.seen).toHaveLength(400)
    // Forty at once, and a few that rest meanwhile.
    expect(server.sockets.length).toBeLessThanOrEqual(100)

    const before = server.sockets.length
    const time = virtualTime()
    const stalled = times(20, () => rejectionOf(linxio.request("GET", "/stall", { timeoutMs: 60_000 })))
    await until(() => server.seen.length === 420)
    // Once another request is answered, the heads of these answers have arrived.
    await rejectionOf(linxio.request("GET", "/busy", { retry: { retries: 0 } }))
    await time.pass(60_000)
    for (const error of await Promise.all(stalled)) expect(error).toMatchObject({ phase: "body" })
    await until(() => server.open() <= before)
  })

  it("two logins at once do not mix their sessions", async () => {
    const other = { email: "second@example.test", password: "another password" }
    const fake = await serve({ accounts: [credentials, other] })
    const clients = [clientOf(fake), clientOf(fake)] as const
    await Promise.all([dataOf(clients[0].auth.login(credentials)), dataOf(clients[1].auth.login(other))])
    const users = await Promise.all(clients.map((client) => dataOf(client.auth.me())))
    expect(users.map(({ email }) => email)).toEqual([credentials.email, other.email])
  })

  it("a fetch of the user's own is used, and what it answers is checked", async () => {
    const fake = await serve()
    const asked: Array<string> = []
    const linxio = clientOf(fake, {
      fetch: (input, init) => {
        asked.push(input instanceof Request ? input.url : input.toString())
        return globalThis.fetch(input, init)
      }
    })
    await dataOf(linxio.auth.login(credentials))
    expect(asked).toEqual([`${fake.baseUrl}/login`])
    const broken = clientOf(fake, { fetch: (() => Promise.resolve("no response")) as never, ...token })
    expect(await rejectionOf(broken.request("GET", get))).toBeInstanceOf(LinxioValidationError)
    const throwing = clientOf(fake, {
      fetch: () => {
        throw new Error("no network here")
      },
      ...token
    })
    expect(await rejectionOf(throwing.request("GET", get))).toBeInstanceOf(LinxioNetworkError)
  })

  it("a fetch that was replaced after the client was made is used", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const real = globalThis.fetch
    onTestFinished(() => void (globalThis.fetch = real))
    let replaced = 0
    globalThis.fetch = (input, init) => {
      replaced++
      return real(input, init)
    }
    await linxio.request("GET", get)
    expect(replaced).toBe(1)
  })
})
