/** Signing in and out, the refresh of tokens, and the user. */
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as SeededRandom from "../state/seededRandom.ts"
import type { SeededAccount } from "../state/serverState.ts"
import { account } from "../state/serverState.ts"
import * as Transitions from "../state/transitions.ts"
import type { Refusal } from "../wire/answer.ts"
import { refuse, reject } from "../wire/answer.ts"
import type { Reply } from "../wire/codec.ts"
import type { Call, HandlersOf } from "./call.ts"
import { iso } from "./collection.ts"

const team = (owner: SeededAccount) => ({ teamType: owner.teamType ?? "client", roleId: owner.roleId ?? 1 })

const maskedPhone = "+61*****123"

/** Signs the tokens of a grant. The server state has them already, so they stay issued if the answer is lost. */
const tokens = Effect.fnUntraced(function* (
  call: Call<"login"> | Call<"verifyOtp"> | Call<"refresh">,
  grant: Transitions.Grant
) {
  const { access, account: owner, refresh } = grant
  const settings = call.state.current.settings
  const token = yield* call.signer.sign({
    jti: access.id,
    sub: String(owner.id),
    email: owner.email,
    ...(settings.issuedAtClaim ? { iat: access.issuedAt / 1000 } : {}),
    exp: access.expiresAt / 1000
  })
  call.state.issued(token)
  return {
    token: Redacted.make(token),
    expireAt: iso(access.expiresAt),
    refreshToken: Redacted.make(refresh.value),
    refreshTokenExpireAt: iso(refresh.expiresAt)
  }
})

const me = (call: Call<"me">): Effect.Effect<Reply<"me">, Refusal> => {
  const owner = account(call.state.current, call.account ?? "")
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

/** The handlers of the group `auth`. */
export const authHandlers: HandlersOf<"auth"> = {
  login: Effect.fnUntraced(function* (call) {
    const { email, password } = call.payload
    const outcome = call.state.transact((state) => Transitions.signIn(state, email, Redacted.value(password), call.now))
    switch (outcome._tag) {
      case "Refused":
        return yield* refuse(outcome.message)
      case "OtpRequired":
        return { otp_required: true as const, phone: maskedPhone, teamType: team(outcome.account).teamType }
      case "Blocked":
        return { blocked: true as const, message: "Your account is blocked.", teamType: team(outcome.account).teamType }
      case "PhoneUnverified": {
        const verifyToken = SeededRandom.hex(call.state.current.settings.seed, `verify:${email}`, 32)
        call.state.issued(verifyToken)
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
    const outcome = call.state.transact((state) =>
      Transitions.verifyOtp(state, call.payload.email, Redacted.value(call.payload.code), call.now)
    )
    if (outcome === "NoChallenge") return yield* reject(401, "No code was asked for.")
    if (outcome === "WrongCode") return yield* reject(400, "Invalid code.")
    return { ...(yield* tokens(call, outcome)), ...team(outcome.account) }
  }),

  refresh: Effect.fnUntraced(function* (call) {
    const value = Redacted.value(call.payload.refreshToken)
    const known = Option.getOrUndefined(HashMap.get(call.state.current.refreshTokens, value))
    const outcome = call.state.transact((state) => Transitions.refresh(state, value, call.now, call.unchanged))
    if (outcome === "spent" && known !== undefined) call.recorder.reused(known.name)
    if (typeof outcome === "string") return yield* reject(400, "Invalid JWT Token")
    return { ...(yield* tokens(call, outcome)), loginWithId: null }
  }),

  me,

  logout: (call) =>
    Effect.sync(() => {
      const { session } = call
      if (session !== undefined) call.state.update((state) => Transitions.endSession(state, session))
      return { status: "ok", redirectUrl: null }
    })
}
