/** All operations as a table, for tools that compare or list them. */
import { auth } from "linxio-effect/api/auth"
import { domains } from "linxio-effect/api/domains"
import type { Operation } from "linxio-effect/api/operation"
import type { LinxioEndpoints } from "../types.ts"

const sources = { O: "public-docs", D: "dashboard", U: "unverified" } as const

const tableOf = (operations: Readonly<Record<string, Operation>>) =>
  Object.fromEntries(
    Object.entries(operations).map(([name, { evidence, method, path }]) => [
      name,
      {
        method,
        path: path.replaceAll(/:(\w+)/g, "{$1}"),
        source: sources[evidence.slice(0, 1) as keyof typeof sources]
      }
    ])
  )

/**
 * Every operation that this SDK knows, by domain and method. `source` says where it is known from: Linxio's public documentation, the dashboard, or
 * neither.
 *
 * @example
 * ```ts
 * import { linxioEndpoints } from "linxio-js"
 *
 * console.log(linxioEndpoints.vehicles.get) // => { method: 'GET', path: '/vehicles/{vehicleId}', source: 'public-docs' }
 * ```
 */
// Pure, so that a bundler drops it where it is not used. A cast: the type is read off the same tables.
export const linxioEndpoints: LinxioEndpoints = /* @__PURE__ */ (() =>
  Object.fromEntries(
    Object.entries({ auth, ...domains }).map(([name, operations]) => [name, tableOf(operations)])
  ))() as unknown as LinxioEndpoints
