/** A page in a real browser: it has its own origin, and talks to a Linxio on another port. Needs playwright-core and a Chromium. */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import { defaultAccount, FakeLinxio } from "linxio-testing"
import { chromium } from "playwright-core"
import { expect, onTestFailed, onTestFinished, test } from "vitest"

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium"
const reason = existsSync(executablePath) ? "" : ` (skipped: no Chromium at ${executablePath}; CHROMIUM names another)`

/** Stands in for the server that you develop with: the page, and the SDK as the module that the page imports. */
const servePage = async (): Promise<string> => {
  const page = await readFile(new URL("page.html", import.meta.url))
  const sdk = await readFile(new URL(import.meta.resolve("linxio-js")))
  const site = createServer((request, response) =>
    request.url === "/linxio-js.js"
      ? response.writeHead(200, { "content-type": "text/javascript" }).end(sdk)
      : response.writeHead(200, { "content-type": "text/html" }).end(page)
  )
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void site.close())
  const address = site.address()
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`
}

test.skipIf(reason !== "")(`the page survives an expired token${reason}`, { timeout: 120_000 }, async () => {
  await using fake = await FakeLinxio.serve()
  onTestFailed(() => console.log(fake.timeline()))
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`${await servePage()}?linxio=${encodeURIComponent(fake.baseUrl)}`)

  await page.getByLabel("Email").fill(defaultAccount.email)
  await page.getByLabel("Password").fill(defaultAccount.password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.getByText("Signed in").waitFor()

  fake.inject({ fault: "expire-access-tokens" })
  await page.getByRole("button", { name: "Count" }).click()
  await page.getByText("3 vehicles").waitFor()
  expect(fake.refreshes).toBe(1)
})
