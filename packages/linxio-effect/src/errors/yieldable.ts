/**
 * An `Error` that is also an effect: `yield* error` fails with it. Its declaration contains no Effect type, because the Promise facade publishes it;
 * `errors/inEffect.ts` adds the types for Effect programs.
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
