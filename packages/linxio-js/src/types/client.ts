/** The type of a client. */
import type { CloseOptions } from "../options.ts"
import type { AuthResource } from "./auth.ts"
import type { ClientEvent } from "./events.ts"
import type { SessionChange, SessionData, SessionInput } from "./session.ts"
import type { Domains } from "./resources.ts"
import type { HttpResource } from "./http.ts"
import type { SendRequest } from "./request.ts"

/**
 * A Linxio client: one session, shared by every call. `await using` closes it, in Node 24 or with a compiler.
 *
 * @example
 * ```ts
 * import { createClient, type LinxioClient } from "linxio-js"
 *
 * const countVehicles = (linxio: LinxioClient) => linxio.request<{ count: number }>("GET", "/vehicles/count")
 * await using linxio = createClient()
 * ```
 */
export interface LinxioClient extends Domains, AsyncDisposable {
  /**
   * Signing in and out.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const { auth } = createClient() // methods can be taken off the client
   * ```
   */
  readonly auth: AuthResource
  /**
   * Calls any path below the base URL with the session, retries and limits of the client. Resolves to the body; rejects with a `LinxioError`.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * await linxio.auth.login({ email: process.env.LINXIO_EMAIL ?? "", password: process.env.LINXIO_PASSWORD ?? "" })
   * console.log(await linxio.request<{ count: number }>("GET", "/vehicles/count")) // => { count: 3 }
   * ```
   */
  readonly request: SendRequest
  /**
   * The verbs of `request` as methods: `get`, `post`, `patch`, `put`, `delete`.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const note = (linxio: LinxioClient) => linxio.http.post("/devices/1/notes", { text: "checked" })
   * ```
   */
  readonly http: HttpResource
  /**
   * The current tokens, or null. After `close` it returns the last tokens, which are still valid.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * console.log(createClient({ token: "a.b.c" }).session()) // => { token: 'a.b.c' }
   * ```
   */
  readonly session: () => SessionData | null
  /**
   * Replaces the session; null deletes it. With the same tokens, only a new `expireAt` takes effect. With an access token alone, the client keeps its
   * refresh token if the claims of both name the same user.
   *
   * Throws a `LinxioValidationError` for invalid input, and for an access token alone that may belong to another user.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * linxio.setSession({ token: "a.b.c" })
   * linxio.setSession(null)
   * console.log(linxio.session()) // => null
   * ```
   */
  readonly setSession: (session: SessionInput | null) => void
  /**
   * Calls `observer` after each session change. Returns a function that unsubscribes. The observer may be async; its errors are ignored. No change is
   * emitted after `close` has resolved.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * const stop = linxio.onSessionChange(({ session, type }) => console.log(type, session), { persist: true })
   * linxio.setSession({ token: "a.b.c" })
   * await Promise.resolve() // observers are told after the fact
   * console.log("done")
   * stop()
   * ```
   */
  readonly onSessionChange: (
    observer: (change: SessionChange) => unknown,
    options?: { readonly persist?: boolean }
  ) => () => void
  /**
   * Calls `listener` with each event of a call or a refresh: start, attempt, retry, end. For metrics and traces; the guide on observability has
   * recipes. Returns a function that unsubscribes. The listener may be async; its errors are ignored. Without a listener nothing is collected.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * const stop = linxio.observe((event) => {
   *   if (event.type === "call") console.log(event.name, event.status ?? event.error?.name)
   * })
   * await linxio.auth.me()
   * console.log("done")
   * stop()
   * ```
   */
  readonly observe: (listener: (event: ClientEvent) => unknown) => () => void
  /**
   * Closes the client. New calls are refused at once. Running calls fail with `LinxioAbortError`; with `drain: true`, `close` waits for them and for
   * streamed bodies. A running refresh has 5 seconds to finish and to be saved. The session stays valid, and `session()` still returns it.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * await linxio.close()
   * console.log((await linxio.auth.me()).error?.name) // => LinxioAbortError
   * ```
   */
  readonly close: (options?: CloseOptions) => Promise<void>
}
