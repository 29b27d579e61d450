// Where the suite begins in Node, Bun and Deno: the base URL is the argument, the outcome the last line that is printed.
import * as sdk from "linxio-js"
import required from "./required.cjs"
import { behaviours, controlOf, runAll } from "./run.mjs"
import { accounts, check, credentials, same } from "./world.mjs"

const baseUrl = process.argv[2]
const surroundings = { baseUrl, control: controlOf(baseUrl), sdk }

const unheard = []
process.on("unhandledRejection", (reason) => unheard.push(String(reason)))

const required_ = [
  "require() gives what import gives, and it works",
  async ({ requestLog }) => {
    same(Object.keys(required).sort(), Object.keys(sdk).sort(), "the names that require() gives")
    const linxio = required.createClient({ baseUrl })
    const { error } = await linxio.auth.login({ ...credentials(accounts.fleet), password: "wrong" })
    check(error instanceof required.LinxioAuthenticationError, `a wrong password gave ${error}`)
    await linxio.auth.login(credentials(accounts.fleet))
    same(await linxio.request("GET", "/vehicles/count"), { count: 3 }, "the count")
    same((await requestLog()).logins, 2, "sign-ins")
    await linxio.close()
  }
]

const quiet = [
  "no rejection is left unheard",
  // The runtime reports one when the turn in which it happened is over, so the last of them needs a turn.
  async ({ statuses }) => same([await statuses(), unheard], [[], []], "requests, and rejections that nobody heard")
]

const { bun, deno } = process.versions
const inNode = bun === undefined && deno === undefined

/** How many requests went over `fetch` while something was done. */
const fetched = async (work) => {
  const { subscribe, unsubscribe } = await import("node:diagnostics_channel")
  let count = 0
  const one = () => void count++
  subscribe("undici:request:create", one)
  await work().finally(() => unsubscribe("undici:request:create", one))
  return count
}

const overNode = [
  "requests go over node:http, and over fetch once it was given a dispatcher",
  async ({ signedIn }) => {
    const linxio = await signedIn()
    const ask = () => linxio.request("GET", "/vehicles/count")
    same(await fetched(ask), 0, "requests over fetch")
    const keys = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`))
    const before = keys.map((key) => [key, globalThis[key]])
    for (const [key, own] of before.filter(([, dispatcher]) => dispatcher))
      globalThis[key] = new Proxy(own, {
        get: (agent, name) => (name === "dispatch" ? (...given) => agent.dispatch(...given) : agent[name])
      })
    same(await fetched(ask), 1, "requests over fetch with a dispatcher")
    for (const [key, own] of before) if (own) globalThis[key] = own
    same(await fetched(ask), 0, "requests over fetch without it again")
  }
]

const slow = [
  "an answer may take longer than a kept connection waits for its next request",
  async ({ inject, signedIn }) => {
    const linxio = await signedIn({ retry: { retries: 0 } })
    await inject({ fault: "latency", ms: 5_000 })
    same(await linxio.request("GET", "/vehicles/count"), { count: 3 }, "the count")
  }
]

const results = await runAll(surroundings, [...behaviours, required_, ...(inNode ? [overNode, slow] : []), quiet])

// Nobody closes this one: it must not keep the process alive.
const left = sdk.createClient({ baseUrl, keepAlive: true })
left.onSessionChange(() => undefined)
await left.auth.login(credentials(accounts.fleet))
console.log(JSON.stringify(results))
