/** The printed form of a client: its base URL and the state of its session, without secrets (I-32). */
import type { LinxioClient } from "../types.ts"

/** Gives the client its printed form, for `console.log`, `util.inspect` and `JSON.stringify`. */
export const inspectableAs = (client: LinxioClient, state: () => object): LinxioClient => {
  const view = () => Object.assign(new Printed(), state())
  const hidden = { value: view, enumerable: false }
  return Object.defineProperties(client, {
    toJSON: hidden,
    [Symbol.for("nodejs.util.inspect.custom")]: hidden,
    [Symbol.for("Deno.customInspect")]: {
      value: (inspect: (value: unknown, options: unknown) => string, options: unknown) => inspect(view(), options),
      enumerable: false
    }
  })
}

const Printed = class LinxioClient {}
