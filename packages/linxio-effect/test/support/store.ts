/** Session stores for tests: one in memory that counts, and ones that fail. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import {
  LinxioStoreError,
  LinxioValidationError,
  type SessionChange,
  type SessionService,
  type SessionStoreService,
  type TokenInput
} from "linxio-effect"
import { makeMemory } from "linxio-effect/stores/SessionStore"
import * as SessionTokens from "linxio-effect/session/SessionTokens"

const tokensAt = (now: number, input: TokenInput): SessionTokens.SessionTokens => {
  const tokens = SessionTokens.make(input, { now, fresh: false })
  if (tokens instanceof LinxioValidationError) throw tokens
  return tokens
}

/** A store in memory that counts, and that a test can put in the way. */
export const makeStore = (initial?: TokenInput, at = 0) => {
  const memory = makeMemory()
  const store = {
    ...memory,
    loads: 0,
    seed: (input: TokenInput, now = 0) =>
      Effect.flatMap(memory.load, (old) => memory.save(tokensAt(now, input), old?.refreshToken)),
    stored: Effect.map(memory.load, (tokens) => tokens?.refreshToken && Redacted.value(tokens.refreshToken)),
    memory
  }
  store.load = Effect.suspend(() => {
    store.loads++
    return memory.load
  })
  if (initial) Effect.runSync(memory.save(tokensAt(at, initial), undefined))
  return store as { -readonly [K in keyof typeof store]: (typeof store)[K] } & {
    save: SessionStoreService["save"]
    load: SessionStoreService["load"]
  }
}

export const failing = (operation: "load" | "save") =>
  Effect.fail(new LinxioStoreError({ operation, issue: "disk on fire" }))

/** The types of the changes that are announced from now on. */
export const changesOf = (session: SessionService): Array<SessionChange["type"]> => {
  const seen: Array<SessionChange["type"]> = []
  session.observe(({ type }) => seen.push(type))
  return seen
}
