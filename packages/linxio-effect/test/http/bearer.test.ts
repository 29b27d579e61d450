/** Where the bearer token goes, and where it never does. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import { Auth, HttpClient, Linxio } from "linxio-effect"
import { answer, loginRoute, makeFake, refreshRoute, signedIn } from "../support/harness.ts"

const redirect = (status: number, location: string) => answer(status, {}, { location })

describe("a redirect", () => {
  for (const status of [301, 302, 303, 307, 308]) {
    it.effect(`with ${status} inside the base URL is followed for a GET, with the bearer (I-33)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.next("GET /old", redirect(status, "/api/new?page=2"))
        assert.strictEqual(yield* client.get("/old?page=1"), client.tokens.token)
        const [recorded] = fake.sent("GET /new")
        assert.strictEqual(recorded?.bearer, client.tokens.token)
        assert.include(recorded?.request.url, "/api/new")
        assert.lengthOf(fake.requests, 2)
      })
    )
  }

  it.effect("has a query of its own, and the caller's does not go with it (I-33)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.next("GET /old", redirect(302, "/api/new?page=2"))
      yield* client.http.get("/old", { urlParams: { pin: "1" }, hash: "top" })
      const [recorded] = fake.sent("GET /new")
      assert.include(recorded?.request.url, "/api/new?page=2")
      assert.deepStrictEqual(recorded?.request.urlParams.params, [])
    })
  )

  const foreign = [
    "https://evil.test/api/vehicles",
    "http://api.linxio.com/api/vehicles",
    "//evil.test/api/vehicles",
    "https://api.linxio.com:8443/api/vehicles",
    "https://user:pw@api.linxio.com/api/vehicles",
    "/elsewhere",
    "javascript:alert(1)"
  ]
  for (const location of foreign) {
    it.effect(`to ${location} is never followed; it is an error that says so (I-33)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.always("GET /old", redirect(302, location))
        const failure = yield* Effect.flip(client.get("/old"))
        assert.include(failure, { _tag: "LinxioApiError", reason: "Redirected", status: 302, attempts: 1 })
        assert.include(failure.message, "a redirect that is not followed")
        assert.lengthOf(fake.requests, 1)
      })
    )
  }

  it.effect("that leads in a circle ends", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.always("GET /old", redirect(302, "/api/old"))
      assert.include(yield* Effect.flip(client.get("/old")), { reason: "Redirected" })
      assert.lengthOf(fake.requests, 6)
    })
  )

  for (const method of ["post", "put", "patch", "del"] as const) {
    it.effect(`is never followed for ${method} (I-33)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        const route = `${method === "del" ? "DELETE" : method.toUpperCase()} /old`
        fake.always(route, redirect(307, "/api/new"))
        const failure = yield* Effect.flip(client.http[method]("/old", { body: HttpBody.jsonUnsafe({}) }))
        assert.include(failure, { reason: "Redirected" })
        assert.lengthOf(fake.requests, 1)
      })
    )
  }

  it.effect("is never followed by a sign-in or a refresh (I-33)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.always(loginRoute, redirect(307, "/api/new"))
      fake.always(refreshRoute, redirect(307, "/api/new"))
      yield* Effect.flip(client.auth.login({ email: "a@b.c", password: "pw" }))
      yield* Effect.flip(client.auth.refresh)
      assert.lengthOf(fake.requests, 2)
    })
  )

  it.effect("is not left to fetch, which would send a password on to another host (I-33)", () => {
    const inits: Array<RequestInit | undefined> = []
    const fetch: typeof globalThis.fetch = (_, init) => {
      inits.push(init)
      return Promise.resolve(new Response(null, { status: 307, headers: { location: "https://evil.test" } }))
    }
    return Effect.gen(function* () {
      const auth = yield* Auth
      const http = yield* HttpClient
      yield* Effect.flip(auth.login({ email: "a@b.c", password: "pw" }))
      yield* Effect.flip(auth.refresh)
      yield* Effect.flip(http.get("/vehicles"))
      assert.deepStrictEqual(
        inits.map((init) => init?.redirect),
        ["manual", "manual", "manual"]
      )
      const names = inits.flatMap((init) => [...new Headers(init?.headers).keys()])
      assert.notIncludeMembers(names, ["traceparent"])
      assert.notIncludeMembers(names, ["b3"])
    }).pipe(
      Effect.provide(
        Layer.provide(Linxio.layer({ token: "t", refreshToken: "r" }), Layer.fresh(FetchHttpClient.layer))
      ),
      Effect.provideService(FetchHttpClient.Fetch, fetch)
    )
  })
})

describe("the bearer", () => {
  it.effect("is left off sign-in, code and refresh, also when they are called by their path (I-33)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const body = HttpBody.jsonUnsafe({ refreshToken: client.tokens.refreshToken })
      for (const path of ["/login", "/login/otp", "/token/refresh", "/login/"]) {
        yield* Effect.exit(client.http.post(path, { body }))
      }
      yield* client.auth.refresh
      assert.lengthOf(fake.requests, 5)
      assert.deepStrictEqual(new Set(fake.requests.map(({ bearer }) => bearer)), new Set([undefined]))
    })
  )

  it.effect("gives way to an Authorization header of the caller's own, and then nothing is refreshed or replayed", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const request = HttpClientRequest.bearerToken(HttpClientRequest.get("/vehicles"), "own")
      assert.include(yield* Effect.flip(client.http.execute(request)), { status: 401 })
      assert.deepStrictEqual(
        fake.requests.map(({ bearer }) => bearer),
        ["own"]
      )
    })
  )

  const paths = [
    "https://evil.test/vehicles",
    "//evil.test/vehicles",
    "/\\evil.test/vehicles",
    "/\t/evil.test",
    "/vehicles\r\nX-Admin: 1",
    "/../admin",
    "/vehicles/%2e%2e/%2e%2e/admin",
    "https://api.linxio.com/other"
  ]
  for (const path of paths) {
    it.effect(`never leaves for ${JSON.stringify(path)}: it is refused before anything is sent (I-33)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        assert.include(yield* Effect.flip(client.get(path)), { _tag: "LinxioValidationError" })
        assert.lengthOf(fake.requests, 0)
      })
    )
  }

  it.effect("is not left in the response, whose request is the caller's own (I-32)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const response = yield* client.http.get("/vehicles")
      assert.isUndefined(response.request.headers["authorization"])
      assert.strictEqual(fake.requests[0]?.bearer, client.tokens.token)
    })
  )
})
