// One process of the cluster: it makes calls one after another, tells its parent how they went, and dies where it is told to.
import "./shiftedClock.mjs"
import { createClient } from "linxio-js"
import { openStore } from "./stores.mjs"

const { baseUrl, refresh, where } = JSON.parse(process.env.CLUSTER_JOB)
const { store } = await openStore(where)
let armed
process.on("disconnect", () => process.exit(0))
process.on("message", (message) => void (armed = message.arm))

/** Never returns: nothing after this moment is done by this process. */
const die = (point) => {
  process.send({ died: point }, () => process.kill(process.pid, "SIGKILL"))
  return new Promise(() => {})
}

let holds = false
const swap = async (next, expected) => {
  const isSave = holds && next.lease === null && next.session !== null
  if (isSave && armed === "before the save") await die(armed)
  const swapped = await store.swap(next, expected)
  holds = swapped && next.lease !== null
  if (holds && armed === "after the claim") await die(armed)
  if (swapped && isSave && armed === "after the save") await die(armed)
  return swapped
}

const linxio = createClient({ baseUrl, refresh, store: { ...store, swap } })
let calls = 0
let longestMs = 0
const tell = () => {
  process.send({ calls, longestMs })
  calls = 0
}
let toldAt = -Infinity
for (;;) {
  const at = performance.now()
  try {
    await linxio.request("GET", "/vehicles/count")
    const now = performance.now()
    longestMs = Math.max(longestMs, now - at)
    calls++
    if (now - toldAt > 250) {
      toldAt = now
      tell()
    }
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60))
  } catch (error) {
    process.send({ failed: error.reason ?? error.name, message: error.message })
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
