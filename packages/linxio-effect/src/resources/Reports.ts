/** Scheduled reports. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { reports } from "../api/reports.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Reports`, derived from the operations in `api/reports.ts`. */
export interface ReportsService extends Service<typeof reports> {}

/** Scheduled reports. */
export class Reports extends Context.Service<Reports, ReportsService>()("linxio-effect/Reports") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Reports, never, HttpClient> =>
    Layer.effect(
      Reports,
      Effect.map(HttpClient, (http) => serviceOf(http, reports))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<ReportsService>): Layer.Layer<Reports> =>
    Layer.succeed(Reports, unimplemented<ReportsService>("Reports", partial))
}
