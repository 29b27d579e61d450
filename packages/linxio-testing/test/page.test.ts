/** The pages of the port server, one of them opened in a real browser. */
import { FakeLinxio } from "linxio-testing"
import type { ServedLinxio } from "linxio-testing"
import { createClient } from "linxio-js"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { chromium } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { executablePath, missing, skipped } from "./chromium.ts"
import { credentials, object } from "./support.ts"

if (missing !== "") console.log(`The live view is not opened in a browser, because ${missing}.`)

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

let fake: ServedLinxio
beforeAll(async () => void (fake = await FakeLinxio.serve()))
afterAll(() => fake.close())

describe("the live view", () => {
  it.skipIf(missing !== "")(
    `shows a click on "Expire now" and the refresh that the next request brings${skipped}`,
    async () => {
      const linxio = createClient({ baseUrl: fake.baseUrl })
      expect((await linxio.auth.login(credentials)).error).toBeNull()
      const browser = await chromium.launch({
        executablePath,
        timeout: 0,
        args: [...args, "--disable-component-update", "--disable-sync"]
      })
      try {
        const page = await browser.newPage()
        // The time limit of the test is the only one.
        page.setDefaultTimeout(0)
        const complaints: Array<string> = []
        const asked = new Set<string>()
        page.on("pageerror", (error) => void complaints.push(error.message))
        page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())))
        page.on("request", (sent) => void asked.add(new URL(sent.url()).origin))
        await page.goto(`${fake.url}/`)
        await page.getByText(/session 1, token 1: access token valid until/).waitFor()
        await page.getByRole("button", { name: "Expire now" }).click()
        await page.getByText(/session 1, token 1: access token expired/).waitFor()
        expect(await linxio.request("GET", "/vehicles/count")).toEqual({ count: 3 })
        await page.getByText(/session 1, token 2: access token valid until/).waitFor()
        // The view may have looked between the refresh and the call that brought it about.
        await page.locator("#timeline", { hasText: "valid token 1.2 200" }).waitFor()
        const timeline = await page.locator("#timeline").textContent()
        expect(timeline).toMatch(
          /-- +expire-access-tokens[^]*\/token\/refresh[^]*refresh token r1 +200[^]*valid token 1\.2 +200/
        )
        expect(await page.locator("#counts").textContent()).toContain("refreshes: 1, calls refused with 401: 1")
        expect(fake.refreshes).toBe(1)
        await page.goto(`${fake.url}/docs`)
        await page.getByRole("heading", { name: "POST /token/refresh" }).waitFor()
        expect(complaints).toEqual([])
        expect([...asked].filter((origin) => origin !== "null")).toEqual([fake.url])
        expect(fake.requests.map((request) => request.path)).not.toContain("/favicon.ico")
      } finally {
        await browser.close()
        await linxio.close()
      }
    }
  )

  it("may run its own script and nothing else, by its policy", async () => {
    const policy = (await fetch(`${fake.url}/`)).headers.get("content-security-policy")
    expect(policy).toMatch(
      /^default-src 'none'; connect-src 'self'; img-src data:; script-src 'sha256-\S+'; style-src 'sha256-\S+'/
    )
  })
})

describe("the reference", () => {
  it("has every operation and every shape of the OpenAPI document, and each link leads somewhere", async () => {
    const document = await object(fetch(`${fake.url}/openapi.json`))
    const html = await (await fetch(`${fake.url}/docs`)).text()
    const paths = Object.entries(record(document["paths"]))
    const operations = paths.flatMap(([path, item]) =>
      Object.keys(record(item)).map((method) => `${method.toUpperCase()} ${path}`)
    )
    expect(operations).toHaveLength(99)
    for (const operation of operations) expect(html).toContain(`<code>${operation}</code>`)
    for (const shape of Object.keys(record(record(document["components"])["schemas"])))
      expect(html).toContain(`<h3 id="${shape}">`)
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${target}"`)
    expect(document["servers"]).toEqual([{ url: "/api" }])
  })

  it.each(["", "docs"])("needs no asset from elsewhere: /%s", async (path) => {
    const html = await (await fetch(`${fake.url}/${path}`)).text()
    // Without an icon of its own, a browser would ask for /favicon.ico, and that request would be in the log.
    expect(html).toContain(`<link rel="icon" href="data:,">`)
    expect(html).not.toMatch(/\b(src|href)="(?:https?:)?\/\/|@import|url\(/)
  })
})

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {}

describe("weight", () => {
  const source = fileURLToPath(new URL("../src", import.meta.url))
  const reach = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(file)) return seen
    seen.add(file)
    const statics = readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type )[^"]*?from "([^"]+)"/gm)
    for (const [, target = ""] of statics)
      if (target.startsWith(".")) reach(join(dirname(file), target), seen)
      else seen.add(target)
    return seen
  }

  it("of the pages, the command line and the port server is not on whoever imports the layer", () => {
    const loaded = [...reach(join(source, "index.ts"))]
    expect(loaded).toContain(join(source, "server/pipeline.ts"))
    expect(loaded.filter((file) => /\/(control|cli)\/|server\/server|effect\/cli|OpenApi|^node:/.test(file))).toEqual(
      []
    )
  })
})
