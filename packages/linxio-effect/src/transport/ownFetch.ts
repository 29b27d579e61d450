/**
 * Whether a program uses the `fetch` that Node brings, as Node brings it. Only then may another way to the same server take its place: a
 * `fetch` that was replaced, or that was given a dispatcher, is there for a reason (a test's double, a proxy, a certificate).
 */
import type { Fetch } from "./fetchExchange.ts"
import { hasNodeModules } from "./nodeModules.ts"

export const isNodesOwn = (fetch: Fetch): boolean => isOwnFetch(fetch) && isPlainDispatcher(dispatcher())

const isOwnFetch = (fetch: Fetch): boolean => {
  if (fetch === lastAsked) return lastAnswer
  lastAsked = fetch
  // Its source names where it comes from, in Node 20 to 26; no other function's does, and in other runtimes there is none.
  lastAnswer = hasNodeModules() && /internal\/deps\/undici/.test(Function.prototype.toString.call(fetch))
  return lastAnswer
}

/** A program has one `fetch`, so one answer is remembered. */
let lastAsked: Fetch | undefined
let lastAnswer = false

/** Where undici keeps the dispatcher of a process: its own as soon as `fetch` was called once, or one that somebody put there. */
const dispatcher = (): unknown =>
  Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.2")) ??
  Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1"))

/** Undici's own is an `Agent` without a setting. */
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
