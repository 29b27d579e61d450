// A headless Chromium: a page of its own origin runs the suite, and its preflights are counted on the way to the embedded Linxio.
import { existsSync, readFileSync } from "node:fs"
import { createServer, request as send } from "node:http"
import { join } from "node:path"
import { launch, missing } from "../browser.mjs"
import { proveEach } from "./prove.mjs"
import { behaviours, controlOf } from "../../packages/linxio-js/test/runtimes/run.mjs"
import { accounts, check, credentials, same } from "../../packages/linxio-js/test/runtimes/world.mjs"

const listen = async (handle) => {
  const server = createServer(handle)
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { origin: `http://127.0.0.1:${server.address().port}`, close }
}

const serveApp = (room) =>
  listen((request, response) => {
    const { pathname } = new URL(request.url, "http://page")
    if (pathname === "/") {
      response.writeHead(200, { "content-type": "text/html" })
      return response.end(
        '<!doctype html><link rel="icon" href="data:," /><script type="module" src="/suite/page.mjs"></script>'
      )
    }
    const file = join(room, pathname === "/linxio-js.js" ? "node_modules/linxio-js/dist/index.js" : pathname)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(file))
  })

/** Passes everything on to the embedded Linxio, and notes what the browser asked for ahead of it. */
async function countPreflights(baseUrl) {
  const seen = []
  const passOn = (request, response) => {
    if (request.method === "OPTIONS") {
      const { "access-control-request-headers": headers, "access-control-request-method": method } = request.headers
      seen.push(`${request.url} ${method} ${headers}`)
    }
    const { host: _, ...headers } = request.headers
    const onward = send(new URL(request.url, baseUrl), { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers)
      answer.pipe(response)
    })
    onward.on("error", () => response.destroy())
    request.pipe(onward)
  }
  const { close, origin } = await listen(passOn)
  return { baseUrl: origin + new URL(baseUrl).pathname, close, take: () => seen.splice(0) }
}

const onPages = [
  [
    "no call causes a preflight, or asks in it for a header, that plain fetch does not",
    async ({ baseUrl, newPage }) => {
      const counted = await countPreflights(baseUrl)
      try {
        const preflightsOf = async (way) => {
          // A page of its own, because a browser remembers the answers to its preflights.
          const page = await newPage()
          const work = [way, counted.baseUrl, credentials(accounts.fleet)]
          same(
            await page.evaluate(([way, ...given]) => globalThis.suite[way](...given), work),
            false,
            `otpRequired, ${way}`
          )
          await page.context().close()
          return counted.take()
        }
        const plain = await preflightsOf("plainly")
        const sdk = await preflightsOf("bySdk")
        check(plain.length > 0, "plain fetch caused no preflight, so nothing was compared")
        same(sdk, plain, "the preflights of the SDK, against those of plain fetch")
      } finally {
        counted.close()
      }
    }
  ],
  [
    "no rejection is left unheard",
    async ({ page }) =>
      same(await page.evaluate(() => globalThis.suite.unheard()), [], "rejections and errors of the page")
  ]
]

export async function chromium({ baseUrl, fake, room }) {
  if (missing) throw new Error(missing)
  const app = await serveApp(room)
  const browser = await launch()
  const newPage = async () => {
    const page = await (await browser.newContext()).newPage()
    await page.exposeFunction("controlLinxio", controlOf(baseUrl))
    await page.goto(app.origin)
    await page.waitForFunction(() => globalThis.suite)
    return page
  }
  const results = []
  try {
    const page = await newPage()
    for (const [index, [name]] of behaviours.entries()) {
      const work = page.evaluate(([...given]) => globalThis.suite.run(...given), [baseUrl, index])
      results.push({ name, problem: await work.then(({ problem }) => problem, String) })
    }
    results.push(...(await proveEach(onPages, { baseUrl, fake, newPage, page })))
    return { version: browser.version(), results }
  } finally {
    await browser.close()
    app.close()
  }
}
