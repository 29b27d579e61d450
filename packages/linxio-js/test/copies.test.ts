/** Several copies of the SDK in one process: the ESM and the CommonJS one of linxio-js, and linxio-effect beside them. */
import { createRequire } from "node:module"
import { runInNewContext } from "node:vm"
import * as effect from "linxio-effect"
import * as esm from "linxio-js"
import { describe, expect, it } from "vitest"

const cjs = createRequire(import.meta.url)("linxio-js") as typeof esm
const copies = { esm, cjs, effect }
type Copy = Pick<typeof esm, Extract<keyof typeof esm, `Linxio${string}Error`>>

const facts = { method: "GET", path: "/vehicles", attempts: 1, elapsedMs: 1, message: "it failed" }
const answer = { ...facts, status: 401, statusText: "Unauthorized", retryable: false }

/** One error of each class, and the names of the other classes that it is an instance of. */
const errorsOf = (copy: Copy): ReadonlyArray<readonly [Error, ReadonlyArray<string>]> => [
  [new copy.LinxioAbortError({ message: "aborted" }), []],
  [new copy.LinxioApiError(answer), []],
  [new copy.LinxioAuthenticationError({ reason: "NotSignedIn", message: "nobody" }), []],
  [
    new copy.LinxioAuthenticationError({
      reason: "Unauthenticated",
      message: "no",
      response: new copy.LinxioApiError(answer)
    }),
    ["LinxioApiError"]
  ],
  [new copy.LinxioConfigurationError({ option: "fetch", issue: "is missing" }), []],
  [new copy.LinxioDecodeError({ ...facts, status: 200, issue: "no JSON" }), []],
  [new copy.LinxioNetworkError(facts), []],
  [new copy.LinxioStoreError({ operation: "load", issue: "away" }), []],
  [new copy.LinxioTimeoutError({ ...facts, timeoutMs: 1, phase: "headers" }), ["LinxioNetworkError"]],
  [new copy.LinxioValidationError([]), []]
]

const classesOf = (copy: Copy) =>
  Object.entries(copy).filter(([name]) => /^Linxio\w*Error$/.test(name)) as Array<
    [string, abstract new (...input: never) => Error]
  >

describe.each(Object.keys(copies))("an error of the copy %s", (from) => {
  it.each(Object.keys(copies))("is an instance of its classes in the copy %s, and of no other class", (to) => {
    const source = copies[from as keyof typeof copies]
    const target = copies[to as keyof typeof copies]
    const classes = classesOf(target)
    expect(classes).toHaveLength(10)
    for (const [error, others] of errorsOf(source)) {
      const names = classes.filter(([, known]) => error instanceof known).map(([name]) => name)
      expect(names.sort()).toEqual([error.name, "LinxioError", ...others].sort())
    }
  })
})

describe("what is no error of any copy", () => {
  it("is no instance: a primitive, another error, an error that was written out and read again", () => {
    const written: unknown = JSON.parse(JSON.stringify(new esm.LinxioApiError(answer)))
    const tagged = Object.assign(new Error("not ours"), { name: "LinxioApiError", _tag: "LinxioApiError" })
    const others = [undefined, null, 0, "LinxioApiError", Symbol.iterator, () => undefined, {}, new Error("x"), written]
    for (const other of [...others, tagged, runInNewContext("new Error('x')") as unknown]) {
      for (const [, known] of classesOf(esm)) expect(other instanceof known).toBe(false)
    }
  })
})

describe("a subclass of a user's own", () => {
  class QuotaError extends esm.LinxioApiError {}
  class OwnError extends esm.LinxioError {
    readonly _tag = "OwnError"
    readonly retryable = false
  }

  it("has its own instances, and not those of its parent in any copy", () => {
    const quota = new QuotaError(answer)
    expect(quota).toBeInstanceOf(QuotaError)
    expect(new esm.LinxioApiError(answer)).not.toBeInstanceOf(QuotaError)
    expect(new cjs.LinxioApiError(answer)).not.toBeInstanceOf(QuotaError)
    expect(new cjs.LinxioValidationError([])).not.toBeInstanceOf(OwnError)
  })

  it("is an instance of its parents in every copy", () => {
    for (const copy of [esm, cjs, effect]) {
      expect(new QuotaError(answer)).toBeInstanceOf(copy.LinxioApiError)
      expect(new QuotaError(answer)).not.toBeInstanceOf(copy.LinxioDecodeError)
      expect(new OwnError("OwnError", "ours")).toBeInstanceOf(copy.LinxioError)
      expect(new OwnError("OwnError", "ours")).not.toBeInstanceOf(copy.LinxioApiError)
    }
  })
})
