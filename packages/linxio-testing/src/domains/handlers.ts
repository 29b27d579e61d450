/** What each endpoint of the contract does: the compiler holds every handler to the contract's types, and the table to its endpoints. */
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { Refusal } from "../wire/answer.ts"
import { refuse, reject } from "../wire/answer.ts"
import type { Reply } from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"
import * as Noise from "../state/seededRandom.ts"
import * as Transitions from "../state/transitions.ts"
import type { Call, HandlersOf } from "./call.ts"
import { vehicleHandlers } from "./vehicles.ts"
import type { SeededAccount } from "../state/serverState.ts"
import { account } from "../state/serverState.ts"

/** ISO-8601 with an offset and whole seconds, as in Linxio's example. */
const iso = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}+00:00`

const team = (owner: SeededAccount) => ({ teamType: owner.teamType ?? "client", roleId: owner.roleId ?? 1 })

const maskedPhone = "+61*****123"

/** Signs what was granted. The grant stands already, so an answer that gets lost on the way has been given all the same. */
const tokens = Effect.fnUntraced(function* (
  call: Call<"login"> | Call<"verifyOtp"> | Call<"refresh">,
  grant: Transitions.Grant
) {
  const { access, account: owner, refresh } = grant
  const settings = call.world.world.settings
  const token = yield* call.signer.sign({
    jti: access.id,
    sub: String(owner.id),
    email: owner.email,
    ...(settings.issuedAtClaim ? { iat: access.issuedAt / 1000 } : {}),
    exp: access.expiresAt / 1000
  })
  call.world.issued(token)
  return {
    token: Redacted.make(token),
    expireAt: iso(access.expiresAt),
    refreshToken: Redacted.make(refresh.value),
    refreshTokenExpireAt: iso(refresh.expiresAt)
  }
})

const me = (call: Call<"me">): Effect.Effect<Reply<"me">, Refusal> => {
  const owner = account(call.world.world, call.account ?? "")
  if (owner === undefined) return Effect.fail(refuse("Invalid JWT Token"))
  const user = {
    id: owner.id,
    email: owner.email,
    fullName: owner.fullName ?? owner.email,
    ...team(owner),
    team: { id: 1, ...owner.team, type: owner.teamType ?? "client" },
    permissions: owner.permissions ?? ["vehicle_list"],
    dateFormat: "DD/MM/YYYY"
  }
  const fields = call.query["fields[]"]
  return Effect.succeed(
    fields === undefined
      ? user
      : Object.fromEntries(Object.entries(user).filter(([key]) => key === "id" || fields.includes(key)))
  )
}

/** The endpoints at work. */
const handlers: HandlersOf<EndpointName> = {
  login: Effect.fnUntraced(function* (call) {
    const { email, password } = call.payload
    const outcome = call.world.transact((world) => Transitions.signIn(world, email, Redacted.value(password), call.now))
    switch (outcome._tag) {
      case "Refused":
        return yield* refuse(outcome.message)
      case "OtpRequired":
        return { otp_required: true as const, phone: maskedPhone, teamType: team(outcome.account).teamType }
      case "Blocked":
        return { blocked: true as const, message: "Your account is blocked.", teamType: team(outcome.account).teamType }
      case "PhoneUnverified": {
        const verifyToken = Noise.hex(call.world.world.settings.seed, `verify:${email}`, 32)
        call.world.issued(verifyToken)
        return {
          isPhoneVerified: false as const,
          verifyToken: Redacted.make(verifyToken),
          phone: maskedPhone,
          teamType: team(outcome.account).teamType
        }
      }
      case "SignedIn":
        return {
          ...(yield* tokens(call, outcome.grant)),
          otp_required: false as const,
          loginWithId: null,
          ...team(outcome.grant.account)
        }
    }
  }),

  verifyOtp: Effect.fnUntraced(function* (call) {
    const outcome = call.world.transact((world) =>
      Transitions.verifyOtp(world, call.payload.email, Redacted.value(call.payload.code), call.now)
    )
    if (outcome === "NoChallenge") return yield* reject(401, "No code was asked for.")
    if (outcome === "WrongCode") return yield* reject(400, "Invalid code.")
    return { ...(yield* tokens(call, outcome)), ...team(outcome.account) }
  }),

  refresh: Effect.fnUntraced(function* (call) {
    const value = Redacted.value(call.payload.refreshToken)
    const known = Option.getOrUndefined(HashMap.get(call.world.world.refreshTokens, value))
    const outcome = call.world.transact((world) => Transitions.refresh(world, value, call.now, call.unchanged))
    if (outcome === "spent" && known !== undefined) call.journal.reused(known.name)
    if (typeof outcome === "string") return yield* reject(400, "Invalid JWT Token")
    return { ...(yield* tokens(call, outcome)), loginWithId: null }
  }),

  me,

  logout: (call) =>
    Effect.sync(() => {
      const { session } = call
      if (session !== undefined) call.world.update((world) => Transitions.endSession(world, session))
      return { status: "ok", redirectUrl: null }
    }),

  ...vehicleHandlers
}

/** Runs the handler of that name. */
export const handle = <Name extends EndpointName>(name: Name, call: Call<Name>): Effect.Effect<Reply<Name>, Refusal> =>
  handlers[name](call)
