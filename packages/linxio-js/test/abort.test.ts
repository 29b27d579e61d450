/** Giving up: the caller's signal in every phase of a call, and the end of a client. */
import { spawn } from "node:child_process"
import { getEventListeners, once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { fileURLToPath } from "node:url"
import { LinxioAbortError } from "linxio-js"
import { describe, expect, it, onTestFinished } from "vitest"
import {
  clientOf,
  credentials,
  dataOf,
  errorOf,
  recordStore,
  openSession,
  plainServer,
  rejectionOf,
  serve,
  signedIn,
  started,
  tally,
  times,
  until,
  virtualTime
} from "./support.ts"

const get = "/vehicles/count"

/** Whether a promise has settled by the next turn of the event loop. */
const settlesAtOnce = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false
  const settle = () => void (settled = true)
  promise.then(settle, settle)
  await new Promise((resolve) => setImmediate(resolve))
  return settled
}

/** Aborts, and expects the call to end at once with the signal's own reason. */
const expectAbort = async (controller: AbortController, call: Promise<unknown>) => {
  const reason = { why: "the user left" }
  const rejection = rejectionOf(call)
  controller.abort(reason)
  expect(await settlesAtOnce(rejection)).toBe(true)
  const error = await rejection
  expect(error).toBeInstanceOf(LinxioAbortError)
  expect(error).toMatchObject({ name: "LinxioAbortError", retryable: false })
  expect(Object(error).reason).toBe(reason)
  expect(Object.keys(Object(error))).not.toContain("reason")
  expect(getEventListeners(controller.signal, "abort")).toEqual([])
}

describe("an abort settles the call at once, with the caller's reason (I-28)", () => {
  it("before the call: nothing is sent, and nothing changes", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const reason = new Error("never mind")
    const signal = AbortSignal.abort(reason)
    expect(await rejectionOf(linxio.request("GET", get, { signal }))).toMatchObject({
      name: "LinxioAbortError",
      reason
    })
    for (const call of [
      linxio.auth.me({ signal }),
      linxio.auth.login(credentials, { signal }),
      linxio.auth.refresh({ signal }),
      linxio.auth.logout({ signal })
    ]) {
      expect(await errorOf(call)).toMatchObject({ name: "LinxioAbortError", reason })
    }
    expect(fake.requests).toEqual([])
    expect(linxio.session()).not.toBeNull()
    expect(getEventListeners(signal, "abort")).toEqual([])
  })

  it("in the tick of the call", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const controller = new AbortController()
    await expectAbort(controller, linxio.request("GET", get, { signal: controller.signal }))
  })

  it("while the connection is made", async () => {
    // Accepts, and never answers the TLS handshake.
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve))
    const port = (silent.address() as AddressInfo).port
    const linxio = clientOf({ baseUrl: `https://127.0.0.1:${port}/api` }, { token: "a.b.c" })
    const controller = new AbortController()
    const accepted = once(silent, "connection")
    const call = linxio.request("GET", get, { signal: controller.signal })
    const [socket] = (await accepted) as [Socket]
    await expectAbort(controller, call)
    socket.destroy()
    silent.close()
  })

  it.each(["stall-headers", "stall-body"] as const)("%s, and the server sees the connection go", async (fault) => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault, endpoint: "vehicles.count" })
    const controller = new AbortController()
    const call = linxio.request("GET", get, { signal: controller.signal })
    await until(() => fake.requests.length === 1 && (fault === "stall-headers" || fake.requests[0]?.status === 200))
    await expectAbort(controller, call)
    if (fault === "stall-headers") await until(() => fake.requests[0]?.status === "abandoned")
    await expect(linxio.request("GET", get)).resolves.toEqual({ count: 3 })
    expect(fake.requests).toHaveLength(2)
  })

  it("in back-off: no further attempt is made", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "rate-limit", endpoint: "vehicles.count", retryAfter: 30 })
    const controller = new AbortController()
    const call = linxio.request("GET", get, { signal: controller.signal })
    await until(() => fake.requests[0]?.status === 429)
    // The answer is on its way through the same loop: once another request is answered, it has arrived.
    await dataOf(linxio.auth.me())
    await expectAbort(controller, call)
    expect(fake.requests.map(({ path }) => path)).toEqual([get, "/me"])
  })

  it("while waiting for a refresh, which goes on for the others (I-8, I-9)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject({ fault: "slow-trickle", endpoint: "refresh", ms: 100 })
    const time = virtualTime()
    const controller = new AbortController()
    const leaving = started(linxio.request("GET", get, { signal: controller.signal }))
    const staying = started(linxio.request("GET", get))
    await until(() => fake.refreshes === 1)
    await expectAbort(controller, leaving)
    expect(await time.passUntil(staying)).toEqual({ count: 3 })
    expect(fake.refreshes).toBe(1)
  })

  it("in a service method, where it is data", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "stall-headers" })
    const controller = new AbortController()
    const call = linxio.auth.me({ signal: controller.signal })
    await until(() => fake.requests.length === 1)
    controller.abort()
    const error = await errorOf(call)
    expect(error).toBeInstanceOf(LinxioAbortError)
    expect(Object(error).reason).toBe(controller.signal.reason)
  })

  it("also by AbortSignal.timeout", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "stall-headers" })
    const error = await rejectionOf(linxio.request("GET", get, { signal: AbortSignal.timeout(1000) }))
    expect(error).toMatchObject({ name: "LinxioAbortError", reason: { name: "TimeoutError" } })
  })
})

describe("one signal for many calls", () => {
  it("ten thousand requests leave no listener on it and cause no warning (I-28)", { timeout: 600_000 }, async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const linxio = clientOf(server, { token: "a.b.c" })
    const warnings: Array<Error> = []
    const warned = (warning: Error) => void warnings.push(warning)
    process.on("warning", warned)
    onTestFinished(() => void process.off("warning", warned))
    const { signal } = new AbortController()
    for (const _ of times(50, () => 0)) {
      await Promise.all(times(200, () => linxio.request("GET", "/x", { signal })))
    }
    expect(getEventListeners(signal, "abort")).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(warnings.map(String)).toEqual([])
    expect(server.seen).toHaveLength(10_000)
  })

  it("aborting it ends all of them, and none of the others (R11)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "latency", ms: 100 })
    const time = virtualTime()
    const controller = new AbortController()
    const theirs = tally(times(50, () => linxio.request("GET", get, { signal: controller.signal })))
    const ours = tally(times(50, () => linxio.request("GET", get)))
    await until(() => fake.requests.length === 100)
    controller.abort()
    expect(await settlesAtOnce(theirs)).toBe(true)
    expect(await theirs).toEqual({ LinxioAbortError: 50 })
    expect(await time.passUntil(ours)).toEqual({ '{"count":3}': 50 })
    expect(getEventListeners(controller.signal, "abort")).toEqual([])
  })
})

describe("close", () => {
  it("fails what is under way and what comes, at once and without I/O; twice is like once", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "stall-headers", times: 2 })
    const calls = [rejectionOf(linxio.request("GET", get)), errorOf(linxio.auth.me())]
    await until(() => fake.requests.length === 2)
    const closing = linxio.close()
    expect(await settlesAtOnce(Promise.all(calls))).toBe(true)
    for (const error of await Promise.all(calls))
      expect(error).toMatchObject({ name: "LinxioAbortError", reason: "closed" })
    await Promise.all([closing, linxio.close()])
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ name: "LinxioAbortError", reason: "closed" })
    expect(await errorOf(linxio.auth.login(credentials))).toMatchObject({ reason: "closed" })
    expect(() => linxio.setSession(null)).toThrow(LinxioAbortError)
    expect(fake.requests).toHaveLength(2)
  })

  it("lets a refresh under way arrive and be saved, so that a rotated token is not lost (I-8)", async () => {
    const fake = await serve({ rotation: true })
    const tokens = await openSession(fake)
    const store = recordStore({ ...tokens })
    const linxio = clientOf(fake, { store })
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject({ fault: "slow-trickle", endpoint: "refresh", ms: 100 })
    const time = virtualTime()
    const call = rejectionOf(linxio.request("GET", get))
    await until(() => fake.refreshes === 1)
    await time.passUntil(linxio.close())
    expect(await call).toMatchObject({ reason: "closed" })
    expect(store.record()?.session).toMatchObject({ refreshToken: linxio.session()?.refreshToken })
    expect(linxio.session()?.refreshToken).not.toBe(tokens.refreshToken)
  })

  it("of one client harms no other, not even while they share a refresh", async () => {
    const fake = await serve()
    const tokens = await openSession(fake)
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject({ fault: "slow-trickle", endpoint: "refresh", ms: 100 })
    const [first, second] = [clientOf(fake, tokens), clientOf(fake, tokens)]
    const time = virtualTime()
    const lost = rejectionOf(first.request("GET", get))
    await until(() => fake.refreshes === 1)
    const kept = started(second.request("GET", get))
    await until(() => fake.requests.length === 4)
    const closing = first.close()
    expect(await lost).toMatchObject({ reason: "closed" })
    expect(await time.passUntil(kept)).toEqual({ count: 3 })
    await closing
  })

  it("happens by itself at the end of a block with await using", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    expect(typeof Symbol.asyncDispose).toBe("symbol")
    await linxio[Symbol.asyncDispose]()
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ reason: "closed" })
  })
})

describe("a process", () => {
  /** Runs a script with `createClient` at hand, and waits until the process has ended by itself. */
  const run = (server: { readonly baseUrl: string }, script: string) =>
    new Promise<{ code: number | null; output: string }>((resolve, reject) => {
      const library = fileURLToPath(new URL("../dist/index.js", import.meta.url))
      const source = `const { createClient } = await import(${JSON.stringify(library)})\n${script}`
      const child = spawn(process.execPath, ["--input-type=module", "-e", source], {
        env: {
          ...process.env,
          LINXIO_BASE_URL: server.baseUrl,
          CREDENTIALS: JSON.stringify(credentials),
          NODE_OPTIONS: ""
        }
      })
      onTestFinished(() => void child.kill())
      let output = ""
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => void (output += chunk.toString()))
      child.on("error", reject)
      child.on("exit", (code) => resolve({ code, output }))
    })

  it.each([{}, { keepAlive: true }])(
    "with an idle client (%o) ends by itself, without close (I-26)",
    async (options) => {
      const fake = await serve()
      const { code, output } = await run(
        fake,
        `const linxio = createClient(${JSON.stringify(options)})
       const { error } = await linxio.auth.login(JSON.parse(process.env.CREDENTIALS))
       if (error) throw error
       linxio.onSessionChange(() => {})
       console.log(JSON.stringify(await linxio.request("GET", "/vehicles/count")))
       const done = performance.now()
       process.on("exit", () => console.log(performance.now() - done))`
      )
      const [line, ms] = output.trim().split("\n")
      expect(line).toBe(`{"count":3}`)
      expect(code).toBe(0)
      // An idle connection is closed by the server after five seconds: the process must not have waited for that.
      expect(Number(ms)).toBeLessThan(4000)
    }
  )

  it("whose client was only created opens nothing and ends at once", async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const { code, output } = await run(
      server,
      `createClient({ token: "a.b.c", refreshToken: "r" }); console.log("made")`
    )
    expect(output.trim()).toBe("made")
    expect(code).toBe(0)
    expect(server.sockets).toEqual([])
  })
})
