/** Resellers. The operations and their records, from public sources only. */
import { type Id, one, operation, page } from "./operation.ts"
import { id, record, text } from "./shape.ts"

/**
 * A reseller: a company with client accounts of its own.
 *
 * @example
 * ```ts
 * import type { Reseller } from "linxio-js"
 *
 * const telematics: Reseller = { id: 1, name: "Example Telematics" }
 * console.log(telematics.name) // => Example Telematics
 * ```
 */
export interface Reseller {
  /** The id; compare it as text. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  readonly [field: string]: unknown
}

const reseller = record<Reseller>("Reseller", { id, name: text })

/** The operations on resellers, by the names of the methods that offer them. */
export const resellers = {
  /** All resellers, without pages; the path is singular. Refused with 403 in the client's tenant where it was tried. Unverified. */
  list: operation("GET", "/reseller", "UX", page(reseller, "resellers")),
  /** One reseller. Unverified. */
  get: operation("GET", "/reseller/:resellerId", "U", one(reseller))
}
