// workerd: the suite, one behaviour to a request, and what is asked of an SDK only where requests come and go in one isolate.
import { spawn } from "node:child_process"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { programOf } from "./install.mjs"
import { proveEach } from "./prove.mjs"
import { behaviours } from "../../packages/linxio-js/test/runtimes/run.mjs"
import { accounts, check, credentials, same } from "../../packages/linxio-js/test/runtimes/world.mjs"

const limitMs = 20_000

/** Modules lie side by side under the names by which they import each other. */
function writeConfig(room, baseUrl) {
  const modules = readdirSync(join(room, "suite"))
    .filter((file) => file.endsWith(".mjs") && file !== "process.mjs")
    .sort((a, b) => Number(b === "worker.mjs") - Number(a === "worker.mjs"))
    .map((file) => `(name = "${file}", esModule = embed "suite/${file}")`)
  modules.push(
    '(name = "linxio-js", esModule = embed "node_modules/linxio-js/dist/index.js")',
    `(name = "settings", esModule = "export const baseUrl = '${baseUrl}'")`
  )
  const config = join(room, "workerd.capnp")
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [${modules.join(",\n")}], compatibilityDate = "2026-11-01")),
    (name = "internet", network = (allow = ["private", "local"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`
  )
  return config
}

/** Starts it; it says on the fourth stream which port it was given. */
async function start(program, config) {
  const child = spawn(program, ["serve", "--control-fd=3", config], { stdio: ["ignore", "ignore", "pipe", "pipe"] })
  let said = ""
  child.stderr.setEncoding("utf8").on("data", (text) => (said += text))
  const port = await new Promise((done, fail) => {
    let control = ""
    child.stdio[3].setEncoding("utf8").on("data", (text) => {
      control += text
      const port = /"event":"listen".*"port":(\d+)/.exec(control)?.[1]
      if (port) done(port)
    })
    child.on("error", fail)
    child.on("close", () => fail(new Error(`workerd ended: ${said}`)))
  })
  const ask = async (route, body = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/${route}`, {
      method: "POST",
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(limitMs)
    })
    return response.json()
  }
  return { ask, stop: () => child.kill(), said: () => said }
}

const count = { count: 3 }
const openSession = async ({ baseUrl }, who = accounts.fleet) => {
  const body = JSON.stringify(credentials(who))
  const response = await fetch(`${baseUrl}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body
  })
  const { refreshToken, token } = await response.json()
  return { refreshToken, token }
}

/** What a refresh may take (20 s), and the second after which it counts as lost. */
const lostMs = 21_000

/** A request ends while the refresh that it began is under way, and the runtime drops the refresh. What comes of it takes so long that the rest goes on meanwhile. */
async function endDuringRefresh({ ask, fake }) {
  const saved = { ...(await openSession(fake, accounts.dealer)), timeoutMs: 1_000 }
  fake.inject({ fault: "expire-access-tokens" })
  fake.inject({ fault: "stall-headers", endpoint: "refresh" })
  const started = performance.now()
  const first = await ask("own", saved)
  const { refreshes } = fake
  return [
    "a request that ends during a refresh blocks its refresh token for 21 seconds, not for good",
    async () => {
      check(first.failed?.includes("LinxioTimeoutError"), `the request that ended got ${JSON.stringify(first)}`)
      check(refreshes > 0, "it began no refresh")
      let answer = first
      while (answer.failed?.includes("LinxioTimeoutError") && performance.now() - started < 2 * lostMs)
        answer = await ask("own", saved)
      same(answer, count, "what a later request was answered")
      const ms = Math.round(performance.now() - started)
      check(ms < lostMs + 6_000, `the token was blocked for ${ms} ms`)
    }
  ]
}

const amongRequests = [
  [
    "clients of requests at the same time share a refresh, and all of them go on",
    async ({ ask, fake }) => {
      const saved = await openSession(fake)
      fake.inject({ fault: "expire-access-tokens" })
      fake.inject({ fault: "latency", ms: 300 })
      const one = (close) => ask("own", { ...saved, timeoutMs: 5_000, close })
      same(await Promise.all([one(true), one(false), one(true)]), [count, count, count], "the answers")
      same([fake.refreshes, fake.reusedRefreshTokens], [1, []], "refreshes, and refresh tokens used twice")
    }
  ],
  [
    "a client of the global scope works in one request after another, and renews its token",
    async ({ ask, fake }) => {
      same(await ask("signInShared", credentials(accounts.fleet)), null, "the error of the sign-in")
      same([await ask("shared"), await ask("shared")], [count, count], "the answers")
      fake.inject({ fault: "expire-access-tokens" })
      same([await ask("shared"), await ask("shared"), fake.refreshes], [count, count, 1], "the answers, and refreshes")
    }
  ],
  [
    "a client of the global scope works in requests at the same time: one refresh, and each is answered",
    async ({ ask, fake }) => {
      await ask("signInShared", credentials(accounts.fleet))
      fake.inject({ fault: "expire-access-tokens" })
      fake.inject({ fault: "latency", ms: 200 })
      const answers = await Promise.all(Array.from({ length: 5 }, () => ask("shared")))
      same([answers, fake.refreshes], [Array(5).fill(count), 1], "the answers, and refreshes")
    }
  ],
  [
    "nothing passes from the client of one request to that of another",
    async ({ ask, fake }) => {
      const [fleet, dealer] = [await openSession(fake), await openSession(fake, accounts.dealer)]
      await ask("signInShared", credentials(accounts.fleet))
      fake.inject({ fault: "expire-access-tokens" })
      fake.inject({ fault: "latency", ms: 50 })
      fake.clearRequestLog()
      const [a, b, stranger] = await Promise.all([ask("own", fleet), ask("own", dealer), ask("own", {})])
      same([a, b, stranger.reason], [count, count, "NotSignedIn"], "the answers")
      same(
        [fake.requestsBy(accounts.fleet.email), fake.requestsBy(accounts.dealer.email)].map(({ length }) => length),
        [3, 3],
        "requests of each"
      )
      same(await ask("whoIsShared"), accounts.fleet.email, "who the client of the global scope is")
      await ask("signOutShared")
      same((await ask("shared")).reason, "NotSignedIn", "the client of the global scope, signed out")
    }
  ]
]

const quiet = [
  "no rejection is left unheard",
  async ({ ask, said }) => same([await ask("unheard"), said()], [[], ""], "rejections, and what workerd had to say")
]

export async function workerd({ baseUrl, fake, room }) {
  const { program, version } = await programOf("workerd")
  const { ask, said, stop } = await start(program, writeConfig(room, baseUrl))
  const results = []
  try {
    const dropped = await endDuringRefresh({ ask, fake })
    for (let index = 0; index < behaviours.length; index++) {
      const [name] = behaviours[index]
      const result = await ask("behaviour", { index }).catch((error) => ({ problem: String(error) }))
      results.push({ name, problem: result.problem ?? result.failed })
    }
    results.push(...(await proveEach([...amongRequests, dropped, quiet], { ask, fake, said })))
  } finally {
    stop()
  }
  return { version, results }
}
