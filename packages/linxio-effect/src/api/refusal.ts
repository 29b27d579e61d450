/**
 * The envelopes in which Linxio refuses a request.
 *
 * Source: Linxio's public API page and the public `linxio-js` documentation. No decision depends on the text of a message, only on the status and the
 * shape.
 */
import { anything, closed, either, id, needed, number, some, text } from "./shape.ts"

/**
 * The gateway's envelope: `{"code":401,"message":"Expired JWT Token"}`.
 *
 * Messages seen: `Expired JWT Token`, `Invalid JWT Token`, `JWT Token not found`, and `Invalid credentials.` from `/login`.
 */
export interface GatewayRefusal {
  readonly code: number
  readonly message: string
}

/**
 * The application's envelope: `{"errors":[{"code":400,"title":"ValidationException","detail":{"email":"is required"}}]}`.
 *
 * `title` is `Exception` or `ValidationException`; `detail` is a text, or an object from field to message.
 */
export interface ApplicationRefusal {
  readonly errors: ReadonlyArray<{
    readonly code?: number | string | null
    readonly title?: string | null
    readonly detail?: unknown
  }>
}

export const gatewayRefusal = closed<GatewayRefusal>("GatewayRefusal", { code: needed(number), message: needed(text) })

export const applicationRefusal = closed<ApplicationRefusal>("ApplicationRefusal", {
  errors: needed(
    some(closed<ApplicationRefusal["errors"][number]>("RefusalItem", { code: id, title: text, detail: anything }))
  )
})

/** Whether a body is one of Linxio's own envelopes. */
export const anyRefusal = either(gatewayRefusal, applicationRefusal)
