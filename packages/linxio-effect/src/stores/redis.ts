/**
 * A session in Redis, which containers and machines share: one script compares and writes in one step.
 */
import type { SessionStore } from "./promiseStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** Writes if the stored version is the expected one. If the stored value is not a record, the script fails and does not overwrite it. */
export const swapScript = `
local stored = redis.call("GET", KEYS[1])
local version = 0
if stored then version = cjson.decode(stored).version end
if version ~= tonumber(ARGV[1]) then return 0 end
redis.call("SET", KEYS[1], ARGV[2])
return 1`

export const loadScript = `return redis.call("GET", KEYS[1])`

/** How a client takes the keys and arguments of a script. */
export type RedisConvention = "ioredis" | "redis" | "upstash"

/** A Redis client that can run a Lua script. */
export interface RedisClient {
  /** Runs a Lua script. */
  eval(script: string, ...rest: ReadonlyArray<unknown>): Promise<unknown>
}

/** The options of the store. */
export interface RedisStoreOptions {
  /** A client of `ioredis`, of `redis` (4 and later, connected), or of `@upstash/redis`. The store never closes it. */
  readonly client: RedisClient
  /** The name of the key. @default "linxio:session" */
  readonly key?: string | undefined
  /**
   * How the client takes keys and arguments: needed for a client of another package, and for one that a wrapper hides.
   * `eval(script, 1, key, ...args)` is `"ioredis"`, `eval(script, { keys, arguments })` is `"redis"`, `eval(script, keys, args)` is `"upstash"`.
   *
   * @default detected by the methods of the client
   */
  readonly convention?: RedisConvention | undefined
}

/**
 * A store in Redis.
 *
 * @throws TypeError when the client is none of those that are known and no `convention` is given.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { type RedisClient, redisStore } from "linxio-js/stores/redis"
 *
 * const start = (client: RedisClient) => createClient({ store: redisStore({ client, key: "fleet-job:linxio" }) })
 * ```
 */
export const redisStore = ({ client, key = "linxio:session", ...options }: RedisStoreOptions): SessionStore => {
  const convention = conventionOf(client, options.convention)
  const run = (script: string, args: ReadonlyArray<string>): Promise<unknown> => {
    switch (convention) {
      case "ioredis":
        return client.eval(script, 1, key, ...args)
      case "redis":
        return client.eval(script, { keys: [key], arguments: [...args] })
      case "upstash":
        return client.eval(script, [key], args)
    }
  }
  return {
    load: async () => recordOf(await run(loadScript, [])),
    swap: async (next, expected) => Number(await run(swapScript, [String(expected), JSON.stringify(next)])) === 1
  }
}

const conventions: ReadonlyArray<RedisConvention> = ["ioredis", "redis", "upstash"]

/** A wrong guess would run the script with other keys and arguments, so that nothing is guessed. */
const conventionOf = (client: RedisClient, given: RedisConvention | undefined): RedisConvention => {
  if (typeof client?.eval !== "function") throw new TypeError("client of redisStore must have the method eval")
  const convention = given ?? detected(client)
  if (convention !== undefined && conventions.includes(convention)) return convention
  const known = conventions.map((name) => JSON.stringify(name)).join(", ")
  throw new TypeError(
    given === undefined
      ? `client of redisStore is not one of ioredis, redis 4 or later, or @upstash/redis; if it has eval of the same form as one of them, say so with convention: ${known}`
      : `convention of redisStore must be one of ${known}`
  )
}

/** By a method that only clients of this package have; `typeof`, because a client may be a proxy. */
const detected = (client: object): RedisConvention | undefined => {
  const has = (name: string) => typeof Reflect.get(client, name) === "function"
  if (has("defineCommand")) return "ioredis"
  if (has("createScript")) return "upstash"
  return typeof Reflect.get(client, "isOpen") === "boolean" ? "redis" : undefined
}

/** Upstash's client parses JSON by itself. */
export const recordOf = (value: unknown): StoredRecord | null => {
  if (value === null || value === undefined) return null
  if (typeof value !== "string") return value as StoredRecord
  try {
    return JSON.parse(value)
  } catch {
    throw new Error("the key holds no JSON; it was left as it is: remove it if it is of no use")
  }
}
