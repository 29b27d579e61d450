/** What a client does in Node when it is given no `fetch`: it speaks `node:http`, unless somebody has put something in fetch's place. */
import type { IncomingMessage } from "node:http"
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import { LinxioApiError, LinxioNetworkError } from "linxio-js"
import { describe, expect, it, onTestFinished, vi } from "vitest"
import { clientOf, nextTurn, plainServer, rejectionOf, socketServer, times, until } from "./support.ts"

const token = { token: "a.b.c", retry: { retries: 0 } }

/** A server that answers with its `headers`, and tells what it was asked. */
const listening = async (): Promise<{ readonly baseUrl: string; readonly asked: Array<IncomingMessage> }> => {
  const asked: Array<IncomingMessage> = []
  const server = await plainServer((request, response) => {
    asked.push(request)
    response.end("{}")
  })
  return { baseUrl: server.baseUrl, asked }
}

/** `fetch` tells a server its mode, `node:http` has none. */
const isFromFetch = ({ headers }: IncomingMessage): boolean => "sec-fetch-mode" in headers

const dispatcherKey = Symbol.for("undici.globalDispatcher.1")

/** Node's own dispatcher, which is there as soon as `fetch` was called. */
const ownDispatcher = async (): Promise<object> => {
  await fetch("data:,")
  return Object(Reflect.get(globalThis, dispatcherKey))
}

const withDispatcher = async (made: (own: object) => object): Promise<void> => {
  const own = await ownDispatcher()
  onTestFinished(() => void Reflect.set(globalThis, dispatcherKey, own))
  Reflect.set(globalThis, dispatcherKey, made(own))
}

describe("a client that was given no fetch", () => {
  it("speaks node:http, before and after the program called fetch itself", async () => {
    const server = await listening()
    const linxio = clientOf(server, token)
    await linxio.request("GET", "/x")
    await ownDispatcher()
    await linxio.request("GET", "/x")
    expect(server.asked.map(isFromFetch)).toEqual([false, false])
    expect(server.asked[0]?.headers).toMatchObject({ accept: "application/json", "accept-encoding": "gzip, br" })
  })

  it("and one that was given Node's fetch uses it", async () => {
    const server = await listening()
    await clientOf(server, { ...token, fetch: globalThis.fetch }).request("GET", "/x")
    expect(server.asked.map(isFromFetch)).toEqual([true])
  })

  it("sends forms, blobs and streams over fetch", async () => {
    const server = await listening()
    const linxio = clientOf(server, token)
    const form = new FormData()
    form.append("name", "value")
    for (const body of [form, new Blob(["x"]), new Blob(["x"]).stream(), new URLSearchParams({ a: "b" })]) {
      await linxio.request("POST", "/x", { body })
    }
    await linxio.request("POST", "/x", { body: { json: true } })
    expect(server.asked.map(isFromFetch)).toEqual([true, true, true, true, false])
  })

  it("reads headers as fetch does: without the line break at the end of a token from a file", async () => {
    const server = await listening()
    await clientOf(server, token).request("GET", "/x", { headers: { "x-key": "abc\n" } })
    expect(server.asked.map(({ headers }) => headers["x-key"])).toEqual(["abc"])
  })
})

const options = Symbol("options")

describe("a dispatcher that somebody gave to fetch carries the requests", () => {
  /** As undici's `MockAgent` is made: nothing but its name tells it from an `Agent`. */
  class MockAgent {
    readonly [options] = {}
    readonly #own: object
    constructor(own: object) {
      this.#own = own
    }
    dispatch(...given: []) {
      return Reflect.get(this.#own, "dispatch").apply(this.#own, given)
    }
  }

  it.each<readonly [string, (own: object) => object]>([
    ["one of another class", (own) => new MockAgent(own)],
    ["an agent with a setting", (own) => Reflect.construct(own.constructor, [{ keepAliveTimeout: 10 }])],
    ["an agent with certificates", (own) => Reflect.construct(own.constructor, [{ connect: { ca: "none" } }])],
    [
      "an agent with interceptors",
      (own) =>
        new Proxy(own, {
          get: (agent, name) =>
            name === "dispatch"
              ? (...given: []) => Reflect.get(agent, name).apply(agent, given)
              : Reflect.get(agent, name)
        })
    ]
  ])("%s", async (_, made) => {
    const server = await listening()
    const linxio = clientOf(server, token)
    await withDispatcher(made)
    await linxio.request("GET", "/x")
    expect(server.asked.map(isFromFetch)).toEqual([true])
  })
})

describe("bodies over node:http", () => {
  it.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync]
  ] as const)("%s is undone", async (encoding, compress) => {
    const server = await plainServer((_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(compress(`{"name":"Zürich"}`))
    })
    await expect(clientOf(server, token).request("GET", "/x")).resolves.toEqual({ name: "Zürich" })
  })

  it("a compressed body that breaks off is no answer", async () => {
    const server = await plainServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("{}").subarray(0, 12))
    })
    expect(await rejectionOf(clientOf(server, token).request("GET", "/x"))).toBeInstanceOf(LinxioNetworkError)
  })

  it("a refusal whose body cannot be read is a refusal", async () => {
    const server = await plainServer((_, response) => {
      response.writeHead(404, { "content-encoding": "gzip" }).end(gzipSync("{}").subarray(0, 12))
    })
    const error = await rejectionOf(clientOf(server, token).request("GET", "/x"))
    expect(error).toBeInstanceOf(LinxioApiError)
    expect(error).toMatchObject({ status: 404 })
  })

  it("an encoding that is none, such as a character set, is none", async () => {
    const server = await plainServer((_, response) => {
      response.writeHead(200, { "content-encoding": "utf-8" }).end("{}")
    })
    await expect(clientOf(server, token).request("GET", "/x")).resolves.toEqual({})
  })

  it("a body that cannot be made a text fails its call, and not the process", async () => {
    const decode = vi.spyOn(TextDecoder.prototype, "decode").mockImplementationOnce(() => {
      throw new RangeError("too long")
    })
    onTestFinished(() => decode.mockRestore())
    const server = await listening()
    expect(await rejectionOf(clientOf(server, token).request("GET", "/x"))).toBeInstanceOf(LinxioNetworkError)
  })

  it("what follows a whole answer on its connection is no part of it", async () => {
    const answer = `HTTP/1.1 204 No Content\r\ncontent-length: 8\r\n\r\n{"ok":1}`
    const server = await socketServer((socket) => void socket.write(answer))
    await expect(clientOf(server, token).request("DELETE", "/x")).resolves.toBeNull()
  })

  it("an answer to HEAD has no body to be undone", async () => {
    const server = await plainServer(
      (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end()
    )
    await expect(clientOf(server, token).request("HEAD", "/x")).resolves.toBeNull()
  })

  it("text comes without a byte order mark, and whole where a character was cut in two", async () => {
    const bytes = Buffer.from('\uFEFF"Zürich"')
    const cut = bytes.indexOf(0xc3) + 1
    const server = await plainServer((_, response) => {
      response.write(bytes.subarray(0, cut))
      setImmediate(() => response.end(bytes.subarray(cut)))
    })
    await expect(clientOf(server, token).request("GET", "/x")).resolves.toBe("Zürich")
  })

  it("bytes have a buffer of their own, and it holds nothing else", async () => {
    const server = await plainServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.from([1, 2, 3])))
    })
    const bytes = await clientOf(server, token).request<ArrayBuffer>("GET", "/x", { responseType: "arrayBuffer" })
    expect([...new Uint8Array(bytes)]).toEqual([1, 2, 3])
  })

  it("what is sent is measured with every method, so that the next request on the connection is one", async () => {
    const server = await plainServer((request, response) => {
      response.end(JSON.stringify([request.method, request.headers["content-length"] ?? null]))
    })
    const linxio = clientOf(server, token)
    const body = { id: 1 }
    const answers = [
      await linxio.request("DELETE", "/x", { body }),
      await linxio.request("POST", "/x", { body }),
      await linxio.request("POST", "/x"),
      await linxio.request("DELETE", "/x"),
      await linxio.request("GET", "/x")
    ]
    expect(answers).toEqual([
      ["DELETE", "8"],
      ["POST", "8"],
      ["POST", "0"],
      ["DELETE", null],
      ["GET", null]
    ])
    expect(server.seen.map(({ body: sent }) => sent)).toEqual([`{"id":1}`, `{"id":1}`, "", "", ""])
  })
})

describe("connections over node:http", () => {
  it("more than 256 are kept for the next burst", async () => {
    const waiting: Array<() => void> = []
    const server = await plainServer((_, response) => void waiting.push(() => response.end("{}")))
    const linxio = clientOf(server, token)
    const burst = async () => {
      const calls = times(400, () => linxio.request("GET", "/x"))
      await until(() => waiting.length === 400)
      for (const answer of waiting.splice(0)) answer()
      await Promise.all(calls)
    }
    await burst()
    // A connection rests before it is used again. Once a call goes over an old one, all have rested.
    let known = 0
    while (known < server.sockets.length) {
      known = server.sockets.length
      const call = linxio.request("GET", "/x")
      await until(() => waiting.length === 1)
      waiting.splice(0).forEach((answer) => answer())
      await call
    }
    await burst()
    // With the 256 that Node keeps by default it would be 544 at least.
    expect(server.sockets.length).toBeLessThan(500)
  })

  it("a server may close one after an answer, without a word, and no request is lost on it", async () => {
    const server = await plainServer((_, response) => {
      response.on("finish", () => setImmediate(() => server.closeIdle()))
      response.end("{}")
    })
    const linxio = clientOf(server, token)
    for (let call = 0; call < 50; call++) await linxio.request("POST", "/x", { body: {} })
    expect(server.seen).toHaveLength(50)
  })

  it("one that is reset after an answer disturbs nobody", async () => {
    const server = await plainServer((_, response) => {
      response.on("finish", () => response.socket?.resetAndDestroy())
      response.end("{}")
    })
    const linxio = clientOf(server, token)
    for (let call = 0; call < 20; call++) await linxio.request("POST", "/x", { body: {} })
    await until(() => server.open() === 0)
  })

  it("one over which the request was not read to its end is given up", async () => {
    const answered = new Set<unknown>()
    const server = await socketServer((socket) => {
      if (answered.has(socket)) return
      answered.add(socket)
      socket.pause()
      socket.write("HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\n{}")
    })
    const body = new Uint8Array(20_000_000)
    const error = await rejectionOf(clientOf(server, token).request("POST", "/x", { body }))
    expect(error).toMatchObject({ status: 413 })
    server.sockets.forEach((socket) => socket.resume())
    await until(() => server.open() === 0)
  })

  it("one that is reset in the middle of an answer is called so", async () => {
    const server = await plainServer((_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("{")
      setImmediate(() => response.socket?.resetAndDestroy())
    })
    expect(await rejectionOf(clientOf(server, token).request("GET", "/x"))).toMatchObject({ code: "ECONNRESET" })
  })

  it("an answer that turns the connection into something else ends the call", async () => {
    const upgrade = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"
    const server = await socketServer((socket) => void socket.write(upgrade))
    expect(await rejectionOf(clientOf(server, token).request("GET", "/x"))).toBeInstanceOf(LinxioNetworkError)
  })

  it("one that is not made within ten seconds was never used: a POST is tried again too", async () => {
    const server = await socketServer(() => undefined)
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    onTestFinished(() => void vi.useRealTimers())
    // The server takes the connection and never answers the handshake.
    const linxio = clientOf(
      { baseUrl: server.baseUrl.replace("http:", "https:") },
      { ...token, retry: { retries: 1, delayMs: 1 } }
    )
    let error: unknown
    const failed = rejectionOf(linxio.request("POST", "/x", { body: {} })).then((caught) => (error = caught))
    while (error === undefined) {
      await nextTurn()
      vi.advanceTimersByTime(100)
    }
    await failed
    expect(error).toMatchObject({ code: "UND_ERR_CONNECT_TIMEOUT", attempts: 2 })
    expect(server.sockets).toHaveLength(2)
  })

  it("https begins with a handshake", async () => {
    const chunks: Array<string> = []
    const server = await socketServer((socket, text) => {
      chunks.push(text)
      socket.end()
    })
    const linxio = clientOf({ baseUrl: server.baseUrl.replace("http:", "https:") }, token)
    expect(await rejectionOf(linxio.request("GET", "/x"))).toBeInstanceOf(LinxioNetworkError)
    expect(chunks[0]?.charCodeAt(0)).toBe(22)
  })
})
