// Processes that share one session in one store, for a while: they are killed, and what they, the server and the store saw is counted.
import { fork } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"
import { createClient } from "linxio-js"
import { defaultAccount, FakeLinxio } from "linxio-testing"
import { countedBy, lifetimes, refresh } from "./server.mjs"
import { openStore } from "./stores.mjs"

const day = 86_400_000
/** What calls may fail with while a session is over that nobody could have kept. */
const endings = ["SessionEnded", "NotSignedIn", "SessionChanged"]
/** Who is not signed in looks again once a second; the rest is for a busy machine. */
const healsWithinMs = 3_000

export async function run({ engine, losesAll, processes: size, random, seconds, signal }) {
  const fake = await FakeLinxio.serve(lifetimes)
  const { close, store } = await openStore(engine.where)
  const own = createClient({ baseUrl: fake.baseUrl, refresh, store })
  const seen = { calls: 0, kills: 0, lethal: 0, logins: 0, longestMs: 0, back: [], errors: {}, faults: [] }
  const members = []
  let isOver = false
  let mayEndUntil = 0
  let signingIn = false

  const lethal = () => {
    seen.lethal++
    mayEndUntil = Infinity
  }
  /** As a person, or a job with credentials, does after the end of a session. */
  const signInAgain = async () => {
    if (signingIn || mayEndUntil !== Infinity) return
    signingIn = true
    try {
      await own.auth.login(defaultAccount)
      seen.logins++
      mayEndUntil = performance.now() + healsWithinMs
    } catch (error) {
      seen.faults.push(`sign-in: ${error.message}`)
    } finally {
      signingIn = false
    }
  }

  /** Whoever comes to this point first dies there. */
  const arm = (point) => {
    // It may be dead already.
    for (const { child } of members) if (child.connected) child.send({ arm: point }, () => {})
  }

  const onMessage = (member, { calls = 0, died, failed, longestMs = 0, message }) => {
    if (died) {
      member.died = died
      arm(undefined)
    }
    if (failed) {
      seen.errors[failed] = (seen.errors[failed] ?? 0) + 1
      if (!endings.includes(failed) || performance.now() > mayEndUntil) seen.faults.push(`${failed}: ${message}`)
      else if (failed !== "SessionChanged") void signInAgain()
    }
    if (calls > 0) {
      seen.calls += calls
      member.answeredAt = performance.now()
      if (member.after !== undefined) seen.back.push(member.answeredAt - member.after)
      member.after = undefined
    }
    seen.longestMs = Math.max(seen.longestMs, longestMs)
  }

  const start = (index, after) => {
    const job = JSON.stringify({ baseUrl: fake.baseUrl, refresh, where: engine.where })
    const env = { ...process.env, CLUSTER_JOB: job, CLUSTER_CLOCK_MS: String(((index % 3) - 1) * day) }
    const child = fork(new URL("process.mjs", import.meta.url), { env, stdio: ["ignore", "ignore", "pipe", "ipc"] })
    const member = { child, after, answeredAt: 0 }
    members[index] = member
    let said = ""
    child.stderr.on("data", (chunk) => void (said += chunk))
    child.on("message", (message) => onMessage(member, message))
    child.on("exit", (code) => {
      if (isOver) return
      if (code !== null) seen.faults.push(`a process ended with ${code}: ${said.slice(0, 500)}`)
      seen.kills++
      if (member.died === "before the save") lethal()
      if (member.died) void rememberLease()
      start(index, performance.now())
    })
  }

  /** The lease of a process that is dead tells nothing of the next one that is killed. */
  let orphaned
  const leased = () =>
    Promise.resolve(store.load()).then(
      (record) => (record?.lease ? record.version : undefined),
      () => undefined
    )
  const rememberLease = async () => void (orphaned = (await leased()) ?? orphaned)

  const loseAll = () => {
    lethal()
    return engine.loseAll()
  }

  const killOne = async () => {
    const { child } = members[Math.floor(random() * size)]
    if (!child.kill("SIGKILL")) return
    // Nobody can tell whether its refresh was answered already.
    const version = await leased()
    if (version === undefined || version === orphaned) return
    orphaned = version
    lethal()
  }

  try {
    await own.auth.login(defaultAccount)
    for (let index = 0; index < size; index++) start(index)
    const beganAt = performance.now()
    const share = () => (performance.now() - beganAt) / (seconds * 1_000)
    const todo = [
      [0.1, () => arm("after the save")],
      [0.4, losesAll ? loseAll : () => arm("before the save")],
      [0.75, () => arm("after the claim")]
    ]
    while (share() < 1 && !signal.aborted) {
      if (todo.length > 0 && share() > todo[0][0]) await todo.shift()[1]()
      if (random() < 0.05) await killOne()
      await sleep(100)
    }
    const endedAt = performance.now()
    arm(undefined)
    const lag = () => members.filter(({ answeredAt }) => answeredAt < endedAt + 500).length
    while (lag() > 0 && performance.now() < endedAt + 20_000 && !signal.aborted) await sleep(100)
    if (lag() > 0) seen.faults.push(`${lag()} of ${size} processes had no answer in the 20 s after the last kill`)
  } finally {
    isOver = true
    const gone = members.map(({ child }) => new Promise((resolve) => child.once("exit", resolve)))
    for (const { child } of members) child.kill("SIGKILL")
    await Promise.race([Promise.all(gone), sleep(5_000)])
    await own.close().catch(() => {})
    await close()
    await fake.close()
  }
  return { ...seen, ...countedBy(fake) }
}
