// The guides of the site, in the order of their reading, and what can be told of each from its own text.
import { readdirSync, readFileSync } from "node:fs"
import { basename } from "node:path"

const order = [
  "quick-start-promises",
  "quick-start-effect",
  "authentication",
  "vehicles",
  "routes",
  "devices",
  "drivers",
  "users",
  "clients",
  "resellers",
  "geofences",
  "sensors",
  "cameras",
  "fuel",
  "reports",
  "digital-forms",
  "metadata",
  "sessions",
  "sharing",
  "errors",
  "retries-and-time",
  "observability",
  "deploying",
  "effect",
  "own-endpoints",
  "testing",
  "migrating",
  "performance",
  "guarantees"
]

export const home = "docs/index.md"

/** Every guide, and a guide that the order above does not know is a mistake. */
export const guides = () => {
  const found = readdirSync("docs").filter((file) => file.endsWith(".md") && `docs/${file}` !== home)
  const unknown = found.filter((file) => !order.includes(basename(file, ".md")))
  if (unknown.length > 0) throw new Error(`scripts/docs/guides.mjs does not say where ${unknown.join(", ")} belongs`)
  return order.map((name) => `docs/${name}.md`)
}

export const decisions = () =>
  readdirSync("docs/decisions")
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => `docs/decisions/${file}`)

/** The heading of a page. */
export const titleOf = (file) => {
  const title = /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1]
  if (title === undefined) throw new Error(`${file} has no heading`)
  return title
}

/** The first sentence of a page: what it is about. */
export const summaryOf = (file) => {
  const text = readFileSync(file, "utf8").replaceAll(/^#.*$/gm, "").trim()
  const paragraph = text.split(/\n\s*\n/)[0].replaceAll("\n", " ")
  return /^.*?\.(?= |$)/.exec(paragraph)?.[0] ?? paragraph
}

/** `llms.txt` (llmstxt.org): a list of the pages for programs that read; `llms-full.txt` is all of them in one. */
export const llms = (pageOf) => {
  const line = (file) => `- [${titleOf(file)}](${pageOf(file)}): ${summaryOf(file)}`
  const list = [
    `# ${titleOf(home)}`,
    `> ${summaryOf(home)}`,
    "The text of all guides in one file: [llms-full.txt](llms-full.txt)",
    "## Guides",
    guides().map(line).join("\n"),
    "## Reference",
    ["linxio-js", "linxio-effect", "linxio-testing"].map((name) => `- [${name}](modules/${name}.html)`).join("\n"),
    "## Decisions",
    decisions().map(line).join("\n")
  ]
  const full = [home, ...guides()].map((file) => readFileSync(file, "utf8").trim())
  return { list: `${list.join("\n\n")}\n`, full: `${full.join("\n\n---\n\n")}\n` }
}
