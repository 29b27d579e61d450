/** What the compiler asks of the layers for tests: any part of the service, every member of it, and nothing else. */
import { assert, describe, it } from "@effect/vitest"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { HttpClientError } from "effect/http/HttpClientError"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import { Auth, HttpClient, LinxioConfig, type LinxioOptions, Session, TokenRefresh, Transport } from "linxio-effect"
import type { AuthService } from "linxio-effect/Auth"
import type { HttpClientDouble, HttpClientService } from "linxio-effect/HttpClient"
import { type LinxioFailure, LinxioValidationError } from "linxio-effect/LinxioError"
import { make, type SessionService } from "linxio-effect/Session"
import type { TokenRefreshService } from "linxio-effect/TokenRefresh"
import type { TransportService } from "linxio-effect/transport/Transport"
import { expectTypeOf } from "vitest"

/** What a layer takes. */
type Given<Make extends (partial: never) => unknown> = Parameters<Make>[0]

const refused = Effect.fail(new LinxioValidationError([]))

/** Every member, so that the compiler finds the one that a service gains and this test lacks. */
const wholeAuth = {
  login: () => refused,
  verifyOtp: () => refused,
  refresh: refused,
  me: () => refused,
  logout: refused,
  setSession: () => refused,
  health: Effect.never
} satisfies Required<AuthService>

const wholeSession: Required<SessionService> = make()

const wholeTokenRefresh = {
  refresh: () => refused,
  refreshInBackground: () => Effect.void,
  isCoolingDown: () => true,
  seenOf: () => ({ epoch: 0, generation: 0, failures: 0 }),
  endIfDenied: () => Effect.void,
  issued: () => {},
  statusOf: () => ({ denied: undefined, nextAttemptAt: undefined, lastFailure: undefined })
} satisfies Required<TokenRefreshService>

const wholeTransport = { identity: {}, exchange: () => Effect.never } satisfies Required<TransportService>

const respond = (request: HttpClientRequest) => Effect.succeed(HttpClientResponse.fromWeb(request, new Response("{}")))

describe("a test layer", () => {
  it("takes any part of its service, none and all of it included", () => {
    expectTypeOf<Given<typeof Auth.layerTest>>().toEqualTypeOf<Partial<AuthService>>()
    expectTypeOf<Given<typeof Session.layerTest>>().toEqualTypeOf<Partial<SessionService>>()
    expectTypeOf<Given<typeof HttpClient.layerTest>>().toEqualTypeOf<HttpClientDouble>()
    expectTypeOf<Given<typeof TokenRefresh.layerTest>>().toEqualTypeOf<Partial<TokenRefreshService>>()
    expectTypeOf<Given<typeof Transport.layerTest>>().toEqualTypeOf<Partial<TransportService>>()
    expectTypeOf<Given<typeof LinxioConfig.layerTest>>().toEqualTypeOf<LinxioOptions | undefined>()
    const layers = [
      Auth.layerTest({}),
      Auth.layerTest({ logout: Effect.void }),
      Auth.layerTest(wholeAuth),
      Session.layerTest({}),
      Session.layerTest({ nextSequence: () => 1, signOut: () => {} }),
      Session.layerTest(wholeSession),
      HttpClient.layerTest({}),
      HttpClient.layerTest({ execute: respond }),
      HttpClient.layerTest({ execute: () => Effect.succeed(new Response()) }),
      TokenRefresh.layerTest({}),
      TokenRefresh.layerTest(wholeTokenRefresh),
      Transport.layerTest({}),
      Transport.layerTest(wholeTransport),
      LinxioConfig.layerTest(),
      LinxioConfig.layerTest({ timeoutMs: 1 })
    ]
    assert.isTrue(layers.every(Layer.isLayer))
  })

  it("provides its own service, fails with nothing and asks for nothing", () => {
    expectTypeOf(Auth.layerTest).returns.toEqualTypeOf<Layer.Layer<Auth>>()
    expectTypeOf(Session.layerTest).returns.toEqualTypeOf<Layer.Layer<Session>>()
    expectTypeOf(HttpClient.layerTest).returns.toEqualTypeOf<Layer.Layer<HttpClient>>()
    expectTypeOf<Context.Service.Shape<typeof Auth>>().toEqualTypeOf<AuthService>()
    expectTypeOf<Context.Service.Shape<typeof Session>>().toEqualTypeOf<SessionService>()
    expectTypeOf<Context.Service.Shape<typeof HttpClient>>().toEqualTypeOf<HttpClientService>()
  })

  it("does not compile with a member that its service has not", () => {
    const mistakes = [
      // @ts-expect-error the method is called logout
      Auth.layerTest({ signOut: Effect.void }),
      // @ts-expect-error a session has no login
      Session.layerTest({ login: () => refused }),
      // @ts-expect-error one function answers every request
      HttpClient.layerTest({ get: respond })
    ]
    assert.lengthOf(mistakes, 3)
  })

  it("does not compile with a member of another type", () => {
    const mistakes = [
      // @ts-expect-error logout is an effect, not a function
      Auth.layerTest({ logout: () => Effect.void }),
      // @ts-expect-error a user is an object
      Auth.layerTest({ me: () => Effect.succeed("somebody") }),
      // @ts-expect-error a sequence is a number
      Session.layerTest({ nextSequence: () => "1" }),
      // @ts-expect-error nothing is not a state
      Session.layerTest({ currentUnsafe: () => undefined }),
      // @ts-expect-error a body is not a response
      HttpClient.layerTest({ execute: () => Effect.succeed({ count: 3 }) }),
      // @ts-expect-error undefined is no implementation
      HttpClient.layerTest({ execute: undefined })
    ]
    assert.lengthOf(mistakes, 6)
  })

  it("does not compile with an error or a requirement that the member of its service has not", () => {
    type Me = Given<typeof Auth.layerTest>["me"]
    expectTypeOf<() => Effect.Effect<{ readonly id: number }, LinxioFailure>>().toExtend<Me>()
    expectTypeOf<() => Effect.Effect<{ readonly id: number }, string>>().not.toExtend<Me>()
    expectTypeOf<() => Effect.Effect<{ readonly id: number }, never, Session>>().not.toExtend<Me>()
    type Execute = Given<typeof HttpClient.layerTest>["execute"]
    expectTypeOf<() => Effect.Effect<HttpClientResponse.HttpClientResponse>>().toExtend<Execute>()
    expectTypeOf<() => Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError>>().not.toExtend<Execute>()
    expectTypeOf<() => Effect.Effect<HttpClientResponse.HttpClientResponse, never, Auth>>().not.toExtend<Execute>()
  })
})

describe("every member", () => {
  /** Each member alone in its layer, read back through the service. */
  const readBack = <Id, S extends object>(
    service: Context.Key<Id, S>,
    layer: (part: Partial<S>) => Layer.Layer<Id>,
    whole: S
  ) =>
    Effect.gen(function* () {
      const members = Object.keys(whole) as Array<keyof S & string>
      assert.isAbove(members.length, 0)
      for (const member of members) {
        const part: Partial<S> = {}
        part[member] = whole[member]
        const provided = yield* Effect.provide(service, layer(part))
        assert.strictEqual(provided[member], whole[member], member)
      }
      return members
    })

  it.effect("of Auth can be set", () => readBack(Auth, Auth.layerTest, wholeAuth))

  it.effect("of Session can be set", () => readBack(Session, Session.layerTest, wholeSession))

  it.effect("of TokenRefresh can be set", () => readBack(TokenRefresh, TokenRefresh.layerTest, wholeTokenRefresh))

  it.effect("of Transport can be set", () => readBack(Transport, Transport.layerTest, wholeTransport))
})
