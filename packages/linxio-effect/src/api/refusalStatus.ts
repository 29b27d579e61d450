/** The statuses under which the contract declares the envelopes of a refusal. */
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { type ApplicationRefusal, applicationRefusal, type GatewayRefusal, gatewayRefusal } from "./refusal.ts"
import { schemaOf } from "./schemaOf.ts"

/** All declared refusals. */
export type Refusal = ApplicationRefusal | GatewayRefusal

/** The gateway's envelope under 401. */
export const GatewayRefusal401 = schemaOf(gatewayRefusal).pipe(HttpApiSchema.status(401))

const application = schemaOf(applicationRefusal)

/** The application's envelope under 400. */
export const ApplicationRefusal400 = application.pipe(HttpApiSchema.status(400))

/** The application's envelope under 401. */
export const ApplicationRefusal401 = application.pipe(HttpApiSchema.status(401))

/** The application's envelope under 403: the token is valid, but the role does not allow the request. */
export const ApplicationRefusal403 = application.pipe(HttpApiSchema.status(403))

/** The application's envelope under 404. */
export const ApplicationRefusal404 = application.pipe(HttpApiSchema.status(404))

/** The application's envelope under 422. */
export const ApplicationRefusal422 = application.pipe(HttpApiSchema.status(422))
