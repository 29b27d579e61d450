/** Runs a function of a module in a fresh process, so that no measure inherits the optimised code of another one. */
import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"

const child = fileURLToPath(new URL("./child.mjs", import.meta.url))

export const inFreshProcess = (module, name, argument) =>
  new Promise((resolve, reject) => {
    const running = fork(child, [module, name, JSON.stringify(argument)], { execArgv: ["--expose-gc"] })
    let result
    running.once("message", (message) => (result = message))
    running.once("error", reject)
    running.once("exit", (code) =>
      result === undefined ? reject(new Error(`${name} ended with ${code} and no result`)) : resolve(result)
    )
  })
