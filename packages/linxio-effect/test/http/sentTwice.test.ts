/** What may be sent twice, and what never is. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientError from "effect/http/HttpClientError"
import * as Schedule from "effect/Schedule"
import { TestClock } from "effect/testing"
import { LinxioAuthenticationError, LinxioNetworkError, withCallOptions } from "linxio-effect"
import { answer, makeFake, reset, signedIn, type Step } from "../support/harness.ts"
import { run, share } from "../support/outage.ts"

describe("what may be sent twice", () => {
  const statuses = [408, 425, 429, 500, 502, 503, 504, 520, 524, 529]
  it.effect(`an idempotent request is, after ${statuses.join(", ")} and a network error`, () =>
    Effect.gen(function* () {
      for (const status of statuses) assert.lengthOf((yield* share(0)(run(answer(status)))).times, 4, String(status))
      const { failure, times } = yield* share(0)(run(reset()))
      assert.lengthOf(times, 4)
      assert.instanceOf(failure, LinxioNetworkError)
      assert.include(failure, { attempts: 4 })
    })
  )

  it.effect("no request is, after 400, 403, 404, 409, 422, 501 and 505", () =>
    Effect.gen(function* () {
      for (const status of [400, 403, 404, 409, 422, 501, 505]) {
        assert.lengthOf((yield* run(answer(status))).times, 1, String(status))
      }
    })
  )

  for (const method of ["post", "patch"] as const) {
    const route = `${method.toUpperCase()} /notes`
    const send = (step: Step, call = withCallOptions({})) =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.always(route, step)
        const fiber = yield* Effect.forkChild(
          Effect.flip(call(client.http[method]("/notes", { body: HttpBody.jsonUnsafe({}) })))
        )
        yield* TestClock.adjust("1 hour")
        yield* Fiber.join(fiber)
        return fake.sent(route).length
      })

    it.effect(`a ${method.toUpperCase()} is not, once it may have reached the server (I-31)`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(reset(true)), 1)
        for (const status of [408, 425, 500, 502, 503, 504])
          assert.strictEqual(yield* send(answer(status)), 1, String(status))
      })
    )

    it.effect(`a ${method.toUpperCase()} is after a 429, which was refused before it was processed`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(answer(429)), 4)
      })
    )

    it.effect(`a ${method.toUpperCase()} is when the connection was never made (I-31)`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(unreachable("ECONNREFUSED")), 4)
        assert.strictEqual(yield* send(unreachable("ECONNRESET")), 1)
      })
    )

    it.effect(`a ${method.toUpperCase()} is when its caller says that it is idempotent (I-31)`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(answer(503), withCallOptions({ idempotent: true })), 4)
      })
    )
  }

  it.effect("a body that is a stream is not (I-31)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.always("PUT /files", answer(503))
      const body = HttpBody.raw(new ReadableStream({ pull: (stream) => stream.close() }))
      const fiber = yield* Effect.forkChild(Effect.flip(client.http.put("/files", { body })))
      yield* TestClock.adjust("1 hour")
      assert.include(yield* Fiber.join(fiber), { status: 503, attempts: 1 })
    })
  )

  it.effect("a DELETE is, and a 404 after an attempt without an answer is marked as ambiguous", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* share(0)(signedIn(fake))
      fake.next("DELETE /notes/1", reset(true), answer(404))
      const failure = yield* Effect.flip(share(0)(client.http.del("/notes/1")))
      assert.include(failure, { status: 404, priorAttemptAmbiguous: true, attempts: 2 })
      fake.next("DELETE /notes/2", answer(429), answer(404))
      const plain = yield* Effect.flip(share(0)(client.http.del("/notes/2")))
      assert.include(plain, { status: 404, attempts: 2 })
      assert.notProperty(plain, "priorAttemptAmbiguous")
    })
  )
})

describe("sign-in", () => {
  const steps: Readonly<Record<string, Step>> = {
    "a 429": answer(429),
    "a 503": answer(503),
    "a refused connection": unreachable("ECONNREFUSED")
  }
  for (const [name, step] of Object.entries(steps)) {
    it.effect(`is never sent twice after ${name}, whatever the client and the call allow (I-31)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake, { retry: { schedule: Schedule.recurs(2), methods: ["POST"] } })
        for (const route of ["POST /login", "POST /login/otp"]) fake.always(route, step)
        const allowed = withCallOptions({ idempotent: true, retry: { retries: 5 } })
        const login = yield* Effect.flip(allowed(client.auth.login({ email: "a@b.c", password: "pw" })))
        const otp = yield* Effect.flip(allowed(client.auth.verifyOtp({ email: "a@b.c", code: "123456" })))
        const raw = yield* Effect.flip(
          allowed(client.http.post("/login", { body: HttpBody.jsonUnsafe({ email: "a@b.c", password: "pw" }) }))
        )
        assert.notInstanceOf(login, LinxioAuthenticationError)
        assert.deepStrictEqual(
          [login, otp, raw].map(({ _tag }) => _tag),
          Array.from({ length: 3 }, () => login._tag)
        )
        assert.lengthOf(fake.sent("POST /login"), 2)
        assert.lengthOf(fake.sent("POST /login/otp"), 1)
      })
    )
  }
})

function unreachable(code: string): Step {
  return ({ request }) =>
    Effect.fail(
      new HttpClientError.HttpClientError({
        reason: new HttpClientError.TransportError({
          request,
          cause: Object.assign(new Error("fetch failed"), { code })
        })
      })
    )
}
