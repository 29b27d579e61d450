// The utilisation report of examples/ at the size that it is for: more vehicles than fit into its heap, texts that a spreadsheet would run, and a server
// that fails half-way.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const vehicles = 50_000

/** Megabytes. The program needs less than 8; all vehicles at once do not fit, which is tried as well. */
const heap = "--max-old-space-size=12"

const hostile = { id: vehicles + 1, regNo: `=HYPERLINK("https://evil.example")`, model: `a "b", c`, depotName: "-1+1" }
const harmless = `"'=HYPERLINK(""https://evil.example"")","a ""b"", c",'-1+1,0,0\r\n`

const allAtOnce = `
import { createClient } from "linxio-js"
const linxio = createClient()
await linxio.auth.login({ email: process.env.LINXIO_EMAIL, password: process.env.LINXIO_PASSWORD })
await linxio.vehicles.iterate({ fields: ["id", "regNo", "model", "depotName", "todayData"], limit: 100 })
`

/** What is wrong with the report. `start` runs Node with arguments and an environment. */
export const problemsOfReport = async (program, start) => {
  const { defaultAccount, FakeLinxio, fleet } = await import("linxio-testing")
  const world = fleet({ vehicles })
  const folder = mkdtempSync(join(tmpdir(), "linxio-report-"))
  const file = join(folder, "report.csv")
  let pages = 0
  let lastPage = Infinity
  const server = await FakeLinxio.serve({
    vehicles: [...world.vehicles, hostile],
    records: world.records,
    onRequest: ({ endpoint }) => {
      if (endpoint !== "vehicles.list" || ++pages !== lastPage) return
      server.inject({ fault: "status", status: 403, endpoint: "vehicles.list" })
    }
  })
  const env = {
    ...process.env,
    LINXIO_BASE_URL: server.baseUrl,
    LINXIO_EMAIL: defaultAccount.email,
    LINXIO_PASSWORD: defaultAccount.password,
    LINXIO_REPORT: file
  }
  const problems = []
  const expect = (isSo, what, outcome) => {
    if (!isSo) problems.push(`examples/utilisation-report.ts: ${what}\n${JSON.stringify(outcome)}`)
  }
  try {
    const whole = await start([heap, program], env)
    expect(whole.printed === `${vehicles + 1} vehicles, 0 could not be read\n`, "counts every vehicle", whole)
    const text = existsSync(file) ? readFileSync(file, "utf8") : ""
    expect(text.split("\r\n").length === vehicles + 3, "has a line for each vehicle", text.slice(0, 300))
    expect(text.includes(harmless), "quotes what a spreadsheet would run", text.slice(0, 300))
    rmSync(file, { force: true })

    const tooMuch = await start([heap, "--input-type=module", "--eval", allAtOnce], env)
    expect(tooMuch.end !== 0, "all vehicles at once fit into that heap, so it shows nothing", tooMuch.end)

    const refused = await start([program], { ...env, LINXIO_PASSWORD: "wrong" })
    expect(
      refused.end === 1 && /^There is no report: .+\n$/.test(refused.complaints),
      "says why it cannot start",
      refused
    )

    pages = 0
    lastPage = 20
    const broken = await start([program], env)
    expect(
      broken.end === 1 && /^There is no report: .* 403 .*\n$/.test(broken.complaints),
      "says why it broke off",
      broken
    )
    expect(!existsSync(file) && !existsSync(`${file}.part`), "leaves no half report", broken)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return problems
}
