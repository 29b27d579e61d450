/** Clients on a small Linxio in memory; see `fakeLinxio.ts` for what a test can script. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import {
  Auth,
  HttpClient as LinxioHttpClient,
  Linxio,
  type LinxioOptions,
  Session,
  SessionStore,
  TokenRefresh
} from "linxio-effect"
import type { SessionStoreService } from "linxio-effect"
import type { Fake } from "./fakeLinxio.ts"

export * from "./fakeLinxio.ts"

/** The layer of a client on `fake`, for `Effect.provide`. */
export const layer = (fake: Fake, options: LinxioOptions = {}, store?: SessionStoreService) =>
  Linxio.layerNoStore(options).pipe(
    Layer.provide(store ? Layer.succeed(SessionStore, store) : SessionStore.layerMemory()),
    Layer.provide(Layer.succeed(HttpClient.HttpClient, fake.transport))
  )

/** A client on `fake`, closed with the scope; clients of one fake share its table of refreshes, those of two share nothing. */
export const makeClient = (fake: Fake, options: LinxioOptions = {}, store?: SessionStoreService) =>
  Effect.map(Layer.build(layer(fake, options, store)), (context) => {
    const http = Context.get(context, LinxioHttpClient)
    return {
      context,
      auth: Context.get(context, Auth),
      http,
      session: Context.get(context, Session),
      tokenRefresh: Context.get(context, TokenRefresh),
      /** Which token signed a request that succeeded. */
      get: (path: string) =>
        Effect.map(
          Effect.flatMap(http.get(path), (response) => response.json),
          (body) => Object(body).signedBy as string
        )
    }
  })

/** A client that is signed in as `user`, with its tokens; `expireAt` is told only where the fake has a lifetime. */
export const signedIn = (fake: Fake, options: LinxioOptions = {}, user = "user") =>
  Effect.gen(function* () {
    const tokens = yield* fake.issue(user)
    const client = yield* makeClient(fake, { ...tokens, ...options })
    return { ...client, tokens }
  })
