/** Starts the server of `serverProcess.mjs` and speaks with it. */
import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

export const startServer = async () => {
  const child = fork(fileURLToPath(new URL("./serverProcess.mjs", import.meta.url)), [], { execArgv: [] })
  const [{ port }] = await once(child, "message")
  const ask = async (question) => {
    child.send(question)
    return (await once(child, "message"))[0]
  }
  return {
    baseUrl: `http://127.0.0.1:${port}/api`,
    /** Forgets every token but these, and counts from 0. */
    reset: (settings) =>
      ask({ settings: { tokens: [], refreshTokens: [], refreshMs: 0, stragglingMs: 0, ...settings } }),
    /** Requests in all, those among them that were refused with 401, and refreshes. */
    counts: () => ask({ counted: true }),
    close: async () => {
      child.disconnect()
      await once(child, "exit")
    }
  }
}
