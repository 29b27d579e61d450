/** Many clients on one store, as processes would be: their clocks differ, they are killed, and each refresh token may be spent once. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { isTupleOf } from "effect/Predicate"
import { TestClock } from "effect/testing"
import { Auth, HttpClient, type LinxioOptions, RefreshSharing, Session, type SessionStoreService } from "linxio-effect"
import { denial, type Fake, json, layer, loginRoute, makeFake, refreshRoute } from "../support/harness.ts"
import { makeStore } from "../support/store.ts"

/** A Linxio that rotates, and revokes the family of a token that comes twice. */
export const makeIssuer = (fake: Fake) => {
  const spent = new Set<string>()
  let reuses = 0
  let logins = 0
  let current = "refresh-0"
  let token = "access-0"
  let issued = 0
  const meanwhile: Array<Effect.Effect<unknown>> = []
  fake.always(refreshRoute, ({ refreshToken = "" }, _proceed) =>
    Effect.andThen(
      Effect.suspend(() => meanwhile.shift() ?? Effect.void),
      Effect.suspend(() => answerTo(refreshToken))
    )
  )
  const answerTo = (refreshToken: string) => {
    if (refreshToken !== current) {
      if (spent.has(refreshToken)) {
        reuses++
        current = "revoked"
      }
      return denial({ route: refreshRoute, bearer: undefined, refreshToken, request: undefined as never }, Effect.never)
    }
    spent.add(current)
    issued++
    current = `refresh-${issued}`
    token = `access-${issued}`
    return Effect.succeed(json(200, { token, refreshToken: current }))
  }
  fake.always("GET /vehicles", ({ bearer }) =>
    Effect.sync(() =>
      bearer === token
        ? json(200, { ok: true, signedBy: bearer })
        : json(401, { code: 401, message: "Expired JWT Token" })
    )
  )
  fake.always(loginRoute, () =>
    Effect.sync(() => {
      logins++
      issued++
      current = `refresh-${issued}`
      token = `access-${issued}`
      return json(200, { token, refreshToken: current })
    })
  )
  return {
    logins: () => logins,
    /** Linxio ends the session: neither of its tokens works any more. */
    die: () => {
      current = "ended"
      token = "ended"
    },
    /** What a login would have brought. */
    tokens: { token: "access-0", refreshToken: "refresh-0" },
    /** What happens while the next refresh is under way, before it is answered. */
    meanwhile: (act: Effect.Effect<unknown>) => void meanwhile.push(act),
    /** Ends the access token in force. */
    expire: () => void (token = `expired-${issued}`),
    refreshes: () => issued - logins,
    reuses: () => reuses,
    isRevoked: () => current === "revoked"
  }
}

export interface ProcessOptions {
  /** How long each request and each operation of the store takes. */
  readonly delayMs?: () => number
  /** By what clients of one process know that they are on one store. */
  readonly identity?: object
  /** By how much its wall clock is wrong. */
  readonly offsetMs?: number
}

/** A process: a client with a table of refreshes of its own, and a clock that may be wrong; whatever it asks takes its time. */
export const makeProcess = (
  fake: Fake,
  store: SessionStoreService,
  options: LinxioOptions = {},
  { delayMs = () => 0, identity, offsetMs = 0 }: ProcessOptions = {}
) =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    const clock = yield* Clock.Clock
    const wallTime = () => clock.currentTimeMillisUnsafe() + offsetMs
    const wrong: Clock.Clock = { ...clock, currentTimeMillisUnsafe: wallTime, currentTimeMillis: Effect.sync(wallTime) }
    const sharing = yield* RefreshSharing
    let isDead = false
    /** Half of the time passes before it is done, and half before the process hears of it; a dead process hears nothing. */
    const slowly = <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.suspend(() => {
        const pause = Effect.suspend(() => (isDead ? Effect.never : Effect.sleep(delayMs() / 2)))
        return Effect.andThen(
          pause,
          Effect.suspend(() => (isDead ? Effect.never : work))
        ).pipe(
          Effect.tap(() => pause),
          Effect.tap(() => Effect.suspend(() => (isDead ? Effect.never : Effect.void)))
        )
      })
    const transport = EffectHttpClient.transformResponse(fake.transport, slowly)
    const own: SessionStoreService = {
      load: slowly(store.load),
      swap: (next, expected) => slowly(store.swap(next, expected)),
      identity
    }
    const context = yield* Layer.buildWithScope(layer({ ...fake, transport }, options, own), scope).pipe(
      Effect.provideService(RefreshSharing, { of: (_, baseUrl) => sharing.of(own, baseUrl) }),
      Effect.provideService(Clock.Clock, wrong)
    )
    const http = Context.get(context, HttpClient)
    return {
      auth: Context.get(context, Auth),
      session: Context.get(context, Session),
      get: Effect.asVoid(http.get("/vehicles")).pipe(Effect.provideService(Clock.Clock, wrong)),
      isDead: () => isDead,
      /** As `kill -9`: it does nothing any more, and tells nobody. */
      kill: () => void (isDead = true)
    }
  })

/** Processes on one store, which has a session already. */
export const makeCluster = <const Count extends number>(count: Count, options: LinxioOptions = {}) =>
  Effect.gen(function* () {
    const fake = makeFake()
    const issuer = makeIssuer(fake)
    const store = makeStore(issuer.tokens)
    const processes = yield* Effect.forEach(Array.from({ length: count }), () =>
      makeProcess(fake, store.service, options)
    )
    if (!isTupleOf(processes, count)) return yield* Effect.die(new Error(`a cluster of ${count} was not made`))
    return {
      fake,
      issuer,
      store,
      processes,
      all: Effect.all(
        processes.map(({ get }) => get),
        { concurrency: "unbounded" }
      )
    }
  })

/** Starts an effect, and does not wait for it. */
export const begin = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkChild(effect, { startImmediately: true })
/** What an effect gives after some time. */
export const after = <A, E>(fiber: Fiber.Fiber<A, E>, time: `${number} seconds`) =>
  Effect.andThen(TestClock.adjust(time), Fiber.join(fiber))
