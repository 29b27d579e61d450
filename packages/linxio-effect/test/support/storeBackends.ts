/** What stores stand on, in memory: web storage, and clients of Redis that know the two scripts of the store. */
import type { RedisClient } from "linxio-effect/stores/redis"

export const fakeStorage = (): Storage => {
  const entries = new Map<string, string>()
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    key: () => null,
    length: 0
  }
}

/** Does in one step what the script says; answers one turn later, as a server does. */
export const fakeRedis = (
  convention: "ioredis" | "redis" | "upstash"
): RedisClient & { readonly data: Map<string, string> } => {
  const data = new Map<string, string>()
  const run = async (
    script: string,
    [key = ""]: ReadonlyArray<string>,
    args: ReadonlyArray<string>
  ): Promise<unknown> => {
    const stored = data.get(key)
    if (!script.includes("SET")) return convention === "upstash" && stored ? JSON.parse(stored) : (stored ?? null)
    const version = stored === undefined ? 0 : JSON.parse(stored).version
    if (version !== Number(args[0])) return 0
    data.set(key, args[1] ?? "")
    return 1
  }
  switch (convention) {
    case "ioredis":
      return {
        data,
        defineCommand: () => undefined,
        eval: (script, _count, key, ...args) => run(script, [String(key)], args.map(String))
      } as ReturnType<typeof fakeRedis>
    case "redis":
      return {
        data,
        isOpen: true,
        eval: (script, options) => {
          const { arguments: args, keys } = options as {
            readonly keys: ReadonlyArray<string>
            readonly arguments: ReadonlyArray<string>
          }
          return run(script, keys, args)
        }
      } as ReturnType<typeof fakeRedis>
    case "upstash":
      return {
        data,
        createScript: () => undefined,
        eval: (script, keys, args) => run(script, keys as ReadonlyArray<string>, args as ReadonlyArray<string>)
      } as ReturnType<typeof fakeRedis>
  }
}
