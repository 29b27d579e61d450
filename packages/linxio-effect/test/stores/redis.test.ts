/** The store in Redis with the clients that people have, on a Redis server, whose script engine is what keeps two writers apart. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { assert } from "@effect/vitest"
import { Redis as Upstash } from "@upstash/redis"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redis from "effect/persistence/Redis"
import { Redis as IORedis } from "ioredis"
import { SessionStore } from "linxio-effect"
import { toPromises } from "linxio-effect/stores/promiseStore"
import { type RedisClient, redisStore } from "linxio-effect/stores/redis"
import * as RedisSessionStore from "linxio-effect/stores/RedisSessionStore"
import { createClient } from "redis"
import { afterAll, beforeAll, describe, it } from "vitest"
import { conforms } from "../support/conforms.ts"
import { redisServer, type Server, startRedis } from "../support/servers.ts"
import { fakeRedis } from "../support/storeBackends.ts"

const record = { version: 1, epoch: 1, session: { token: "secret-token" }, lease: null }

/** The service of Effect over any way to send a command. */
const redisOver = (send: (command: string, args: ReadonlyArray<string>) => Promise<unknown>) =>
  Layer.effect(
    Redis.Redis,
    Redis.make({
      send: <A>(command: string, ...args: ReadonlyArray<string>) =>
        Effect.tryPromise({
          try: () => send(command, args) as Promise<A>,
          catch: (cause) => new Redis.RedisError({ cause })
        }),
      subscribe: () => Effect.never,
      connect: Effect.never
    })
  )

const effectStore = (redis: Layer.Layer<Redis.Redis>, options: RedisSessionStore.RedisSessionStoreOptions = {}) =>
  ManagedRuntime.make(Layer.provide(RedisSessionStore.layer(options), redis)).runPromise(
    Effect.map(SessionStore, toPromises)
  )

describe.skipIf(!redisServer)("on a Redis server (skipped where redis-server is not installed)", () => {
  let server: Server | undefined
  let direct = new IORedis({ lazyConnect: true })
  const closing: Array<() => unknown> = []
  beforeAll(async () => {
    server = await startRedis(redisServer ?? "")
    direct = new IORedis({ path: server.path })
  })
  afterAll(async () => {
    for (const close of closing) await close()
    direct.disconnect()
    await server?.stop()
  })

  describe("redisStore with ioredis", () => conforms((key) => redisStore({ client: direct, key: `ioredis:${key}` })))

  describe("redisStore with redis", () => {
    const connected = async () => {
      const client = createClient({ socket: { path: server?.path ?? "", tls: false } })
      closing.push(() => client.destroy())
      await client.connect()
      return client
    }
    let client: ReturnType<typeof connected> | undefined
    conforms(async (key) => redisStore({ client: await (client ??= connected()), key: `redis:${key}` }))
  })

  describe("redisStore with @upstash/redis", () => {
    const answer = ([command = "", ...args]: ReadonlyArray<unknown>) =>
      direct.call(String(command), ...args.map(String)).then(
        (result) => ({ result }),
        (error: Error) => ({ error: error.message })
      )
    /** As Upstash's servers: a POST of the words of a command, or of several to `/pipeline`, as JSON. */
    const respond = async (request: IncomingMessage, response: ServerResponse) => {
      const words = JSON.parse(await text(request))
      const answers = await Promise.all((request.url === "/pipeline" ? words : [words]).map(answer))
      response.writeHead(200, { "content-type": "application/json" })
      response.end(JSON.stringify(request.url === "/pipeline" ? answers : answers[0]))
    }
    const served = async () => {
      const http = createServer((request, response) => void respond(request, response))
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
      closing.push(
        () => http.closeAllConnections(),
        () => http.close()
      )
      const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
      return new Upstash({ url, token: "token", responseEncoding: false, retry: false, enableTelemetry: false })
    }
    let client: ReturnType<typeof served> | undefined
    conforms(async (key) => redisStore({ client: await (client ??= served()), key: `upstash:${key}` }))
  })

  describe("RedisSessionStore", () => {
    const redis = redisOver((command, args) => direct.call(command, ...args))
    conforms((key) => effectStore(redis, { key: `effect:${key}` }))

    it("says in the words of the server what is wrong with a key that holds something else, and leaves it", async () => {
      await direct.hset("a-hash", "field", "value")
      const store = await effectStore(redis, { key: "a-hash" })
      for (const attempt of [() => store.load(), () => store.swap(record, 0)]) {
        const failure = await Promise.resolve(attempt()).catch((error: unknown) => error)
        assert.include(failure, { _tag: "LinxioStoreError" })
        assert.include(String(failure), "WRONGTYPE")
      }
      assert.strictEqual(await direct.hget("a-hash", "field"), "value")
    })
  })

  it("never overwrites a key that holds something else", async () => {
    for (const content of ["not json", "[]", "{}", "7"]) {
      await direct.set("something-else", content)
      const swapped = Promise.resolve(redisStore({ client: direct, key: "something-else" }).swap(record, 0))
      assert.notStrictEqual(await swapped.catch(() => false), true)
      assert.strictEqual(await direct.get("something-else"), content)
    }
  })
})

describe("RedisSessionStore over a fake of Redis", () => {
  const client = fakeRedis("ioredis")
  const redis = redisOver((command, [first = "", ...rest]) =>
    command === "GET" ? client.eval("GET", 1, first) : client.eval(first, ...rest.map((arg) => arg))
  )
  conforms((key) => effectStore(redis, { key }))

  it("keeps the options that say how to treat it when it is slow or down", async () => {
    const store = await effectStore(redis, { timeoutMs: 500, onOutage: "waitForStore" })
    assert.include(store, { timeoutMs: 500, onOutage: "waitForStore" })
  })
})

describe("redisStore", () => {
  const evaluate = async () => null

  it("refuses a client that it does not know, and names those that it does (S-1)", () => {
    // An `eval` of the older `redis`, with a callback; a client without `eval`; no client at all.
    const old = { eval: evaluate, connected: true, eval_ro: evaluate }
    assert.throws(
      () => redisStore({ client: old }),
      TypeError,
      /ioredis, redis 4 or later, or @upstash\/redis.*convention/
    )
    for (const client of [{ send: evaluate }, {}, null, undefined])
      assert.throws(
        () => redisStore({ client: client as unknown as RedisClient }),
        TypeError,
        "must have the method eval"
      )
  })

  it("takes another client whose convention is named, and no convention that does not exist", async () => {
    const asked: Array<unknown> = []
    const client: RedisClient = { eval: async (...given) => (asked.push(...given.slice(1)), null) }
    assert.isNull(await redisStore({ client, key: "k", convention: "redis" }).load())
    assert.deepStrictEqual(asked, [{ keys: ["k"], arguments: [] }])
    assert.throws(
      () => redisStore({ client, convention: "jedis" as "redis" }),
      TypeError,
      '"ioredis", "redis", "upstash"'
    )
  })
})
