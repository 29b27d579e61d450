/** A store that fails may quote what it holds: whichever way it says so, nobody is shown a token. */
import { inspect } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { LinxioStoreError, type SessionStoreService } from "linxio-effect"
import { fromPromises } from "linxio-effect/stores/promiseStore"
import { makeIssuer, makeProcess } from "../refresh/cluster.ts"
import { makeFake } from "../support/harness.ts"
import { makeStore } from "../support/store.ts"

const shown = (error: unknown) =>
  `${String(error)} ${JSON.stringify(error)} ${inspect(error, { depth: 9, showHidden: true })}`

/** What a refresh fails with in a process that knows its tokens, and what it was that the store quoted. */
const failureWith = Effect.fnUntraced(function* (say: (token: string) => SessionStoreService["load"]) {
  const fake = makeFake()
  const issuer = makeIssuer(fake)
  const store = makeStore(issuer.tokens)
  const process = yield* makeProcess(fake, store.service)
  yield* process.get
  issuer.expire()
  const token = issuer.tokens.refreshToken
  store.hooks.load = say(token)
  const call = yield* Effect.forkChild(Effect.flip(process.get), { startImmediately: true })
  yield* TestClock.adjust("31 seconds")
  return { said: shown(yield* Fiber.join(call)), token }
})

describe("a store that quotes a token that the client knows", () => {
  const ways: ReadonlyArray<[string, (token: string) => SessionStoreService["load"]]> = [
    ["dies", (token) => Effect.die(new Error(`cannot use ${token}`, { cause: token }))],
    [
      "fails with an error of its own",
      (token) =>
        Effect.fail(new LinxioStoreError({ operation: "load", issue: `cannot use ${token}`, cause: new Error(token) }))
    ]
  ]
  for (const [way, say] of ways) {
    it.effect(`is cited without it where it ${way} (S-11)`, () =>
      Effect.gen(function* () {
        const { said, token } = yield* failureWith(say)
        assert.include(said, "cannot use")
        assert.notInclude(said, token)
      })
    )
  }
})

describe("a store of promises", () => {
  it.effect("that quotes the tokens of a row that was never read is cited without them (S-11)", () =>
    Effect.gen(function* () {
      const row = JSON.stringify({ session: { token: "canary-access", refreshToken: "canary-refresh" } })
      const broken = () => Promise.reject(new Error(`bad row ${row}`, { cause: new Error(`at ${row}`) }))
      const process = yield* makeProcess(makeFake(), fromPromises({ load: broken, swap: broken }))
      const failure = yield* Effect.flip(process.get)
      assert.include(String(failure), "bad row")
      assert.notInclude(shown(failure), "canary")
    })
  )
})
