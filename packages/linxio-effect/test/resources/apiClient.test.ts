/** A client of endpoints of one's own: what they declare is what they fail with, and everything else stays as it was. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Auth, HttpClient, Linxio, LinxioApiError, LinxioAuthenticationError } from "linxio-effect"
import { apiClient } from "linxio-effect/resources/apiClient"
import { defaultAccount, FakeLinxio } from "linxio-testing"

const NotFound = Schema.Struct({
  _tag: Schema.tagDefaultOmit("NotFound"),
  errors: Schema.Array(Schema.Struct({ detail: Schema.String }))
}).pipe(HttpApiSchema.status(404))

class Own extends HttpApi.make("own").add(
  HttpApiGroup.make("drivers").add(
    HttpApiEndpoint.get("get", "/drivers/:id", {
      params: { id: Schema.String },
      success: Schema.Struct({ id: Schema.Finite }),
      error: NotFound
    })
  )
) {}

const get = (id: string) => Effect.flatMap(apiClient(Own), ({ drivers }) => drivers.get({ params: { id } }))

const world = Layer.provideMerge(Linxio.layer({ retry: { retries: 0 } }), FakeLinxio.layer())

const signedIn = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.andThen(
    Auth.use((auth) => auth.login(defaultAccount)),
    effect
  )

describe("an endpoint of one's own", () => {
  it.effect("gives what it declares", () =>
    Effect.gen(function* () {
      const layer = HttpClient.layerTest({ execute: () => Effect.succeed(Response.json({ id: 7 })) })
      assert.deepStrictEqual(yield* Effect.provide(get("7"), layer), { id: 7 })
    })
  )

  it.effect("fails with the error that it declares: catchTag fires (F-19)", () =>
    signedIn(
      get("7").pipe(
        Effect.as("found"),
        Effect.catchTag("NotFound", ({ errors }) => Effect.succeed(errors[0]?.detail))
      )
    ).pipe(
      Effect.map((said) => assert.strictEqual(said, "No route found.")),
      Effect.provide(world)
    )
  )

  it.effect("fails with a LinxioApiError where it declares nothing of the kind", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      fake.inject({ fault: "status", status: 403, endpoint: "any", body: { errors: [{ code: 403, detail: "no" }] } })
      const refused = yield* Effect.flip(get("7"))
      assert.instanceOf(refused, LinxioApiError)
      fake.inject({ fault: "html", status: 404, endpoint: "any" })
      const page = yield* Effect.flip(get("7"))
      assert.instanceOf(page, LinxioApiError)
    }).pipe(signedIn, Effect.provide(world))
  )

  it.effect("fails as every call does without a session", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(get("7"))
      assert.instanceOf(failure, LinxioAuthenticationError)
    }).pipe(Effect.provide(world))
  )
})
