// What a tab of the browser does.
import { createClient } from "/index.js"
import { webStore } from "/stores/web.js"
const store = webStore()
const seen = (globalThis.seen = { calls: 0, longestMs: 0, errors: {}, errorMessages: [] })
let holds = false
const swap = async (next, expected) => {
  if (holds && next.lease === null && globalThis.armed) await globalThis.freezeMe((globalThis.armed = false))
  const swapped = await store.swap(next, expected)
  holds = swapped && next.lease !== null
  return swapped
}
globalThis.start = async ({ account, baseUrl, refresh }) => {
  const linxio = createClient({ baseUrl, refresh, store: { ...store, swap } })
  if (account) await linxio.auth.login(account)
  const call = async () => {
    const at = performance.now()
    try {
      await linxio.request("GET", "/vehicles/count")
      seen.calls++
      seen.longestMs = Math.max(seen.longestMs, performance.now() - at)
    } catch (error) {
      const name = error.reason ?? error.name
      seen.errors[name] = (seen.errors[name] ?? 0) + 1
      seen.errorMessages.push(name + ": " + error.message)
    }
    setTimeout(() => void call(), 50)
  }
  void call()
}
