/**
 * Whether the program uses Node's built-in `fetch` unchanged. Only then may `node:http` be used in its place: a replaced `fetch`, or one with a custom
 * dispatcher, has a purpose (a test double, a proxy, a certificate).
 */
import type { Fetch } from "./fetchExchange.ts"
import { hasNodeModules } from "./nodeModules.ts"

export const isNodesOwn = (fetch: Fetch): boolean => isOwnFetch(fetch) && isPlainDispatcher(dispatcher())

const isOwnFetch = (fetch: Fetch): boolean => {
  if (fetch === lastAsked) return lastAnswer
  lastAsked = fetch
  // In Node 20 to 26 the source text of the built-in `fetch` contains its origin; no other function has it, and other runtimes show none.
  lastAnswer = hasNodeModules() && /internal\/deps\/undici/.test(Function.prototype.toString.call(fetch))
  return lastAnswer
}

/** A program has one `fetch`, so the result is cached. */
let lastAsked: Fetch | undefined
let lastAnswer = false

/** Where undici keeps the global dispatcher: its own after the first `fetch`, or a custom one. */
const dispatcher = (): unknown =>
  Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.2")) ??
  Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1"))

/** Undici's own dispatcher is an `Agent` without options. */
const isPlainDispatcher = (dispatcher: unknown): boolean => {
  if (dispatcher === undefined) return true
  if (dispatcher === null || typeof dispatcher !== "object") return false
  if (dispatcher === lastPlain && !Object.hasOwn(dispatcher, "dispatch")) return true
  const prototype: unknown = Object.getPrototypeOf(dispatcher)
  const options = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === "options")
  const isPlain =
    dispatcher.constructor.name === "Agent" &&
    // `compose` puts interceptors before this method.
    Reflect.get(dispatcher, "dispatch") === Reflect.get(Object(prototype), "dispatch") &&
    options !== undefined &&
    Object.values(Object(Reflect.get(dispatcher, options))).every((value) => value === undefined || value === Infinity)
  if (isPlain) lastPlain = dispatcher
  return isPlain
}

let lastPlain: object | undefined
