/** The answers of the server, and the two shapes of an error answer of Linxio. */
import * as Data from "effect/Data"

/** How the body is sent: at once, only half of it, or in pieces over some time. */
type Delivery =
  | { readonly _tag: "Whole" }
  | { readonly _tag: "Stalled" }
  | { readonly _tag: "Trickled"; readonly ms: number }

/** An answer, in memory or on a port. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly delivery: Delivery
}

/** The connection broke before the answer was complete. */
export class ConnectionLost extends Data.TaggedError("ConnectionLost")<{}> {}

/** An error answer of a handler. */
export class Refusal extends Data.TaggedError("Refusal")<{ readonly answer: Answer }> {}

const whole: Delivery = { _tag: "Whole" }

/** A JSON answer. */
export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
  delivery: whole
})

/** An answer without a body. */
export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: "",
  delivery: whole
})

/** A file. Its bytes are kept as text, which is exact for the ASCII files of this server. */
export const file = (type: string, bytes: Uint8Array): Answer => ({
  status: 200,
  headers: { "content-type": type },
  body: new TextDecoder("latin1").decode(bytes),
  delivery: whole
})

/** An HTML page. */
export const html = (status: number): Answer => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: `<!doctype html><html><head><title>${status}</title></head><body><h1>${status}</h1><p>The upstream server did not answer.</p></body></html>`,
  delivery: whole
})

/** An error in the shape of the gateway in front of Linxio, always a 401. */
export const gateway = (message: string): Answer => json(401, { code: 401, message })

/** An error in the shape of the application. */
export const application = (
  status: number,
  detail: string | Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {}
): Answer =>
  json(
    status,
    { errors: [{ code: status, title: typeof detail === "string" ? "Exception" : "ValidationException", detail }] },
    headers
  )

/** A refusal in the shape of the gateway. */
export const refuse = (message: string): Refusal => new Refusal({ answer: gateway(message) })

/** A refusal in the shape of the application. */
export const reject = (status: number, detail: string | Readonly<Record<string, string>>): Refusal =>
  new Refusal({ answer: application(status, detail) })
