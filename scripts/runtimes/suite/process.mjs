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
  async ({ evidence }) => {
    same(Object.keys(required).sort(), Object.keys(sdk).sort(), "the names that require() gives")
    const linxio = required.createClient({ baseUrl })
    const { error } = await linxio.auth.login({ ...credentials(accounts.fleet), password: "wrong" })
    check(error instanceof required.LinxioAuthenticationError, `a wrong password gave ${error}`)
    await linxio.auth.login(credentials(accounts.fleet))
    same(await linxio.request("GET", "/vehicles/count"), { count: 3 }, "the count")
    same((await evidence()).logins, 2, "sign-ins")
    await linxio.close()
  }
]

const quiet = [
  "no rejection is left unheard",
  // The runtime reports one when the turn in which it happened is over, so the last of them needs a turn.
  async ({ statuses }) => same([await statuses(), unheard], [[], []], "requests, and rejections that nobody heard")
]

const results = await runAll(surroundings, [...behaviours, required_, quiet])

// Nobody closes this one: it must not keep the process alive.
const left = sdk.createClient({ baseUrl })
left.onSessionChange(() => undefined)
await left.auth.login(credentials(accounts.fleet))
console.log(JSON.stringify(results))
