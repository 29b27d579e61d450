/** Resellers. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { HandlersOf } from "./call.ts"
import { collection } from "./collection.ts"

const resellers = collection("resellers", "Reseller", "resellerId")

/** What the operations do. The list is a bare array. */
export const resellersHandlers: HandlersOf<"resellers"> = {
  list: ({ state }) => Effect.sync(() => resellers.all(state)),
  get: resellers.find
}
