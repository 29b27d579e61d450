/**
 * The model test: any sequence of commands against the embedded Linxio, all invariants checked after each.
 * `LINXIO_MODEL_RUNS` and `LINXIO_MODEL_SEED` set how many sequences and which; `npm run test:model` runs 10,000.
 */
import { describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as HttpBody from "effect/http/HttpBody"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { TestClock } from "effect/testing"
import { Auth, HttpClient, Linxio, type LinxioFailure, Session } from "linxio-effect"
import { FakeLinxio, type Service } from "linxio-testing"
import { accounts, always, type Command, commands, faultOf, show, wrongSecret } from "./commands.ts"
import { type Decision, Oracle, share } from "./oracle.ts"

const runs = Number(process.env["LINXIO_MODEL_RUNS"] ?? 500)
const seed = process.env["LINXIO_MODEL_SEED"] ?? String(Date.now())

/** From the client to the embedded Linxio, past the oracle; answers take 30 ms to come back. */
const wire = (fake: Service, oracle: Oracle): EffectHttpClient.HttpClient =>
  EffectHttpClient.make((request, url) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const call = oracle.calls[Number(request.headers["x-call"] ?? -1)]
      // The contract has no POST for data yet; Linxio would answer it as it answers the GET.
      const sent = call ? HttpClientRequest.setMethod(request, "GET") : request
      const answer = Effect.tap(fake.httpClient.execute(sent), () => Effect.sleep(30))
      if (call) {
        return Effect.flatMap(
          Effect.sync(() => oracle.sent(call, request.headers["authorization"])),
          (outcome) =>
            Effect.tap(answer, ({ status }) => Effect.map(Clock.currentTimeMillis, (at) => outcome(status, at)))
        )
      }
      if (!url.pathname.endsWith("/token/refresh")) return answer
      return Effect.suspend(() => {
        const outcome = oracle.presented(refreshTokenIn(request.body), now)
        return Effect.onExit(answer, (exit) =>
          Effect.sync(() => {
            if (exit._tag === "Failure") return outcome(undefined)
            const { headers, status } = exit.value
            const { fault } = fake.requests.find(({ requestId }) => requestId === headers["x-request-id"]) ?? {}
            outcome({ status, fault, isJson: headers["content-type"]?.includes("json") === true })
          })
        )
      })
    })
  )

const refreshTokenIn = (body: HttpBody.HttpBody): string =>
  body._tag === "Uint8Array" ? JSON.parse(new TextDecoder().decode(body.body)).refreshToken : ""

/** A session as an application that ran before has saved it. */
const savedSession = (fake: Service, { email, password }: { readonly email: string; readonly password: string }) =>
  fake.httpClient.post(`${fake.baseUrl}/login`, { body: HttpBody.jsonUnsafe({ email, password }) }).pipe(
    Effect.flatMap((response) => response.json),
    Effect.map((body) => body as { readonly token: string; readonly refreshToken: string })
  )

/** One client on one embedded Linxio, and all that the commands can do to them. */
const makeWorld = Effect.gen(function* () {
  yield* TestClock.setTime(Date.UTC(2026, 10, 1))
  const fake = yield* FakeLinxio.make({
    accounts: Object.values(accounts),
    accessTokenLifetime: "1 hour",
    vehicles: [],
    signing: "fake"
  })
  const saved = { A: yield* savedSession(fake, accounts.A), B: yield* savedSession(fake, accounts.B) }
  fake.clearRequestLog()
  for (const fault of always) fake.inject(fault)
  const oracle = new Oracle(fake, [saved.A.token, saved.B.token])
  const transport = Layer.succeed(EffectHttpClient.HttpClient, wire(fake, oracle))
  const context = yield* Layer.build(Layer.provide(Linxio.layer({ baseUrl: fake.baseUrl }), transport))
  const auth = Context.get(context, Auth)
  const http = Context.get(context, HttpClient)
  oracle.watch(Context.get(context, Session))

  const running: Array<Fiber.Fiber<unknown, unknown>> = []
  let current: { readonly token: string; readonly refreshToken: string } | undefined

  const start = <A>(
    work: Effect.Effect<A, LinxioFailure>,
    settled: (outcome: { readonly value?: A; readonly error?: LinxioFailure }, now: number) => void
  ) =>
    work.pipe(
      Effect.matchEffect({
        onSuccess: (value) => Effect.map(Clock.currentTimeMillis, (now) => settled({ value }, now)),
        onFailure: (error) =>
          Effect.map(Clock.currentTimeMillis, (now) => {
            oracle.failed(error)
            settled({ error }, now)
          })
      }),
      Effect.onInterrupt(() => Effect.map(Clock.currentTimeMillis, (now) => settled({}, now))),
      Effect.tapDefect((defect) => Effect.sync(() => oracle.violations.push(`a defect: ${String(defect)}`))),
      Effect.forkDetach({ startImmediately: true }),
      Effect.map((fiber) => void running.push(fiber))
    )

  /** A sign-in that decides the session if its answer brings a token. */
  const signIn = (subject: number, work: Effect.Effect<{ readonly _tag: string }, LinxioFailure>) => {
    const decision: Decision = { subject: String(subject), done: false }
    oracle.decisions.push(decision)
    return start(work, ({ value }) => {
      decision.done = value?._tag === "SignedIn"
    })
  }

  const request = (method: "GET" | "POST") =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const call = oracle.call(method, now)
      const headers = { "x-call": String(oracle.calls.length - 1) }
      const work = http.execute(HttpClientRequest.make(method)("/vehicles/count", { headers }))
      return start(work, ({ error }, at) => oracle.settled(call, error, at))
    })

  const step = (command: Command): Effect.Effect<unknown, unknown> => {
    switch (command.do) {
      case "request":
        return Effect.forEach(Array(command.n).keys(), () => request(command.method))
      case "advance":
        return TestClock.adjust(command.ms)
      case "fault":
        return Effect.sync(() => fake.inject(faultOf(command)))
      case "login": {
        oracle.credentialCalls.login++
        const account = accounts[command.as === "wrong" ? "A" : command.as]
        const password = command.as === "wrong" ? wrongSecret : account.password
        return signIn(account.id, auth.login({ email: account.email, password }))
      }
      case "verifyOtp": {
        oracle.credentialCalls.verifyOtp++
        const code = command.code === "right" ? accounts.C.otp : wrongSecret
        return signIn(accounts.C.id, auth.verifyOtp({ email: accounts.C.email, code }))
      }
      case "setSession": {
        const pair = command.to === "same" ? current : saved[command.to]
        if (pair === undefined) return Effect.void
        const epoch = oracle.state.epoch
        return Effect.map(auth.setSession(pair), () => {
          current = pair
          // The pair that the session has already changes nothing.
          if (oracle.state.epoch !== epoch) oracle.decisions.push({ subject: pair === saved.A ? "1" : "2", done: true })
        })
      }
      case "logout":
        oracle.decisions.push({ subject: undefined, done: true })
        return Effect.tap(
          start(auth.logout, () => {}),
          () =>
            oracle.state._tag === "Anonymous" ? Effect.void : Effect.fail("I-16: a session is there after logout()")
        )
      case "abort": {
        const open = running.filter((fiber) => fiber.pollUnsafe() === undefined)
        const fiber = open[command.i % Math.max(1, open.length)]
        if (fiber === undefined) return Effect.void
        fiber.interruptUnsafe()
        return Effect.flatMap(rest, () =>
          fiber.pollUnsafe() ? Effect.void : Effect.fail("I-28: a call is still there after its caller left")
        )
      }
      case "expireNow":
        return Effect.sync(() => fake.inject({ fault: "expire-access-tokens" }))
      case "skew":
        return Effect.sync(() => fake.inject({ fault: "clock-skew", ms: command.days * 86_400_000 }))
      case "revoke":
        return Effect.sync(() => fake.inject({ fault: "revoke-refresh-tokens" }))
      case "rotation":
        return Effect.sync(() => fake.inject({ fault: "rotation", on: command.on }))
      case "always401":
        return Effect.sync(() => fake.inject({ fault: "always-401", endpoint: "vehicles.count", on: command.on }))
      case "clearFaults":
        return clear
    }
  }

  const clear = Effect.sync(() => {
    fake.clearFaults()
    for (const fault of always) fake.inject(fault)
  })

  /** Lets everything end; then, of two more requests, the second succeeds unless the session is over. */
  const end = Effect.gen(function* () {
    yield* clear
    yield* TestClock.adjust("5 minutes")
    if (running.some((fiber) => fiber.pollUnsafe() === undefined)) return yield* Effect.fail("a caller hangs")
    for (const _ of [1, 2]) yield* Effect.andThen(request("GET"), TestClock.adjust("5 minutes"))
    const status = oracle.calls.at(-1)?.attempts.at(-1)
    if (status !== 200 && oracle.state._tag === "Active") return yield* Effect.fail(`the session is stuck: ${status}`)
  })
  return { fake, oracle, step, end }
})

/** Runs what can run without time passing. */
const rest = Effect.repeat(Effect.yieldNow, { times: 4 })

/** Fails with the first broken invariant and the whole story. */
const property = (sequence: ReadonlyArray<Command>) =>
  Effect.gen(function* () {
    const { end, fake, oracle, step } = yield* makeWorld
    const checked = (work: Effect.Effect<unknown, unknown>) =>
      Effect.gen(function* () {
        yield* work
        yield* rest
        oracle.check(yield* Clock.currentTimeMillis)
        if (oracle.violations.length > 0) return yield* Effect.fail(oracle.violations[0])
      })
    const signedIn: Command = { do: "setSession", to: "A" }
    return yield* Effect.andThen(
      Effect.forEach([signedIn, ...sequence], (command) => checked(step(command)), { discard: true }),
      checked(end)
    ).pipe(
      // Also after a failure: a client that closes waits for the refresh that is under way.
      Effect.ensuring(TestClock.adjust("5 minutes")),
      Effect.catchCause((cause) => Effect.fail(`${Cause.pretty(cause)}\n\n${fake.timeline()}`)),
      Effect.as(true)
    )
  }).pipe(
    Effect.scoped,
    Effect.provideService(Random.Random, { nextDoubleUnsafe: () => share, nextIntUnsafe: () => 0 }),
    Effect.provide(TestClock.layer(), { local: true })
  )

/** Found by the model, shrunk by it, and mended since. */
const regressions: Record<string, ReadonlyArray<Command>> = {
  "a rate limiter's answer does not show that a token works": [
    { do: "fault", what: "unchanged", at: "refresh", times: 1 },
    { do: "expireNow" },
    { do: "request", method: "GET", n: 1 },
    { do: "fault", what: "429", at: "vehicles.count", times: 2 },
    { do: "advance", ms: 4000 },
    { do: "request", method: "POST", n: 2 }
  ],
  "a saved session takes up the newest of several rotations": [
    { do: "rotation", on: true },
    ...Array<ReadonlyArray<Command>>(3)
      .fill([{ do: "expireNow" }, { do: "request", method: "GET", n: 1 }, { do: "advance", ms: 400 }])
      .flat(),
    { do: "expireNow" },
    { do: "logout" },
    { do: "setSession", to: "A" }
  ],
  "a session that took up a rotation ends when the newer token is refused": [
    { do: "expireNow" },
    { do: "rotation", on: true },
    { do: "request", method: "POST", n: 5 },
    { do: "advance", ms: 15_000 },
    { do: "revoke" },
    { do: "setSession", to: "A" },
    { do: "advance", ms: 90_000_000 }
  ]
}

describe("a sequence that broke an invariant once", () => {
  for (const [name, sequence] of Object.entries(regressions)) {
    it.effect(name, () => property(sequence))
  }
})

describe("any sequence of commands", () => {
  it.effect(
    `keeps every invariant (${runs} sequences)`,
    () =>
      Effect.gen(function* () {
        const result = yield* Arbitrary.checkEffect(commands, property, { runs, seed, size: 70, maxShrinks: 2000 })
        if (result._tag === "Passed") return
        if (result._tag !== "Falsified") return yield* Effect.die(new Error(Arbitrary.formatCheckFailure(result)))
        const { failure, runs: run, shrinks, shrunkInput } = result
        const story = failure._tag === "PropertyError" ? String(failure.error) : "returned false"
        return yield* Effect.die(
          new Error(
            `LINXIO_MODEL_SEED=${seed}, run ${run}, ${shrinks} shrinks:\n  ${shrunkInput.map(show).join("\n  ")}\n\n${story}`
          )
        )
      }),
    600_000
  )
})
