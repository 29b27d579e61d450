/** docs/testing.md is complete: whatever can be named is named there, and nothing that there is not. */
import { Account, defaultAccount, faultNames, FakeLinxio } from "linxio-testing"
import { faults } from "linxio-testing/Fault"
import { optionNames } from "../src/state/settings.ts"
import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"

const guide = readFileSync(new URL("../../../docs/testing.md", import.meta.url), "utf8")
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")

const section = (title: string, text = guide): string =>
  text.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? ""

/** The code in the cells of a column of the section's table, without arguments and question marks. */
const column = (title: string, index: number, text = guide): ReadonlyArray<ReadonlyArray<string>> =>
  section(title, text)
    .split("\n")
    .filter((line) => line.startsWith("| `") || line.startsWith("| *"))
    .map((line) => [...(line.split(" | ")[index] ?? "").matchAll(/`([\w/-]+)[^`]*`/g)].map(([, name = ""]) => name))

describe("docs/testing.md", () => {
  it("has one line for each fault, in the order of the code", () => {
    expect(column("Faults", 0).flat()).toEqual(faultNames)
  })

  it("names the members of each fault", () => {
    const next = ["endpoint", "times"]
    const rows = section("Faults")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
    for (const [index, name] of faultNames.entries()) {
      const cell = rows[index]?.split(" | ")[1] ?? ""
      const told = [...(cell.includes("*next*") ? next : []), ...(column("Faults", 1)[index] ?? [])]
      const known = Object.keys(faults[name].fields).filter((member) => member !== "fault")
      expect([...told].sort(), name).toEqual([...known].sort())
    }
  })

  it("names every option, and every member of an account", () => {
    const members = Object.keys(Account.fields).filter((member) => member !== "email" && member !== "password")
    expect(column("Options", 0).flat().sort()).toEqual([...Object.keys(optionNames), ...members].sort())
  })

  it("names every member of the request log", () => {
    const fake = FakeLinxio.inMemory()
    const others = ["baseUrl", "inject", "clearFaults", "fetch", "httpClient", "publicKey", "secrets"]
    const members = Object.getOwnPropertyNames(fake).filter((name) => !others.includes(name))
    expect(column("Request log", 0).flat().sort()).toEqual([...members].sort())
  })

  it("says who can sign in where no account was given, and so does the README", () => {
    for (const text of [section("From a shell"), section("Options"), section("From a shell", readme)]) {
      expect(text).toContain(`\`${defaultAccount.email}\``)
      expect(text).toContain(`\`${defaultAccount.password}\``)
    }
  })

  it("names every flag of the command line", async () => {
    const program = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [program, "serve", "--help"])
    const flags = [...stdout.matchAll(/^ +(--[\w-]+)/gm)].map(([, flag = ""]) => flag)
    const known = flags.filter((flag) => flag !== "--help" && flag !== "--version")
    expect(column("From a shell", 0).flat().sort()).toEqual([...known].sort())
  })
})

describe("README.md of the package", () => {
  it("names every option", () => {
    expect(column("Options", 0, readme).flat().sort()).toEqual(Object.keys(optionNames).sort())
  })

  it("names every fault", () => {
    const rows = [...section("Faults", readme).matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name)
    expect(rows.slice(0, faultNames.length).sort()).toEqual([...faultNames].sort())
  })
})
