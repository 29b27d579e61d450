// The code in README.md, docs/ and the doc comments is code: every ```ts block is type-checked against the built packages
// and run against an embedded Linxio. ```ts no-run blocks are type-checked only. What a block prints must equal its
// `// => value` comments. Diagrams are read, and everything that linxio-js publishes has a comment and an example.
import { resolve } from "node:path"
import { readBlocks } from "./docs/blocks.mjs"
import { compile, run } from "./docs/run-blocks.mjs"
import { undocumented } from "./docs/undocumented.mjs"

// `node scripts/check-docs.mjs sessions` looks at the files with that in their name.
const [only = ""] = process.argv.slice(2)
const read = readBlocks()
const blocks = read.blocks.filter(({ file }) => file.includes(only))
const problems = [...read.problems, ...undocumented("packages/linxio-js/dist/index.d.ts")]
if (blocks.length === 0) problems.push("not one ts block was found")
else problems.push(...compile(blocks))

const runnable = blocks.filter(({ kind }) => kind === "ts")
if (problems.length === 0) problems.push(...(await run(runnable)))

for (const problem of problems) console.log(problem.replaceAll(resolve("."), "."))
const examples = blocks.filter(({ file }) => file.endsWith(".ts")).length
console.log(`${blocks.length} code blocks type-checked, ${runnable.length} run; ${examples} of them in doc comments`)
process.exit(problems.length === 0 ? 0 : 1)
