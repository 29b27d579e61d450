/** The web store in a real browser, whose tabs are processes of their own. */
import { existsSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { chromium } from "playwright-core"
import { expect, it } from "vitest"

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium"
const swaps = 100

/** Runs in the page: raises the version again and again, as often as it wins. */
const raise = `(async () => {
  const { webStore } = await import("/web.js")
  const store = webStore()
  for (let won = 0; won < ${swaps}; ) {
    const version = (await store.load())?.version ?? 0
    if (await store.swap({ version: version + 1, epoch: 1, session: null, lease: null }, version)) won++
  }
})()`

it.skipIf(!existsSync(executablePath))(
  "of several tabs that swap one version, one wins (S-1, skipped without Chromium)",
  async () => {
    const script = readFileSync(new URL("../dist/stores/web.js", import.meta.url))
    const server = createServer((request, response) => {
      const isScript = request.url === "/web.js"
      response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" })
      response.end(isScript ? script : '<!doctype html><link rel="icon" href="data:," />')
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] })
    try {
      const context = await browser.newContext()
      const tabs = await Promise.all(Array.from({ length: 3 }, () => context.newPage()))
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      for (const tab of tabs) await tab.goto(origin)
      await Promise.all(tabs.map((tab) => tab.evaluate(raise)))
      const last = 'import("/web.js").then(({ webStore }) => webStore().load()).then(({ version }) => version)'
      expect(await tabs[0]?.evaluate(last)).toBe(3 * swaps)
    } finally {
      await browser.close()
      server.closeAllConnections()
      server.close()
    }
  }
)
