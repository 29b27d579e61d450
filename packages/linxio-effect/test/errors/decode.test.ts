/** A 2xx whose body is not what it is read as: one error of this SDK, also through Effect's own interface. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Schema from "effect/Schema"
import { type LinxioDecodeError, type LinxioFailure, type LinxioResponse } from "linxio-effect"
import { answer, makeClient, makeFake } from "../support/harness.ts"

const page = () => Effect.succeed(new Response("<html>hunter22</html>", { status: 200 }))

describe("a 200 that is no JSON", () => {
  it.effect("fails response.json with a LinxioDecodeError that names the request and quotes nothing (F-23)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "a.b.c" })
      fake.always("GET /vehicles", page)
      const read: Effect.Effect<unknown, LinxioFailure> = Effect.flatMap(
        client.http.get("/vehicles?key=x"),
        (response) => response.json
      )
      const failure = yield* Effect.flip(read)
      assert.include(failure, {
        _tag: "LinxioDecodeError",
        method: "GET",
        path: "/api/vehicles",
        status: 200,
        issue: "the body is not JSON"
      })
      assert.notInclude(JSON.stringify(failure), "hunter22")
    })
  )

  it.effect("fails every other reader of Effect's response in the same way (F-23)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "a.b.c" })
      fake.always("GET /vehicles", page)
      const readers: ReadonlyArray<(response: LinxioResponse) => Effect.Effect<unknown, unknown>> = [
        (response) => response.formData,
        (response) => response.upgrade,
        HttpClientResponse.schemaBodyJson(Schema.Unknown)
      ]
      for (const read of readers) {
        const failure = yield* Effect.flip(Effect.flatMap(client.http.get("/vehicles"), read))
        assert.include(failure as LinxioDecodeError, { _tag: "LinxioDecodeError", path: "/api/vehicles" })
      }
    })
  )

  it.effect("and a combinator of Effect takes the client for its own (F-23)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { token: "a.b.c" })
      fake.always("GET /vehicles", answer(200, { ok: true }))
      const prefixed = EffectHttpClient.mapRequest(client.http, (request) => request)
      const response = yield* prefixed.get("/vehicles")
      assert.deepStrictEqual(yield* response.json, { ok: true })
    })
  )
})
