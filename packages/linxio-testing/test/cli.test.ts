/** The command line, as a shell sees it: the built program, its two streams and its exit code. */
import { spawn } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { FakeLinxio, fleet } from "linxio-testing"
import { outcome, run as runHere } from "../src/cli/run.ts"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { call, object, overSocket, refresh, signIn, string } from "./support.ts"

const program = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url))

let folder = ""
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "linxio-cli-"))))
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const start = (...args: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, NO_COLOR: "1" } })
  const seen = { out: "", err: "" }
  child.stdout.on("data", (data) => void (seen.out += String(data)))
  child.stderr.on("data", (data) => void (seen.err += String(data)))
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve))
  const prints = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => (seen.out.includes(text) ? resolve() : undefined)
      child.stdout.on("data", look)
      child.on("close", () => reject(new Error(`ended without printing ${text}: ${seen.out}${seen.err}`)))
      look()
    })
  onTestFinished(() => void child.kill("SIGKILL"))
  return { child, seen, ended, prints }
}

const run = async (...args: ReadonlyArray<string>) => {
  const { ended, seen } = start(...args)
  return { code: await ended, ...seen }
}

const serving = async (...args: ReadonlyArray<string>) => {
  const started = start("serve", "--port", "0", ...args)
  await started.prints("Ctrl+C")
  const baseUrl = /at (http:\S+\/api)/.exec(started.seen.out)?.[1] ?? ""
  return { ...started, wire: overSocket({ baseUrl }) }
}

const driver = { email: "driver@example.test", password: "a secret that no line may show" }

describe("linxio-testing serve", () => {
  it("serves the accounts of the file, prints a line for each request without a secret, and ends with 0 on SIGINT", async () => {
    const accounts = await file("good.json", JSON.stringify({ accounts: [driver] }))
    const { child, ended, prints, seen, wire } = await serving("--accounts", accounts)
    const { refreshToken, token } = await signIn(wire, driver)
    await refresh(wire, refreshToken)
    await prints("/token/refresh")
    child.kill("SIGINT")
    expect(await ended).toBe(0)
    expect(seen.out).toMatch(/#1 +POST \/login +driver@example\.test +no token +200\n/)
    expect(seen.out).toMatch(/#2 +POST \/token\/refresh +driver@example\.test +refresh token r1 +200\n/)
    for (const secret of [driver.password, token, refreshToken]) expect(seen.out).not.toContain(secret)
    expect(seen.err).toBe("")
  })

  it("ends with 0 on SIGTERM even while a request hangs", async () => {
    const { child, ended, seen, wire } = await serving()
    const origin = wire.baseUrl.slice(0, -"/api".length)
    await fetch(`${origin}/control/faults`, { method: "POST", body: JSON.stringify({ fault: "stall-headers" }) })
    const hanging = fetch(`${wire.baseUrl}/me`).catch(() => "broken")
    const waiting = async (): Promise<void> => {
      const timeline = await (await fetch(`${origin}/control/timeline`)).text()
      return timeline.includes("/me") ? undefined : waiting()
    }
    await waiting()
    child.kill("SIGTERM")
    expect([await ended, await hanging, seen.err]).toEqual([0, "broken", ""])
  })

  it("takes the lifetime of tokens, rotation and the seed from its flags", async () => {
    const flags = ["--token-ttl", "5s", "--refresh-ttl", "2h", "--rotation", "--seed", "7"]
    const [one, two] = [await serving(...flags), await serving(...flags)]
    const [first, second] = [await signIn(one.wire), await signIn(two.wire)]
    expect(first.refreshToken).toBe(second.refreshToken)
    const reply = await object(refresh(one.wire, first.refreshToken))
    expect(reply.refreshToken).not.toBe(first.refreshToken)
    const lifetime = Date.parse(string(reply.expireAt)) - Date.now()
    expect(lifetime).toBeLessThanOrEqual(5000)
    const longest = Date.parse(string(reply.refreshTokenExpireAt)) - Date.now()
    expect([longest > 7_000_000, longest <= 7_200_000]).toEqual([true, true])
  })

  it("serves a fleet of any size, with the seed of its flag and the times of today", async () => {
    const { wire } = await serving("--fleet", "250", "--seed", "3")
    const { token } = await signIn(wire)
    const { data, total } = await object(call(wire, "GET", "/vehicles/fields/json?limit=2&sort=-regNo", { token }))
    const [last] = data as ReadonlyArray<Readonly<Record<string, unknown>>>
    expect(total).toBe(250)
    expect(last?.["vin"]).toBe(fleet({ vehicles: 250, seed: 3 }).vehicles[249]?.["vin"])
    expect(Date.now() - Date.parse(String(last?.["lastLoggedAt"]))).toBeLessThan(21 * 86_400_000)
    const refused = await run("serve", "--port", "0", "--fleet", "2000000")
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(/^--fleet: .*1000000/)
    expect((await run("serve", "--fleet", "many")).err).toContain("Expected a whole number from 0")
  })

  it("stops without a complaint when nobody reads its lines any more", async () => {
    const { child, ended, seen, wire } = await serving()
    child.stdout.destroy()
    await signIn(wire)
    const gone = async (): Promise<void> => signIn(wire).then(gone, () => {})
    await gone()
    expect([await ended, seen.err]).toEqual([0, ""])
  })

  it("lets no request steer the terminal", async () => {
    const { prints, seen, wire } = await serving()
    await signIn(wire, { email: "a\u001b[31m\nforged", password: "x" }).catch(() => {})
    await prints("#1")
    expect(seen.out).toContain("a?[31m?forged")
  })
})

describe("help", () => {
  it.each([[["--help"]], [["serve", "--help"]], [[]]])("is printed on stdout with exit code 0 for %j", async (args) => {
    const { code, err, out } = await run(...args)
    expect([code, err]).toEqual([0, ""])
    expect(out).toContain(args[0] === "serve" ? "--token-ttl duration" : "serve")
  })
})

describe("what cannot be done", () => {
  const refused = async (args: ReadonlyArray<string>, sentence: RegExp) => {
    const told = outcome(await Effect.runPromiseExit(runHere(args)))
    expect(told).toEqual({ code: 2, sentence: expect.stringMatching(sentence) })
    expect(told.sentence).not.toContain("\n")
  }

  it("is one sentence on stderr, exit code 2, and nothing on stdout", async () => {
    const { code, err, out } = await run("serve", "--seed", "many")
    expect([code, out]).toEqual([2, ""])
    expect(err).toMatch(/^Invalid value for flag --seed: "many"\. Expected a whole number\n$/)
  })

  it.each<[string, ReadonlyArray<string>, RegExp]>([
    ["a seed that is no number", ["serve", "--seed", "many"], /--seed: "many"\. Expected a whole number$/],
    ["a seed that is no whole number", ["serve", "--seed", "1.5"], /--seed: "1\.5"\. Expected a whole number$/],
    ["a seed beyond what a number can hold", ["serve", "--seed", "99999999999999999999"], /^--seed: must be a whole/],
    ["a seed that is missing", ["serve", "--seed"], /^Missing value for flag --seed\. Expected: integer$/],
    ["a seed that is empty", ["serve", "--seed", ""], /--seed.* Expected a whole number$/],
    ["a port that is no number", ["serve", "--port", "80x"], /--port: "80x"\. Expected a whole number$/],
    ["an unknown flag", ["serve", "--sed", "1"], /Unrecognized flag: --sed/],
    ["an unknown command", ["server"], /Unknown subcommand "server"/],
    ["a port beyond the last", ["serve", "--port", "65536"], /^--port: must be a whole number from 0 to 65535/],
    [
      "a lifetime that is none",
      ["serve", "--token-ttl", "soon"],
      /--token-ttl: "soon"\. Expected a duration such as 5s/
    ],
    ["a lifetime that is too short", ["serve", "--token-ttl", "10ms"], /^--token-ttl: must be .* at least 1000 ms/],
    [
      "an accounts file that is not there",
      ["serve", "--accounts", "nowhere.json"],
      /nowhere\.json: there is no such file/
    ]
  ])("is explained: %s", (_, args, sentence) => refused(args, sentence))

  it.each<[string, string, RegExp]>([
    ["no JSON", "{", /the file is not JSON/],
    ["no account", `{"accounts":[]}`, /at accounts$/m],
    ["an account without a password", `{"accounts":[{"email":"a"}]}`, /Missing key at accounts\[0\]\.password/],
    [
      "a flag that is misspelt",
      `{"accounts":[{"email":"a","password":"b","blokced":true}]}`,
      /There is no such member at accounts\[0\]\.blokced/
    ],
    [
      "two accounts with one email",
      `{"accounts":[${JSON.stringify(driver)},${JSON.stringify(driver)}]}`,
      /have the same email/
    ]
  ])("is said of an accounts file with %s, and never what stands in it", async (name, content, sentence) => {
    const accounts = await file(`${name}.json`, content)
    await refused(["serve", "--port", "0", "--accounts", accounts], sentence)
  })

  it("is said of a port that is in use", async () => {
    const other = await FakeLinxio.serve()
    onTestFinished(other.close)
    await refused(
      ["serve", "--port", new URL(other.url).port],
      /^Cannot listen on 127\.0\.0\.1:\d+: the port is in use/
    )
  })
})
