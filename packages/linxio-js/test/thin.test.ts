/** The facade is thin, and what the README says of its size is so. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "..")

/** Lines with code on them. */
const codeLines = (source: string): number =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .split("\n")
    .filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length

it("the README says how many lines of code linxio-js has, to a hundred", () => {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts")
  )
  const lines = files.reduce((sum, file) => sum + codeLines(readFileSync(join(root, "src", file), "utf8")), 0)
  const said = /([\d,]+) lines of code without comments/.exec(readFileSync(join(root, "../../README.md"), "utf8"))?.[1]
  expect(Math.abs(Number(said?.replace(",", "")) - lines), `linxio-js has ${lines} lines of code`).toBeLessThanOrEqual(
    100
  )
})
