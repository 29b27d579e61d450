/** The statuses under which the contract declares the envelopes of a refusal. */
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { ApplicationRefusal, GatewayRefusal } from "./refusal.ts"

/** The gateway's envelope under 401. */
export const GatewayRefusal401 = GatewayRefusal.pipe(HttpApiSchema.status(401))

/** The application's envelope under 400. */
export const ApplicationRefusal400 = ApplicationRefusal.pipe(HttpApiSchema.status(400))

/** The application's envelope under 401. */
export const ApplicationRefusal401 = ApplicationRefusal.pipe(HttpApiSchema.status(401))

/** The application's envelope under 403: the token is good, the role is not. */
export const ApplicationRefusal403 = ApplicationRefusal.pipe(HttpApiSchema.status(403))

/** The application's envelope under 404. */
export const ApplicationRefusal404 = ApplicationRefusal.pipe(HttpApiSchema.status(404))

/** The application's envelope under 422. */
export const ApplicationRefusal422 = ApplicationRefusal.pipe(HttpApiSchema.status(422))
