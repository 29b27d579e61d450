/** What a client does in Node when it is given no `fetch`: it speaks `node:http`, unless somebody has put something in fetch's place. */
import type { IncomingMessage } from "node:http"
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import { LinxioError, LinxioNetworkError } from "linxio-js"
import { describe, expect, it, onTestFinished } from "vitest"
import { clientOf, plainServer, rejectionOf, socketServer, times, until } from "./support.ts"

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
    expect(server.asked[0]?.headers).toMatchObject({ accept: "application/json", "user-agent": "node" })
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

  it("tells of a request that Node refuses to send by a rejection", async () => {
    const server = await listening()
    const headers = { "x-name": "a\u0100" }
    expect(await rejectionOf(clientOf(server, token).request("GET", "/x", { headers }))).toBeInstanceOf(LinxioError)
    expect(server.asked).toEqual([])
  })

  it("leaves headers about the connection to fetch", async () => {
    const server = await listening()
    await clientOf(server, token).request("GET", "/x", { headers: { Connection: "close" } })
    expect(server.asked.map(isFromFetch)).toEqual([true])
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

  it.each([
    ["that breaks off", "gzip", gzipSync("{}").subarray(0, 12)],
    ["that nobody asked for", "compress", Buffer.from("{}")]
  ])("a compressed body %s is no answer", async (_, encoding, body) => {
    const server = await plainServer((__, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(body)
    })
    expect(await rejectionOf(clientOf(server, token).request("GET", "/x"))).toBeInstanceOf(LinxioNetworkError)
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
    expect(server.sockets).toHaveLength(1)
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
    await burst()
    expect(server.sockets).toHaveLength(400)
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
