// `npm run demo`: the SDK's main job against a real HTTP server on this machine, as a story with counted requests.
// With LINXIO_EMAIL and LINXIO_PASSWORD set it signs in to that service instead (demo-live.mjs).
import { fork, spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { createClient, LinxioAuthenticationError } from "linxio-js"
import { fileStore } from "linxio-js/stores/file"
import { FakeLinxio, FakeLinxioPortError } from "linxio-testing"

if (process.env.LINXIO_EMAIL && process.env.LINXIO_PASSWORD) {
  await (await import("./demo-live.mjs")).demoLive()
  process.exit(process.exitCode ?? 0)
}

const password = (process.env.LINXIO_DEMO_PASSWORD ||= randomUUID())
const code = "246810"
const driver = "cron@fleet.example"
const manager = "manager@fleet.example"

/** Port 8787 if it is free, so that the server is easy to find; any other port if it is not. */
const serve = (options) =>
  FakeLinxio.serve({ port: 8787, ...options }).catch((error) => {
    if (!(error instanceof FakeLinxioPortError)) throw error
    return FakeLinxio.serve(options)
  })

const step = (title) => console.log(`\n${title}`)
const say = (text) => console.log(`    ${text}`)

/** What the server saw since the last time, alike lines counted together. */
const shown = new WeakMap()
const showTraffic = (fake) => {
  const news = fake.requests.slice(shown.get(fake) ?? 0)
  shown.set(fake, fake.requests.length)
  const lines = new Map()
  for (const { account, generation, method, path, refreshToken, session, status, token } of news) {
    const bearer = generation
      ? `${token} access token #${session}.${generation}`
      : token === "none"
        ? "no access token"
        : `${token} access token`
    const what =
      `${method} ${path}`.padEnd(22) + `${refreshToken ? `refresh token ${refreshToken}` : bearer}`.padEnd(28)
    const line = `${what} → ${status ?? "no answer"}   ${account ?? ""}`
    lines.set(line, (lines.get(line) ?? 0) + 1)
  }
  for (const [line, times] of lines) console.log(`  ${`${times}×`.padStart(4)} ${line.trimEnd()}`)
}

const must = ({ data, error }) => {
  if (error) throw error
  return data
}

console.log("Linxio demo: the SDK against an embedded Linxio, over real HTTP. No secret is printed.")
const hasty = await serve({ accounts: [{ email: driver, password }], accessTokenLifetime: "4 seconds", seed: 1 })
const usual = await serve({ accounts: [{ email: manager, password, otp: code }], seed: 2 })
// This one ends a session when a refresh token that it has replaced comes again.
const strict = await serve({
  accounts: [{ email: driver, password }],
  accessTokenLifetime: "4 seconds",
  rotation: true,
  revokeFamilyOnReuse: true,
  seed: 3
})
const folder = mkdtempSync(join(tmpdir(), "linxio-demo-"))
const shared = join(folder, "shared")
const founder = createClient({ baseUrl: strict.baseUrl, store: fileStore({ directory: shared }) })
must(await founder.auth.login({ email: driver, password }))
const sharedUntil = founder.auth.health().accessTokenExpiresAt

step(`1. A machine user signs in; this server (${hasty.baseUrl}) issues access tokens for 4 seconds only`)
const linxio = createClient({ baseUrl: hasty.baseUrl })
must(await linxio.auth.login({ email: driver, password }))
showTraffic(hasty)

step("2. Three authenticated requests")
for (let i = 0; i < 3; i++) await linxio.request("GET", "/vehicles/count")
showTraffic(hasty)

step("3. The access token expires, then 50 requests are made at once")
await sleep(Math.max(0, linxio.auth.health().accessTokenExpiresAt - Date.now()) + 50)
const counts = await Promise.all(Array.from({ length: 50 }, () => linxio.request("GET", "/vehicles/count")))
showTraffic(hasty)
say(`${counts.length} of 50 succeeded after ${hasty.refreshes} refresh`)

step("4. An account with one-time codes signs in to another server")
const second = createClient({ baseUrl: usual.baseUrl })
const login = must(await second.auth.login({ email: manager, password }))
say(`login answered otpRequired: ${login.otpRequired}, code sent to ${login.phone}`)
must(await second.auth.verifyOtp({ email: manager, code }))
await second.request("GET", "/vehicles/count")
showTraffic(usual)

step("5. The session is saved, and a second process resumes it without signing in")
const file = join(folder, "session.json")
writeFileSync(file, JSON.stringify(second.session()), { mode: 0o600 })
const child = spawn(
  process.execPath,
  [new URL("demo-second-process.mjs", import.meta.url).pathname, usual.baseUrl, file],
  { stdio: "inherit" }
)
const childExit = await new Promise((resolve) => child.on("exit", resolve))
showTraffic(usual)

step("6. Three processes share a session in a folder; the one that refreshes is killed before its answer comes")
await sleep(Math.max(0, sharedUntil - Date.now()) + 50)
strict.inject({ fault: "stall-headers", endpoint: "refresh", times: 1 })
let killed
let killedAt = 0
const killInRefresh = async (worker) => {
  killed = worker.pid
  while (strict.refreshes === 0) await sleep(5)
  killedAt = Date.now()
  worker.kill("SIGKILL")
}
const workerExits = await Promise.all(
  Array.from({ length: 3 }, () => {
    const worker = fork(new URL("demo-worker.mjs", import.meta.url).pathname, [strict.baseUrl, shared])
    worker.once("message", () => {
      if (!killed) void killInRefresh(worker)
    })
    return new Promise((resolve) => worker.on("exit", (code, signal) => resolve(signal ?? code)))
  })
)
showTraffic(strict)
const wentOn = workerExits.filter((exit) => exit === 0).length
const spentTwice = strict.reusedRefreshTokens.length
say(
  `process ${killed} was killed; the ${wentOn} others were done ${((Date.now() - killedAt) / 1000).toFixed(1)} s later, refresh tokens spent twice: ${spentTwice}`
)
rmSync(folder, { recursive: true })

step("7. A wrong password")
const stranger = createClient({ baseUrl: usual.baseUrl })
const { error } = await stranger.auth.login({ email: manager, password: randomUUID() })
const refused =
  error instanceof LinxioAuthenticationError && error.reason === "InvalidCredentials" && stranger.session() === null
say(`${error?.name}, reason ${error?.reason}; session stored: ${stranger.session() !== null}`)
showTraffic(usual)

for (const client of [linxio, second, stranger, founder]) await client.close()
const sum = (count) => count(hasty) + count(usual) + count(strict)
const actual = {
  logins: sum((fake) => fake.logins),
  refreshes: sum((fake) => fake.refreshes),
  requests: sum((fake) => fake.requests.length),
  "wasted 401s": sum((fake) => fake.wasted401s)
}
await Promise.all([hasty.close(), usual.close(), strict.close()])

// 4 logins, 1 code and 1 refresh; 3 + 50 + 1 requests here and 2 in the second process. Of the three processes, 2 refreshes, one
// of which nobody heard the answer of, and 2 requests.
const expected = { logins: 4, refreshes: 3, requests: 66, "wasted 401s": 0 }
const asExpected = Object.entries(expected).every(([name, count]) => actual[name] === count)
const passed =
  asExpected &&
  counts.length === 50 &&
  childExit === 0 &&
  wentOn === 2 &&
  spentTwice === 0 &&
  refused &&
  login.otpRequired
const line = (counted) =>
  Object.entries(counted)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")
console.log(`\nSummary: ${line(actual)}${passed ? " – as promised" : ` – WRONG, expected ${line(expected)}`}`)
process.exit(passed ? 0 : 1)
