// Five tabs of a headless Chromium on one web store. One is frozen between the answer of a refresh and its save, for less time than its lease
// lasts, and one is closed while it waits; no token may be spent twice, and no call may fail.
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import { fileURLToPath } from "node:url"
import { setTimeout as sleep } from "node:timers/promises"
import { defaultAccount, FakeLinxio } from "linxio-testing"
import { launch, missing } from "../browser.mjs"
import { countedBy, lifetimes, refresh } from "./server.mjs"

const dist = fileURLToPath(new URL("../../packages/linxio-js/dist", import.meta.url))
const frozenMs = 3_000

const serveApp = async () => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://page")
    const html = '<!doctype html><link rel="icon" href="data:," /><script type="module" src="/tab.js"></script>'
    if (pathname === "/") return response.writeHead(200, { "content-type": "text/html" }).end(html)
    const file = pathname === "/tab.js" ? fileURLToPath(new URL("tab.js", import.meta.url)) : dist + pathname
    if (!existsSync(file)) return response.writeHead(404).end()
    response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(file))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  return { origin: `http://127.0.0.1:${server.address().port}/`, server }
}

export async function tabs({ expiries, signal }) {
  if (missing) return { missing }
  const fake = await FakeLinxio.serve(lifetimes)
  const app = await serveApp()
  const browser = await launch()
  const total = { calls: 0, kills: 0, lethal: 0, longestMs: 0, back: [], errors: {}, faults: [] }
  try {
    const context = await browser.newContext()
    let frozenAt = 0
    const open = async (account) => {
      const page = await context.newPage()
      const devtools = await context.newCDPSession(page)
      await page.exposeFunction("freezeMe", async () => {
        frozenAt = performance.now()
        // The state "frozen" of the page's life cycle stops nothing in a headless browser.
        await devtools.send("Debugger.enable")
        await devtools.send("Debugger.pause")
        await sleep(frozenMs)
        await devtools.send("Debugger.resume")
        await devtools.send("Debugger.disable")
        total.back.push(performance.now() - frozenAt)
      })
      await page.goto(app.origin)
      await page.waitForFunction(() => globalThis.start)
      await page.evaluate((job) => globalThis.start(job), { account, baseUrl: fake.baseUrl, refresh })
      return page
    }
    const pages = [await open(defaultAccount)]
    while (pages.length < 5) pages.push(await open())
    const count = async (page) => {
      const { calls, errorMessages, errors, longestMs } = await page.evaluate(() => globalThis.seen)
      total.calls += calls
      total.longestMs = Math.max(total.longestMs, longestMs)
      for (const [name, many] of Object.entries(errors)) total.errors[name] = (total.errors[name] ?? 0) + many
      total.faults.push(...errorMessages)
    }
    const done = () => countedBy(fake).expiries
    const until = performance.now() + expiries * 4_000 + 20_000
    const todo = [
      [0.3, () => Promise.all(pages.map((page) => page.evaluate(() => void (globalThis.armed = true))))],
      [0.6, async () => (await count(pages[1]), total.kills++, pages.splice(1, 1)[0].close())]
    ]
    while (done() < expiries && performance.now() < until && !signal.aborted) {
      if (todo.length > 0 && done() >= expiries * todo[0][0]) await todo.shift()[1]()
      if (frozenAt > 0)
        for (const page of pages) void page.evaluate(() => void (globalThis.armed = false)).catch(() => {})
      await sleep(100)
    }
    if (done() < expiries) total.faults.push(`only ${done()} of ${expiries} expiries`)
    if (frozenAt === 0) total.faults.push("no tab was frozen")
    await sleep(1_000)
    for (const page of pages) await count(page)
  } finally {
    await browser.close()
    app.server.close()
    app.server.closeAllConnections()
    await fake.close()
  }
  return { ...total, ...countedBy(fake) }
}
