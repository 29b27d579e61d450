/** The times of the session as its owner sees them: what Linxio wrote, or nothing. */
import type { ClientOptions, SessionData } from "linxio-js"
import { createClient, LinxioConfigurationError } from "linxio-js"
import { describe, expect, it } from "vitest"
import { clientOf, credentials, dataOf, recordStore, serve, signedIn, until } from "./support.ts"

const unreachable = { baseUrl: "http://127.0.0.1:9/api" }
const tokens = { token: "a.b.c", refreshToken: "r" }

describe("expireAt", () => {
  it("of session(), of what persists it, of a refresh and of a store is what Linxio returned, to the letter (F-14)", async () => {
    const fake = await serve({ rotation: true })
    const kept: Array<SessionData | undefined> = []
    const store = recordStore()
    const linxio = clientOf(fake, { store })
    linxio.onSessionChange(({ session }) => void kept.push(session), { persist: true })

    const { expireAt, refreshTokenExpireAt } = await dataOf(linxio.auth.login(credentials))
    expect(expireAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
    expect(linxio.session()?.expireAt).toBe(expireAt)
    expect(store.record()?.session).toMatchObject({ expireAt, refreshTokenExpireAt, lifetimeMs: expect.any(Number) })

    const renewed = await dataOf(linxio.auth.refresh())
    expect(renewed.expireAt).toMatch(/\+00:00$/)
    expect(linxio.session()?.expireAt).toBe(renewed.expireAt)
    await until(() => kept.length === 2)
    expect(kept.map((session) => session?.expireAt)).toEqual([expireAt, renewed.expireAt])
  })

  it("survives being saved and resumed, as it is (F-14)", async () => {
    const first = await signedIn(await serve())
    const saved = first.session()
    expect(saved?.expireAt).toMatch(/\+00:00$/)
    expect(clientOf(unreachable, { ...saved }).session()).toEqual(saved)
  })

  it.each(["in an hour", 1_787_655_129, { date: "2026-08-25", timezone_type: 3 }, null])(
    "that Linxio sends as %j fails no login and is in no session, so that what is saved can be resumed (F-3)",
    async (time) => {
      const fake = await serve()
      const linxio = clientOf(fake)
      const body = { ...tokens, expireAt: time, refreshTokenExpireAt: time }
      fake.inject({ fault: "status", status: 200, body, times: 1 })
      const data = await dataOf(linxio.auth.login(credentials))
      expect(data).toEqual({ ...tokens, otpRequired: false, otp_required: false })
      expect(linxio.session()).toEqual(tokens)
    }
  )

  it.each([Infinity, 1e300, Number.MAX_SAFE_INTEGER, -1])(
    "%d is unknown: session() gives the tokens, and whoever persists them is told (F-13)",
    async (expireAt) => {
      const linxio = clientOf(unreachable, { ...tokens, expireAt })
      expect(linxio.session()).toEqual(tokens)
      const kept: Array<SessionData | undefined> = []
      linxio.onSessionChange(({ session }) => void kept.push(session), { persist: true })
      linxio.setSession({ ...tokens, token: `e30.${btoa(JSON.stringify({ exp: expireAt }))}.s`, expireAt })
      await until(() => kept.length === 1)
      expect(kept[0]).toEqual(linxio.session())
      expect(kept[0]).not.toHaveProperty("expireAt")
    }
  )

  it.each(["soon", Number.NaN, "1787655129", [5], true])("%j given by a caller is refused", (expireAt) => {
    const options = { ...unreachable, ...tokens, expireAt } as ClientOptions
    expect(() => createClient(options)).toThrow(LinxioConfigurationError)
  })
})
