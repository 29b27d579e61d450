/** Effect's response, with an error of this SDK where a body is read (F-23). */
import type * as Effect from "effect/Effect"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import type { HttpIncomingMessage } from "effect/http/HttpIncomingMessage"
import type { LinxioFailure } from "../LinxioError.ts"

/** An answer of Linxio. It is Effect's response, but a body that is not what it is read as fails with a
 * `LinxioDecodeError`, and one that is streamed with whatever ends it early: a time limit, the network, the end of the client. */
export interface LinxioResponse
  extends
    HttpIncomingMessage<LinxioFailure>,
    Omit<HttpClientResponse, keyof HttpIncomingMessage<never> | "formData" | "upgrade"> {
  /** The body as a form. */
  readonly formData: Effect.Effect<FormData, LinxioFailure>
  /** The connection behind the response, as Effect's `upgrade`; fails where the transport has none to give. */
  readonly upgrade: Effect.Effect<
    Effect.Success<HttpClientResponse["upgrade"]>,
    LinxioFailure,
    Effect.Services<HttpClientResponse["upgrade"]>
  >
}
