/** The endpoints of authentication as values: typed clients, the embedded server and the OpenAPI document derive from them. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import {
  LoginPayload,
  LoginReply,
  LogoutPayload,
  LogoutReply,
  OtpPayload,
  OtpReply,
  RefreshPayload,
  RefreshReply,
  routes,
  User
} from "./authSchemas.ts"
import {
  ApplicationRefusal400,
  ApplicationRefusal401,
  ApplicationRefusal422,
  GatewayRefusal401
} from "./refusalStatus.ts"

export * from "./authSchemas.ts"
export * from "./refusal.ts"
export * from "./refusalStatus.ts"

/** Signs in with e-mail and password [api] [docs]. Takes no bearer; a wrong password is a 401 in the gateway's envelope. */
export const login = HttpApiEndpoint.post("login", routes.login.path, {
  payload: LoginPayload,
  success: LoginReply,
  error: [GatewayRefusal401, ApplicationRefusal400, ApplicationRefusal422]
})

/** Completes a sign-in with the code from the phone [docs]. Takes no bearer. */
export const verifyOtp = HttpApiEndpoint.post("verifyOtp", routes.verifyOtp.path, {
  payload: OtpPayload,
  success: OtpReply,
  error: [ApplicationRefusal400, GatewayRefusal401, ApplicationRefusal401, ApplicationRefusal422]
})

/** Exchanges a refresh token for a new access token [api] [docs]. Takes no bearer; a body without a refresh token is answered with 204 (?). */
export const refresh = HttpApiEndpoint.post("refresh", routes.refresh.path, {
  payload: RefreshPayload,
  success: [RefreshReply, HttpApiSchema.NoContent],
  error: [ApplicationRefusal400, GatewayRefusal401, ApplicationRefusal401, ApplicationRefusal422]
})

/** Reads the signed-in user [docs]; `fields[]` repeats, one per field asked for. */
export const me = HttpApiEndpoint.get("me", routes.me.path, {
  query: { "fields[]": Schema.optionalKey(Schema.Array(Schema.String)) },
  success: User,
  error: [GatewayRefusal401, ApplicationRefusal401]
})

/** Ends the session on the server [docs]. */
export const logout = HttpApiEndpoint.post("logout", routes.logout.path, {
  payload: LogoutPayload,
  success: [LogoutReply, HttpApiSchema.NoContent],
  error: [GatewayRefusal401, ApplicationRefusal401]
})

/** The authentication group of the contract. */
export class AuthApi extends HttpApiGroup.make("auth").add(login, verifyOtp, refresh, me, logout) {}
