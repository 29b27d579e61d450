import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeFake, signedIn } from "./support/harness.ts"

describe("one refresh for all", () => {
  it.effect("a thousand concurrent 401s cause one refresh and two thousand and one requests (I-1)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const signers = yield* Effect.all(Array.from({ length: 1000 }, () => client.get("/vehicles")), { concurrency: "unbounded" })
      assert.strictEqual(fake.refreshes().length, 1)
      assert.strictEqual(fake.requests.length, 2001)
      assert.deepStrictEqual([...new Set(signers)], ["user-access-2"])
    })
  )
})
