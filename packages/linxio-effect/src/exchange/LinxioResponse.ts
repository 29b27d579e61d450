/** Effect's response, with an error of this SDK where a body is read (F-23). */
import type * as Effect from "effect/Effect"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import type { HttpIncomingMessage } from "effect/http/HttpIncomingMessage"
import type { LinxioFailure } from "../LinxioError.ts"

/** A response of Linxio: Effect's response with other errors. A body that cannot be read as requested fails with a `LinxioDecodeError`; a streamed body
 * fails with the error that ended it early: a time limit, the network, or the closing of the client. */
export interface LinxioResponse
  extends
    HttpIncomingMessage<LinxioFailure>,
    Omit<HttpClientResponse, keyof HttpIncomingMessage<never> | "formData" | "upgrade"> {
  /** The body as a form. */
  readonly formData: Effect.Effect<FormData, LinxioFailure>
  /** The upgraded connection, as Effect's `upgrade`. Fails if the transport does not support it. */
  readonly upgrade: Effect.Effect<
    Effect.Success<HttpClientResponse["upgrade"]>,
    LinxioFailure,
    Effect.Services<HttpClientResponse["upgrade"]>
  >
}
