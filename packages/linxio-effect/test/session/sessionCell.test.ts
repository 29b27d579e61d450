import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import type { SessionEnd, SessionTokens } from "linxio-effect"
import * as Session from "../../src/Session.ts"

const tokens = (name: string): SessionTokens => ({
  obtainedAt: 0,
  accessToken: Redacted.make(name),
  refreshToken: Redacted.make(`${name}-refresh`)
})
const end: SessionEnd = { cause: "refresh-denied", at: 0, status: 400, ambiguous: false }

/** A session that was renewed once, with the value before and after. */
const renewed = () => {
  const session = Session.make()
  const before = session.signIn(session.nextSequence(), tokens("first"), "signedIn", 0)
  assert.isDefined(before)
  const after = session.renew(before, tokens("second"), 0)
  assert.isDefined(after)
  return { session, before, after }
}

describe("the cell of the session", () => {
  it("renewed tokens of an older generation are refused, and the newer ones stay (I-12)", () => {
    const { after, before, session } = renewed()
    assert.isUndefined(session.renew(before, tokens("late"), 0))
    assert.strictEqual(session.currentUnsafe(), after)
  })

  it("renewed tokens of another sign-in are refused, although the generation is the same (I-12)", () => {
    const { before, session } = renewed()
    const next = session.signIn(session.nextSequence(), tokens("other"), "signedIn", 0)
    assert.isUndefined(session.renew(before, tokens("late"), 0))
    assert.strictEqual(session.currentUnsafe(), next)
  })

  it("a refusal of an older generation or of another sign-in ends nothing (I-13)", () => {
    const { after, before, session } = renewed()
    assert.isUndefined(session.end(before, end))
    assert.strictEqual(session.currentUnsafe(), after)
    const next = session.signIn(session.nextSequence(), tokens("other"), "signedIn", 0)
    assert.isUndefined(session.end(after, end))
    assert.strictEqual(session.currentUnsafe(), next)
    session.signOut(0)
    assert.isUndefined(session.end(after, end))
    assert.strictEqual(session.currentUnsafe()._tag, "Anonymous")
  })

  it("is current for the tokens of its last sign-in or refresh only, whatever the server showed about them", () => {
    const { after, before, session } = renewed()
    session.mark(after, "accepted")
    assert.deepStrictEqual([session.isCurrent(before), session.isCurrent(after)], [false, true])
    const next = session.signIn(session.nextSequence(), tokens("other"), "signedIn", 0)
    assert.isDefined(next)
    assert.deepStrictEqual([session.isCurrent(after), session.isCurrent(next)], [false, true])
    session.end(next, end)
    assert.isFalse(session.isCurrent(next))
  })

  it("a code that is asked for changes nothing but a note (I-15, I-17)", () => {
    const session = Session.make()
    const early = session.nextSequence()
    session.signOut(0)
    session.requireCode(early)
    assert.deepStrictEqual(session.currentUnsafe(), { _tag: "Anonymous", epoch: 2 })
    session.requireCode(session.nextSequence())
    assert.deepStrictEqual(session.currentUnsafe(), { _tag: "Anonymous", epoch: 2, codeRequired: true })
    const active = session.signIn(session.nextSequence(), tokens("first"), "signedIn", 0)
    assert.isDefined(active)
    session.requireCode(session.nextSequence())
    assert.strictEqual(session.currentUnsafe(), active)
  })

  it("what the server showed about an older token says nothing about the new one (I-4)", () => {
    const { after, before, session } = renewed()
    session.mark(before, "accepted")
    session.mark(before, "rejected")
    assert.strictEqual(session.currentUnsafe(), after)
    assert.strictEqual(after.tokenStatus, "untried")
  })

  it("other times are for the tokens that they were given for, and only another end brings the clock back (F-15, I-24)", () => {
    const { after, before, session } = renewed()
    session.retime(before, tokens("late"))
    assert.strictEqual(session.currentUnsafe(), after)
    assert.isTrue(after.clockIgnored)
    session.retime(after, { ...after.tokens, refreshTokenExpiresAt: 5 })
    assert.deepStrictEqual(session.currentUnsafe(), {
      ...after,
      tokens: { ...after.tokens, refreshTokenExpiresAt: 5 }
    })
    const expiry = { expiresAt: 7 }
    session.retime(after, { ...after.tokens, expiry })
    assert.deepStrictEqual(session.currentUnsafe(), {
      ...after,
      tokens: { ...after.tokens, expiry },
      clockIgnored: false
    })
  })

  it("a token that was rejected is not accepted by an answer that comes later (I-10)", () => {
    const { after, session } = renewed()
    session.mark(after, "accepted")
    session.mark(after, "rejected")
    session.mark(after, "accepted")
    const state = session.currentUnsafe()
    assert.isTrue(state._tag === "Active" && state.tokenStatus === "rejected")
  })

  it("of two tickets the later decides, in whatever order they are used (I-15)", () => {
    const session = Session.make()
    const [first, last] = [session.nextSequence(), session.nextSequence()]
    const winner = session.signIn(last, tokens("last"), "signedIn", 0)
    assert.isUndefined(session.signIn(first, tokens("first"), "signedIn", 0))
    assert.strictEqual(session.currentUnsafe(), winner)
    const beforeSignOut = session.nextSequence()
    session.signOut(0)
    assert.isUndefined(session.signIn(beforeSignOut, tokens("late"), "signedIn", 0))
    assert.strictEqual(session.currentUnsafe()._tag, "Anonymous")
  })
})
