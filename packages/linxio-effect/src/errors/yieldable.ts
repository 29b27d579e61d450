/**
 * An `Error` that is an effect as well: `yield* error` fails with it. Its declaration names no type of Effect, because the Promise facade
 * publishes it; `errors/inEffect.ts` tells the compiler of an Effect program.
 */
import * as Effect from "effect/Effect"
import * as Effectable from "effect/Effectable"
import { NodeInspectSymbol } from "effect/Inspectable"

/** How effects print: an error prints as an error, with its stack. */
const printing = ["toJSON", "toString", NodeInspectSymbol]

const make = () => {
  class YieldableError extends Error {}
  void Object.assign(
    YieldableError.prototype,
    Effectable.Prototype<Effect.Effect<never, unknown>>({
      label: "LinxioError",
      evaluate() {
        return Effect.fail<unknown>(this)
      }
    })
  )
  for (const key of printing) Reflect.deleteProperty(YieldableError.prototype, key)
  return YieldableError
}

/** An error that can be raised by `yield*` in an Effect program. */
export const YieldableError: new (message?: string, options?: ErrorOptions) => Error = /*#__PURE__*/ make()
