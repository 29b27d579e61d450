/** The figures of docs/performance.md: written by a whole run, and held by the gate to what that run wrote down. */
import { readFileSync, writeFileSync } from "node:fs"
import { say } from "./table.mjs"

const page = new URL("../../docs/performance.md", import.meta.url)
const latest = new URL("../results/latest.json", import.meta.url)

const columns = {
  handWritten: "hand-written",
  axios: "axios",
  ky: "ky",
  ofetch: "ofetch",
  "linxio-js": "**linxio-js**",
  "linxio-js, over fetch": "linxio-js over `fetch`",
  "linxio-effect": "**linxio-effect**"
}

/** What a reader of the page compares, in his words; the whole run has more. */
const shown = {
  costPerCall: {
    "Response, sequential": "one call after another",
    "Response, 1,000 concurrent": "1,000 calls at once"
  },
  throughput: { "width 1": "one call at a time", "width 50": "50 calls at a time" },
  expiry: {
    "expiry known": "the token says that it has expired",
    "expiry unknown": "only the server knows",
    "401s straggling in": "the refusals come over 300 ms"
  },
  coldStart: { time: "time", memory: "memory" },
  weight: { esbuild: "by esbuild" },
  decode: { "as it is": "a list read by a typed client" },
  streaming: { "20,000 vehicles": "records a second", memory: "growth from the first 5,000 to the last" }
}

const counts = ({ failed, refreshes, requests }) => {
  if (requests === undefined) return ""
  const sent = `<br>${requests.toLocaleString("en")} requests, ${refreshes} ${refreshes === 1 ? "refresh" : "refreshes"}`
  return failed > 0 ? `${sent}, ${failed} failed` : sent
}

const tableOf = ({ measure, rows, title }) => {
  const names = Object.keys(columns).filter((name) => rows.some(({ contender }) => contender === name))
  const line = (cells) => `| ${cells.join(" | ")} |`
  const cell = (row) => (row === undefined ? "" : say(row.value, row.unit) + counts(row))
  return [
    `**${title}**`,
    "",
    line(["", ...names.map((name) => columns[name])]),
    line(["---", ...names.map(() => "---")]),
    ...Object.entries(shown[measure]).map(([name, label]) => {
      const ofCase = rows.filter((row) => row.case === name)
      return line([label, ...names.map((contender) => cell(ofCase.find((row) => row.contender === contender)))])
    })
  ].join("\n")
}

const figures = ({ date, machine, measures }) => {
  const { cores, cpu, load, node, platform } = machine
  return [
    `${date}, Node ${node}, ${cores} cores (${cpu}, ${platform}), load ${say(load)} over the last quarter of an hour, of which the run is about 1.`,
    ...measures.map(tableOf)
  ].join("\n\n")
}

const marked = /<!-- figures -->[^]*<!-- \/figures -->/

const renewed = (before) =>
  before.replace(marked, () => {
    const results = JSON.parse(readFileSync(latest, "utf8"))
    return `<!-- figures -->\n\n${figures(results)}\n\n<!-- /figures -->`
  })

export const writePage = () => writeFileSync(page, renewed(readFileSync(page, "utf8")))

/** Whether the page says what the last whole run found. */
export const isCurrent = () => {
  const text = readFileSync(page, "utf8")
  return marked.test(text) && renewed(text) === text
}
