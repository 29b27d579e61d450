// A request walks one corridor and imports point to the right, never left. This reads every import of the two SDK
// packages and compares it with the table below. A file that the table does not know has no room: add it there.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, relative, resolve } from "node:path"
import { parseAst } from "rolldown/parseAst"

/** Left to right. Rooms of one row know each other only inside a folder. The first row that fits a file is its row. */
const corridor = {
  "linxio-effect": [
    ["index"],
    ["Linxio"],
    ["Auth"],
    // What only Auth uses: reading the answers of sign-in, checking what a caller passes in.
    ["internal/loginReply", "internal/health", "internal/validate"],
    ["HttpClient"],
    // What only HttpClient uses: beginning a call, signing it, deciding whether it is made again.
    [
      "internal/authenticator",
      "internal/expiryWarnings",
      "internal/freshness",
      "internal/noHelp",
      "internal/redirects",
      "internal/restore",
      "internal/retry",
      "internal/retryBudget",
      "internal/startCall"
    ],
    ["CallOptions"],
    ["TokenRefresh"],
    // What TokenRefresh uses: the request, what is remembered of it, the store.
    ["internal/postRefresh", "internal/refreshSlots", "internal/sessionErrors", "internal/storeSync"],
    // The transport's edge: one attempt of one request, and what its answer means.
    [
      "internal/BufferedResponse",
      "internal/call",
      "internal/contract",
      "internal/destination",
      "internal/refusal",
      "internal/transportError"
    ],
    ["Session"],
    ["FileSessionStore"],
    ["SessionStore"],
    ["StoredSession"],
    ["Transport"],
    ["LinxioConfig"],
    ["internal/checks"],
    ["SessionTokens"],
    ["RetryPolicy"],
    ["LinxioApi"],
    ["api/*"],
    ["LinxioError"],
    ["OptionNames"],
    ["internal/errors/*"],
    ["internal/*"]
  ],
  "linxio-js": [
    ["index"],
    ["createClient"],
    ["resources/*"],
    ["run"],
    ["internal/*"],
    ["types"],
    ["types/*"],
    ["options"],
    ["options/*"]
  ]
}

/** What may be imported from outside the own package; the files that need Node are named one by one. */
const outside = {
  "linxio-effect": (name, room) =>
    name.startsWith("effect/") || (name.startsWith("node:") && room === "FileSessionStore"),
  "linxio-js": (name) => /^(effect\/|linxio-effect($|\/))/.test(name)
}

function* importsOf(node) {
  if (Array.isArray(node)) for (const item of node) yield* importsOf(item)
  else if (node && typeof node === "object") {
    if (typeof node.source?.value === "string") yield node.source.value
    for (const value of Object.values(node)) if (value && typeof value === "object") yield* importsOf(value)
  }
}

const problems = []
const count = { files: 0, imports: 0 }

for (const [name, rows] of Object.entries(corridor)) {
  const root = resolve("packages", name, "src")
  const roomOf = (file) => relative(root, file).replaceAll("\\", "/").replace(/\.ts$/, "")
  const matches = (room) => (entry) => entry === room || (entry.endsWith("/*") && room.startsWith(entry.slice(0, -1)))
  const rowOf = (room) => rows.findIndex((row) => row.some(matches(room)))

  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"))
  if (files.length === 0) problems.push(`${name}: no file read under ${root}`)
  for (const file of files.map((file) => resolve(root, file))) {
    count.files++
    const room = roomOf(file)
    const row = rowOf(room)
    const where = `${name}/src/${room}.ts`
    if (row < 0) problems.push(`${where} has no room on the corridor; give it one in scripts/check-corridor.mjs`)
    for (const target of importsOf(parseAst(readFileSync(file, "utf8"), { lang: "ts" }, file).body)) {
      count.imports++
      if (!target.startsWith(".")) {
        if (!outside[name](target, room)) problems.push(`${where} may not import "${target}"`)
        continue
      }
      const other = roomOf(resolve(dirname(file), target))
      const otherRow = rowOf(other)
      const sameFolder = row === otherRow && room.includes("/") && dirname(room) === dirname(other)
      if (other.startsWith("..")) problems.push(`${where} reaches into another package: ${target}`)
      else if (row >= 0 && otherRow >= 0 && otherRow <= row && !sameFolder)
        problems.push(`${where} imports ${other}, which lies to its left (or on its own row)`)
    }
  }
}

if (count.imports === 0) problems.push("not one import was read")
for (const problem of problems) console.log(problem)
console.log(`${count.files} files, ${count.imports} imports, ${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)
