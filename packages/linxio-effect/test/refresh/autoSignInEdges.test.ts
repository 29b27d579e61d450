/** The automatic sign-in when something else goes wrong: the store, a process, a clock, a caller, Linxio (S-13). */
import { assert, describe, it } from "@effect/vitest"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { TestClock } from "effect/testing"
import { HttpClient, LinxioConfig } from "linxio-effect"
import { withEnvironment } from "linxio-effect/LinxioConfig"
import { inspect } from "node:util"
import { answer, denial, layer, loginRoute, makeClient, makeFake, refreshRoute } from "../support/harness.ts"
import { failing, makeStore } from "../support/store.ts"
import { makeProcess } from "./cluster.ts"
import {
  begin,
  credentials,
  dead,
  given,
  letItEnd,
  makeCluster,
  passing,
  run,
  withFastDigests,
  wrong
} from "./signInCluster.ts"

withFastDigests()

const day = 86_400_000
const succeeds = ({ _tag }: { readonly _tag: string }) => _tag === "Success"
const reasonOf = (result: unknown) => Object(Object(result).failure).reason

describe("while clients sign in automatically", () => {
  it.effect("their clocks may be a day apart (S-4, S-13)", () =>
    Effect.gen(function* () {
      // So that no clock is before 1970.
      yield* TestClock.adjust("10 days")
      for (const answers of [undefined, answer(503)]) {
        const fake = makeFake()
        const store = makeStore(dead)
        fake.always(loginRoute, answers)
        const processes = yield* Effect.forEach([-day, 0, day, day], (offsetMs) =>
          makeProcess(fake, store.service, { credentials }, { offsetMs, delayMs: () => 50 })
        )
        yield* letItEnd
        const all = Effect.forEach(processes, ({ get }) => Effect.result(get), { concurrency: "unbounded" })
        for (let minute = 0; minute < 4; minute++) {
          assert.deepStrictEqual(new Set((yield* run(all)).map(succeeds)), new Set([answers === undefined]))
          yield* TestClock.adjust("1 minute")
        }
        assert.lengthOf(fake.sent(loginRoute), 1)
      }
    })
  )

  it.effect("two of one process are like two processes (S-12)", () =>
    Effect.gen(function* () {
      const { all, fake } = yield* makeCluster(2, {}, dead, { identity: {} })
      assert.isTrue((yield* run(all)).every(succeeds))
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )

  it.effect("the one that signs in may be killed: another does 24 seconds later (S-5)", () =>
    Effect.gen(function* () {
      const { fake, processes } = yield* makeCluster(2)
      const [first, second] = processes
      if (!first || !second) return assert.fail("no cluster")
      const gate = fake.hold(loginRoute)
      yield* begin(first.get)
      yield* gate.arrived
      first.kill()
      const waiting = yield* begin(second.get)
      yield* TestClock.adjust("23 seconds")
      assert.lengthOf(fake.sent(loginRoute), 1)
      yield* passing(waiting)
      assert.lengthOf(fake.sent(loginRoute), 2)
    })
  )

  it.effect("a caller that leaves does not stop it, and the next call has its session (I-8)", () =>
    Effect.gen(function* () {
      const { fake, processes } = yield* makeCluster(1)
      const [only] = processes
      if (!only) return assert.fail("no cluster")
      const gate = fake.hold(loginRoute)
      const leaving = yield* begin(only.get)
      yield* gate.arrived
      yield* Fiber.interrupt(leaving)
      yield* gate.open
      yield* run(only.get)
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )

  it.effect("a client that is closed says so to its callers, and ends in 5 seconds", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(layer(fake, { credentials: Effect.never }), scope)
      const call = yield* begin(Effect.flip(Context.get(context, HttpClient).get("/vehicles")))
      yield* TestClock.adjust("1 second")
      const closing = yield* begin(Scope.close(scope, Exit.void))
      yield* TestClock.adjust("5 seconds")
      yield* Fiber.join(closing)
      assert.include(yield* passing(call), { reason: "closed" })
    })
  )

  it.effect("somebody may sign in by hand, and wins (I-15)", () =>
    Effect.gen(function* () {
      const { fake, processes, store } = yield* makeCluster(1)
      const [only] = processes
      if (!only) return assert.fail("no cluster")
      const gate = fake.hold(loginRoute)
      const call = yield* begin(Effect.result(only.get))
      yield* gate.arrived
      yield* run(only.auth.login({ email: "person@example.test", password: "p" }))
      yield* gate.open
      yield* passing(call)
      assert.match(String(store.record()?.session?.token), /^person/)
      assert.lengthOf(fake.sent(loginRoute), 2)
    })
  )

  for (const [when, isHeld] of [
    ["while the client signs in", true],
    ["after it has signed in", false]
  ] as const) {
    it.effect(`the end of the session may be written ${when}: lease, session and caller stay (S-13)`, () =>
      Effect.gen(function* () {
        const { fake, processes, store } = yield* makeCluster(1)
        const [only] = processes
        if (!only) return assert.fail("no cluster")
        const gate = fake.hold(loginRoute)
        const late = Effect.andThen(isHeld ? gate.arrived : Effect.sleep("1 second"), store.plainly.load)
        // After the refusal, the lease is given back; then one caller writes the end, and another signs in.
        let loads = 0
        fake.next(refreshRoute, (recorded, proceed) => {
          store.hooks.load = Effect.suspend(() => (++loads === 2 ? late : store.plainly.load))
          return denial(recorded, proceed)
        })
        const calls = yield* begin(Effect.all([only.get, only.get], { concurrency: 2 }))
        yield* gate.arrived
        if (isHeld) yield* TestClock.adjust("1 second")
        yield* gate.open
        yield* passing(calls)
        assert.isAbove(loads, 2)
        assert.lengthOf(fake.sent(loginRoute), 1)
        assert.match(String(store.record()?.session?.token), /access-1$/)
      })
    )
  }

  it.effect("a call of another process goes on, although it was sent before (I-14)", () =>
    Effect.gen(function* () {
      const { fake, processes } = yield* makeCluster(2)
      const [first, second] = processes
      if (!first || !second) return assert.fail("no cluster")
      const late = fake.hold("GET /vehicles")
      const waiting = yield* begin(first.get)
      yield* late.arrived
      yield* run(second.get)
      yield* late.open
      yield* passing(waiting)
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )
})

describe("the pause after an automatic sign-in that failed", () => {
  it.effect("holds although the credentials are other ones each time (S-13)", () =>
    Effect.gen(function* () {
      let asked = 0
      const changing = Effect.sync(() => ({ ...given, password: `guess ${++asked}` }))
      const { all, fake } = yield* makeCluster(2, { credentials: changing })
      fake.always(loginRoute, wrong)
      for (let round = 0; round < 10; round++) {
        for (const result of yield* run(all)) assert.strictEqual(reasonOf(result), "InvalidCredentials")
        yield* TestClock.adjust("29 seconds")
      }
      assert.lengthOf(fake.sent(loginRoute), 1)
      yield* TestClock.adjust("1 minute")
      yield* run(all)
      assert.lengthOf(fake.sent(loginRoute), 2)
    })
  )

  it.effect("holds for a process that starts in it (S-13)", () =>
    Effect.gen(function* () {
      const { all, fake, start } = yield* makeCluster(1)
      fake.always(loginRoute, answer(503))
      yield* run(all)
      for (let restart = 0; restart < 4; restart++) {
        yield* TestClock.adjust("1 minute")
        assert.match((yield* run(Effect.flip((yield* start).get))).message, /next automatic sign-in is in \d+ s/)
      }
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )

  it.effect("is over for a job that starts the next day, although the job itself lasts seconds (S-13)", () =>
    Effect.gen(function* () {
      const { all, fake, start } = yield* makeCluster(1)
      fake.always(loginRoute, answer(503))
      yield* run(all)
      yield* TestClock.adjust("1 day")
      fake.always(loginRoute, undefined)
      yield* run((yield* start).get)
      assert.lengthOf(fake.sent(loginRoute), 2)
    })
  )
})

describe("an answer to an automatic sign-in", () => {
  const page = () => new Response("<h1>Forbidden</h1>", { status: 403, headers: { "content-type": "text/html" } })
  it.effect("that is a 403 of Linxio is a refusal; that of a proxy is none (S-13)", () =>
    Effect.gen(function* () {
      const one = yield* makeCluster(1)
      one.fake.next(loginRoute, answer(403, { errors: [{ code: 403, detail: "Access denied" }] }))
      assert.strictEqual(reasonOf((yield* run(one.all))[0]), "InvalidCredentials")
      assert.isOk(one.store.record()?.refused)
      const two = yield* makeCluster(1)
      two.fake.next(loginRoute, () => Effect.sync(page))
      assert.include(Object((yield* run(two.all))[0]).failure, { status: 403 })
      assert.isNotOk(two.store.record()?.refused)
    })
  )

  it.effect("that is slower than the limit is given up, and is not asked for again (S-13)", () =>
    Effect.gen(function* () {
      const { fake, processes } = yield* makeCluster(1)
      const [only] = processes
      if (!only) return assert.fail("no cluster")
      fake.hold(loginRoute)
      assert.include(yield* run(Effect.flip(only.get)), { _tag: "LinxioTimeoutError" })
      yield* TestClock.adjust("1 minute")
      yield* run(Effect.flip(only.get))
      assert.lengthOf(fake.sent(loginRoute), 1)
    })
  )
})

describe("a store that is down", () => {
  it.effect("when a sign-in is due, lets nobody sign in (S-13)", () =>
    Effect.gen(function* () {
      const { all, fake, processes, store } = yield* makeCluster(2)
      const [first] = processes
      if (!first) return assert.fail("no cluster")
      fake.next(loginRoute, answer(503))
      yield* run(Effect.result(first.get))
      yield* TestClock.adjust("10 minutes")
      store.hooks.load = failing("load")
      for (const result of yield* run(all)) assert.include(Object(result).failure, { _tag: "LinxioStoreError" })
      assert.lengthOf(fake.sent(loginRoute), 1)
      store.hooks.load = store.plainly.load
      assert.isTrue((yield* run(all)).every(succeeds))
      assert.lengthOf(fake.sent(loginRoute), 2)
    })
  )

  it.effect("while the session ends, does not take the end for a sign-out later (S-13)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = makeStore()
      const client = yield* makeClient(fake, { credentials }, { ...store.service, onOutage: "refreshAlone" as const })
      store.hooks.load = failing("load")
      yield* run(client.auth.login(given))
      fake.revoke("robot@example.test-access-1")
      fake.next(refreshRoute, denial)
      assert.include(yield* run(Effect.flip(client.get("/vehicles"))), { _tag: "LinxioStoreError" })
      assert.strictEqual(client.session.currentUnsafe()._tag, "Ended")
      store.hooks.load = store.plainly.load
      assert.strictEqual(yield* run(client.get("/vehicles")), "robot@example.test-access-2")
    })
  )

  it.effect("when the session is to be saved, gets it later, and the client goes on (S-9)", () =>
    Effect.gen(function* () {
      const { fake, processes, store } = yield* makeCluster(1)
      const [only] = processes
      if (!only) return assert.fail("no cluster")
      const gate = fake.hold(loginRoute)
      const call = yield* begin(only.get)
      yield* gate.arrived
      store.hooks.swap = () => failing("save")
      yield* gate.open
      yield* passing(call)
      store.hooks.swap = store.plainly.swap
      const [token] = fake
        .sent("GET /vehicles")
        .map(({ bearer }) => bearer)
        .slice(-1)
      fake.revoke(token)
      yield* run(only.get)
      assert.lengthOf(fake.sent(loginRoute), 1)
      assert.match(String(store.record()?.session?.token), /access-2$/)
    })
  )
})

describe("the password of an automatic sign-in", () => {
  it.effect("is in no error, change, record or setting, also if Linxio quotes it (I-32)", () =>
    Effect.gen(function* () {
      const password = "pa55-word-of-robot"
      for (const body of [{ code: 401, message: `Bad ${password}` }, { oops: password }]) {
        const fake = makeFake()
        const store = makeStore(dead)
        fake.always(loginRoute, answer("code" in body ? 401 : 500, body))
        const source = Effect.succeed({ ...given, password })
        const client = yield* makeClient(fake, { credentials: source }, store.service)
        const seen: Array<unknown> = [Context.get(client.context, LinxioConfig), client]
        client.session.observe((change) => seen.push(change))
        for (let call = 0; call < 2; call++) seen.push(yield* run(Effect.flip(client.get("/vehicles"))))
        seen.push(store.record())
        assert.notInclude(inspect(seen, { depth: 12, showHidden: true }), password)
        assert.notInclude(JSON.stringify(seen), password)
        assert.lengthOf(fake.sent(loginRoute), 1)
      }
    })
  )

  it.effect("may come from a Config, which is read for the sign-in and not when the layer is built", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const fromConfig = Config.all({ email: Config.String("ROBOT"), password: Config.Redacted("ROBOT_PASSWORD") })
      const client = yield* makeClient(fake, yield* withEnvironment({ credentials: fromConfig }))
      const provider = ConfigProvider.fromEnv({ env: { ROBOT: "config@example.test", ROBOT_PASSWORD: "p" } })
      const get = Effect.provideService(client.get("/vehicles"), ConfigProvider.ConfigProvider, provider)
      assert.strictEqual(yield* run(get), "config@example.test-access-1")
    })
  )

  it.effect("may be Redacted", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, {
        credentials: Effect.succeed({ ...given, password: Redacted.make("p") })
      })
      assert.strictEqual(yield* run(client.get("/vehicles")), "robot@example.test-access-1")
    })
  )
})
