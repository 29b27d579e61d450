/** What a call sends is looked for in what comes back, wherever in the request it stood (F-8), and what a client had before as well (F-9). */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientError from "effect/http/HttpClientError"
import type { Options } from "effect/http/HttpClientRequest"
import { LinxioApiError, type LinxioFailure, LinxioNetworkError } from "linxio-effect"
import { answer, makeClient, makeFake, refreshRoute } from "../support/harness.ts"
import { leaks } from "../support/canary.ts"

const word = "CANARY-22"
const form = new FormData()
form.append("password", word)

const requests: Readonly<Record<string, Options.NoUrl>> = {
  "a list in JSON": { body: HttpBody.jsonUnsafe({ users: [{ passwords: ["x", word] }] }) },
  "a form": { body: HttpBody.raw(`a=1&password=${word}`) },
  URLSearchParams: { body: HttpBody.raw(new URLSearchParams({ new_password: word })) },
  FormData: { body: HttpBody.formData(form) },
  "a Blob": { body: HttpBody.raw(new Blob([JSON.stringify({ password: word })])) },
  "an ArrayBuffer": { body: HttpBody.raw(new TextEncoder().encode(JSON.stringify({ password: word })).buffer) },
  "the query": { urlParams: { q: word } },
  "x-api-key": { headers: { "x-api-key": word } },
  "a cookie": { headers: { cookie: `a=1; session=${word}` } },
  "Basic credentials": { headers: { authorization: `Basic ${Buffer.from(`user:${word}`).toString("base64")}` } }
}

describe("an echo of what was sent", () => {
  for (const [place, options] of Object.entries(requests)) {
    it.effect(`in ${place} is scrubbed from a refusal and from the failure of a transport (F-8, I-32)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* makeClient(fake, { token: "a.b.c", retry: { retries: 0 } })
        fake.next("POST /notes", answer(400, { message: `you sent ${word}`, seen: [word] }), ({ request }) =>
          Effect.fail(
            new HttpClientError.HttpClientError({
              reason: new HttpClientError.TransportError({
                request,
                cause: Object.assign(new Error(`cannot send ${word}`), { code: word.replace("-", "_"), name: word })
              })
            })
          )
        )
        const refusal = yield* Effect.flip(client.http.post("/notes", options))
        assert.instanceOf(refusal, LinxioApiError)
        assert.deepStrictEqual(leaks(refusal, word), [])
        assert.include(refusal.message, "you sent <redacted>")
        const failure = yield* Effect.flip(client.http.post("/notes", options))
        assert.instanceOf(failure, LinxioNetworkError)
        assert.deepStrictEqual(leaks(failure, word), [])
      })
    )
  }

  it.effect("in the path's own query is scrubbed; names of fields are kept (F-8, I-32)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "a.b.c", retry: { retries: 0 } })
      fake.next("GET /vehicles", answer(400, { message: `no ${word} among regNumbers` }))
      const refusal = yield* Effect.flip(client.http.get(`/vehicles?q=${word}&fields[]=regNumbers`))
      assert.include(refusal.message, "no <redacted> among regNumbers")
    })
  )

  it.effect("in the name and the code of what a transport throws is scrubbed (F-8, I-32)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "CANARYtoken", retry: { retries: 0 } })
      fake.next("GET /vehicles", ({ request }) =>
        Effect.fail(
          new HttpClientError.HttpClientError({
            reason: new HttpClientError.TransportError({
              request,
              cause: Object.assign(new Error("broken"), { code: "CANARYtoken", name: "CANARYtoken" })
            })
          })
        )
      )
      const failure = yield* Effect.flip(client.http.get("/vehicles"))
      assert.deepStrictEqual(leaks(failure, "CANARY"), [])
    })
  )
})

describe("tokens that a refresh has replaced", () => {
  it.effect("are scrubbed when a server sends them back later, and shown by nothing (F-9, I-32)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, {
        token: "CANARY-access-1",
        refreshToken: "CANARY-refresh-1",
        retry: { retries: 0 }
      })
      for (const version of [2, 3]) {
        const pair = { token: `access-${version}-CANARY`, refreshToken: `refresh-${version}-CANARY` }
        fake.next(refreshRoute, answer(200, pair))
        yield* client.auth.refresh
      }
      const replaced = "CANARY-access-1, CANARY-refresh-1, access-2-CANARY"
      fake.next("GET /vehicles", answer(409, { message: `seen before: ${replaced}` }))
      const calls: ReadonlyArray<Effect.Effect<unknown, LinxioFailure>> = [
        client.http.get("/vehicles"),
        client.http.post("/notes"),
        client.auth.refresh
      ]
      for (const call of calls) {
        fake.always("POST /notes", answer(409, { message: `seen before: ${replaced}` }))
        fake.always(refreshRoute, answer(400, { message: `seen before: ${replaced}` }))
        assert.deepStrictEqual(leaks(yield* Effect.flip(call), "CANARY"), [])
      }
      assert.deepStrictEqual(leaks([client.session, client.http, client.auth], "CANARY"), [])
    })
  )
})

describe("what an error keeps of an answer", () => {
  it.effect("is short, also of the id of the request (F-28)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "a.b.c", retry: { retries: 0 } })
      fake.next("GET /vehicles", answer(400, { message: "x ".repeat(9_000) }, { "x-request-id": "r".repeat(15_000) }))
      const refusal = yield* Effect.flip(client.http.get("/vehicles"))
      assert.instanceOf(refusal, LinxioApiError)
      assert.isBelow(refusal.requestId?.length ?? 0, 250)
      assert.isBelow(refusal.message.length, 700)
      assert.isBelow(JSON.stringify(refusal).length, 10_000)
    })
  )

  it.effect("names the address where nothing of Linxio answers, without user and query (F-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "a.b.c", retry: { retries: 0 } })
      const page = () => Effect.succeed(new Response("", { status: 404 }))
      fake.next("GET /nowhere", answer(404, { code: 404, message: "No route found" }), page)
      for (const _ of [1, 2]) {
        const { message } = yield* Effect.flip(client.http.get("/nowhere?pin=4711"))
        assert.match(message, /https:\/\/[\w.]+\/api\/nowhere: check baseUrl/)
        assert.notInclude(message, "4711")
      }
      fake.next("GET /vehicles/9", answer(404, { code: 404, message: "No such vehicle" }))
      assert.notInclude((yield* Effect.flip(client.http.get("/vehicles/9"))).message, "baseUrl")
    })
  )
})
