// The code blocks of the documentation: fences in Markdown and in the doc comments of what is public.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { problemsOf } from "./diagrams.mjs"

const markdown = () => [
  "README.md",
  ...["linxio-effect", "linxio-js", "linxio-testing"].map((name) => `packages/${name}/README.md`).filter(existsSync),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`)
]

/** What is under `internal` is public where the public modules export it: the error classes, for one. */
const sources = () =>
  ["packages/linxio-js/src", "packages/linxio-effect/src", "packages/linxio-testing/src"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`)
  )

/** The lines of a file that can hold a fence; everything else is empty, so that line numbers stay. */
const linesOf = (file) => {
  const lines = readFileSync(file, "utf8").split("\n")
  if (file.endsWith(".md")) return lines
  let inside = false
  return lines.map((line) => {
    if (/^\s*\/\*\*/.test(line)) inside = true
    const text = inside ? line.replace(/^\s*\* ?/, "") : ""
    if (line.includes("*/")) inside = false
    return text.startsWith("/") ? "" : text
  })
}

/** All blocks that are code, each with its file, its line and its kind, and what is wrong with the fences. */
export const readBlocks = () => {
  const blocks = []
  const problems = []
  for (const file of [...markdown(), ...sources()]) {
    let open
    for (const [index, line] of linesOf(file).entries()) {
      const fence = /^\s*```(.*)$/.exec(line)?.[1].trim()
      if (open && fence === "") {
        if (open.fence === "mermaid")
          problems.push(
            ...problemsOf(open.code.join("\n")).map((problem) => `${file}:${open.line}: the diagram ${problem}`)
          )
        else if (open.kind) blocks.push(open)
        open = undefined
      } else if (open) open.code.push(line)
      else if (fence !== undefined) {
        const kind = /^ts( no-run)?$/.test(fence) ? fence : undefined
        if (!kind && /^(ts|tsx|typescript|js|javascript|mjs)\b/.test(fence))
          problems.push(`${file}:${index + 1}: write this block as \`\`\`ts or \`\`\`ts no-run, so that it is checked`)
        open = { file, line: index + 1, kind, fence, code: [] }
      }
    }
    if (open) problems.push(`${file}:${open.line}: this block is never closed`)
  }
  // A file in examples/ is one block: it runs as it stands.
  for (const name of readdirSync("examples").filter((file) => file.endsWith(".ts"))) {
    const code = readFileSync(`examples/${name}`, "utf8").trimEnd().split("\n")
    blocks.push({ file: `examples/${name}`, line: 0, kind: "ts", fence: "ts", code })
  }
  for (const block of blocks) block.name = `${block.file.replace(/\.(md|ts)$/, "").replaceAll("/", ".")}.${block.line}`
  return { blocks, problems }
}
