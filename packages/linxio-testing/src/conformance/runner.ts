/** What runs the tests where nobody says it. */

/** What runs the tests: `describe` and `it` of Vitest, of `node:test`, of Jest, or of anything like them. */
export interface SuiteRunner {
  /** Groups tests. */
  readonly describe: (name: string, tests: () => void) => unknown
  /** One test; it fails when the promise rejects. */
  readonly it: (name: string, test: () => Promise<void>) => unknown
}

/** The global `describe` and `it`, or those of `node:test`. A runner that keeps its own out of reach would never see the tests of another. */
export const runnerHere = (): SuiteRunner => {
  const shared = { describe: Reflect.get(globalThis, "describe"), it: Reflect.get(globalThis, "it") }
  if (isRunner(shared)) return shared
  const isNode = typeof process !== "undefined" && !process.env["VITEST"] && !process.env["JEST_WORKER_ID"]
  const ofNode: unknown = isNode ? process.getBuiltinModule?.("node:test") : undefined
  if (isRunner(ofNode)) return ofNode
  throw new TypeError("testSessionStore found no global describe and it: pass { describe, it } of your test runner")
}

const isRunner = (value: unknown): value is SuiteRunner => {
  if (value === null || value === undefined) return false
  const { describe, it } = value as Partial<SuiteRunner>
  return typeof describe === "function" && typeof it === "function"
}
