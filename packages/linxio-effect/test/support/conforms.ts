/** The conformance suite for a store that ships. A busy machine may be slow with a step; one that hangs fails by its name before its test does. */
import type { SessionStore } from "linxio-effect/stores/promiseStore"
import { testSessionStore } from "linxio-testing"
import { describe, it } from "vitest"

/** The tests of the swap itself are what S-1 rests on. */
const ofSwap = /^(refuses|lets one|tells whoever)/

export const conforms = (open: (name: string) => SessionStore | Promise<SessionStore>): void =>
  testSessionStore(open, {
    describe,
    it: (name, test) => it(ofSwap.test(name) ? `${name} (S-1)` : name, test),
    stepMs: 60_000
  })
