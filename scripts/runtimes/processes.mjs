// Node, Bun and Deno: one process runs the suite, says how it went, and has to end by itself.
import { spawn } from "node:child_process"
import { join } from "node:path"
import { programOf } from "./install.mjs"

const limitMs = 120_000
/** A kept connection may hold a process for a moment; a client that is left open must not. */
const endMs = 5_000

function watch(program, args, cwd) {
  const { DEBUG: _, LINXIO_BASE_URL: __, NODE_OPTIONS: ___, ...env } = process.env
  // Node's own additions for a program that it starts, and Deno's look for a newer Deno, are no part of this.
  const child = spawn(program, args, {
    cwd,
    env: { ...env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(cwd, ".deno") }
  })
  return new Promise((done, fail) => {
    let [out, err, late] = ["", "", ""]
    const stop = (why) => () => {
      late = why
      child.kill("SIGKILL")
    }
    const timers = [setTimeout(stop(`it was stopped after ${limitMs} ms`), limitMs)]
    child.stdout.setEncoding("utf8").on("data", (text) => {
      out += text
      if (/^\[.*\]\n$/m.test(out))
        timers.push(setTimeout(stop(`it was still there ${endMs} ms after its last line`), endMs))
    })
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text))
    child.on("error", fail)
    child.on("close", (code) => {
      for (const timer of timers) clearTimeout(timer)
      done({ out, err, late, code })
    })
  })
}

/** Runs the suite in a program; what is wrong with the process as a whole is one more behaviour each. */
async function runProcess(program, args, { baseUrl, room }) {
  const { code, err, late, out } = await watch(program, [...args, "suite/process.mjs", baseUrl], room)
  const last = out.trimEnd().split("\n").at(-1) ?? ""
  const results = last.startsWith("[") ? JSON.parse(last) : []
  return [
    ...results,
    {
      name: "the process ends by itself, with a client left open",
      problem: late || (code !== 0 && `exit code ${code}`)
    },
    { name: "the process writes no warning", problem: err }
  ]
}

/** Whatever an SDK does that its Node will not allow for much longer is an error here. */
const nodeArgs = ["--trace-warnings", "--throw-deprecation"]

/** The Node that runs this. */
export const thisNode = (name) => async (app) => {
  const { node } = process.versions
  if (!node.startsWith(`${name.slice("node".length)}.`))
    throw new Error(`this is Node ${node}; run this with ${name}, or leave it out with --without ${name}`)
  return { version: node, results: await runProcess(process.execPath, nodeArgs, app) }
}

const installed = (name, args) => async (app) => {
  const { program, version } = await programOf(name)
  return { version, results: await runProcess(program, args, app) }
}

export const node = (name) => installed(name, nodeArgs)
export const bun = installed("bun", ["run", "--no-install"])
// No permission but the network: without --allow-env, and nobody to ask.
export const deno = installed("deno", ["run", "--no-prompt", "--node-modules-dir=manual", "--allow-net=127.0.0.1"])
