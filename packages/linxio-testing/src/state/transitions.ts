/** How the server state changes: pure functions from a state to a result and the next state. `now` is the clock of the server, in milliseconds. */
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as SeededRandom from "./seededRandom.ts"
import type { AccessToken, RefreshToken, SeededAccount, Session, ServerState } from "./serverState.ts"
import { account } from "./serverState.ts"

/** What a sign-in or a refresh grants. The access token still has to be signed. */
export interface Grant {
  readonly account: SeededAccount
  readonly access: AccessToken
  readonly refresh: RefreshToken
}

type Change<A> = readonly [result: A, next: ServerState]

const seconds = (millis: number): number => Math.floor(millis / 1000) * 1000

const issueRefresh = (state: ServerState, session: number, now: number): Change<RefreshToken> => {
  const ordinal = HashMap.size(state.refreshTokens) + 1
  const token: RefreshToken = {
    name: `r${ordinal}`,
    value: SeededRandom.hex(state.settings.seed, `refresh:${ordinal}`, 32),
    session,
    expiresAt: seconds(now) + state.settings.refreshTokenLifetime,
    state: "live",
    spentAt: 0,
    successor: undefined
  }
  return [token, { ...state, refreshTokens: HashMap.set(state.refreshTokens, token.value, token) }]
}

const issueAccess = (state: ServerState, session: Session, now: number): Change<AccessToken> => {
  const issuedAt = seconds(now)
  const token: AccessToken = {
    id: SeededRandom.hex(state.settings.seed, `access:${HashMap.size(state.accessTokens) + 1}`, 16),
    session: session.id,
    generation: session.generation + 1,
    issuedAt,
    expiresAt: issuedAt + seconds(state.settings.accessTokenLifetime),
    expired: false
  }
  return [
    token,
    {
      ...state,
      sessions: HashMap.set(state.sessions, session.id, { ...session, generation: token.generation, latest: token.id }),
      accessTokens: HashMap.set(state.accessTokens, token.id, token)
    }
  ]
}

const renewAccess = (state: ServerState, session: Session, now: number, unchanged: boolean): Change<AccessToken> => {
  const latest = unchanged ? Option.getOrUndefined(HashMap.get(state.accessTokens, session.latest)) : undefined
  return latest === undefined ? issueAccess(state, session, now) : [latest, state]
}

const openSession = (state: ServerState, owner: SeededAccount, now: number): Change<Grant> => {
  const session: Session = {
    id: HashMap.size(state.sessions) + 1,
    account: owner.email,
    generation: 0,
    latest: "",
    revoked: false
  }
  const [refresh, withRefresh] = issueRefresh(state, session.id, now)
  const [access, next] = issueAccess(withRefresh, session, now)
  return [{ account: owner, access, refresh }, next]
}

/** How `POST /login` ends. */
export type SignIn =
  | { readonly _tag: "SignedIn"; readonly grant: Grant }
  | { readonly _tag: "OtpRequired" | "Blocked" | "PhoneUnverified"; readonly account: SeededAccount }
  | { readonly _tag: "Refused"; readonly message: string }

/** Signs in with a password. */
export const signIn = (state: ServerState, email: string, password: string, now: number): Change<SignIn> => {
  const owner = account(state, email)
  if (owner === undefined || owner.password !== password)
    return [{ _tag: "Refused", message: "Invalid credentials." }, state]
  if (owner.closed === true) return [{ _tag: "Refused", message: "Account is closed." }, state]
  if (owner.blocked === true) return [{ _tag: "Blocked", account: owner }, state]
  if (owner.phoneUnverified === true) return [{ _tag: "PhoneUnverified", account: owner }, state]
  if (owner.otp !== undefined) {
    return [
      { _tag: "OtpRequired", account: owner },
      { ...state, challenged: new Set(state.challenged).add(email) }
    ]
  }
  const [grant, next] = openSession(state, owner, now)
  return [{ _tag: "SignedIn", grant }, next]
}

/** Completes a sign-in with a one-time code. The code is valid once, and only after a login that asked for it. */
export const verifyOtp = (
  state: ServerState,
  email: string,
  code: string,
  now: number
): Change<Grant | "WrongCode" | "NoChallenge"> => {
  const owner = account(state, email)
  if (owner === undefined || !state.challenged.has(email)) return ["NoChallenge", state]
  if (owner.otp !== code) return ["WrongCode", state]
  const challenged = new Set(state.challenged)
  challenged.delete(email)
  return openSession({ ...state, challenged }, owner, now)
}

/** Why a refresh token was refused. */
export type RefreshDenial = "unknown" | "expired" | "spent" | "revoked"

/** Exchanges a refresh token for new tokens. With `unchanged`, the session keeps the access token that it has. */
export const refresh = (
  state: ServerState,
  value: string,
  now: number,
  unchanged: boolean
): Change<Grant | RefreshDenial> => {
  const token = Option.getOrUndefined(HashMap.get(state.refreshTokens, value))
  const session = token && Option.getOrUndefined(HashMap.get(state.sessions, token.session))
  const owner = session && account(state, session.account)
  if (token === undefined || session === undefined || owner === undefined) return ["unknown", state]
  if (session.revoked || token.state === "revoked") return ["revoked", state]
  if (now >= token.expiresAt) return ["expired", state]
  if (token.state === "spent") {
    const successor =
      token.successor === undefined
        ? undefined
        : Option.getOrUndefined(HashMap.get(state.refreshTokens, token.successor))
    if (successor?.state === "live" && now < token.spentAt + state.settings.rotationGrace) {
      const [access, next] = renewAccess(state, session, now, unchanged)
      return [{ account: owner, access, refresh: successor }, next]
    }
    return ["spent", state.settings.revokeFamilyOnReuse ? revokeSession(state, session) : state]
  }
  const [access, withAccess] = renewAccess(state, session, now, unchanged)
  if (!state.rotation) return [{ account: owner, access, refresh: token }, withAccess]
  const [successor, next] = issueRefresh(withAccess, session.id, now)
  const spent: RefreshToken = { ...token, state: "spent", spentAt: now, successor: successor.value }
  return [
    { account: owner, access, refresh: successor },
    { ...next, refreshTokens: HashMap.set(next.refreshTokens, value, spent) }
  ]
}

const revokeSession = (state: ServerState, session: Session): ServerState => ({
  ...state,
  sessions: HashMap.set(state.sessions, session.id, { ...session, revoked: true })
})

const owned =
  (state: ServerState, email: string | undefined) =>
  (token: { readonly session: number }): boolean =>
    email === undefined ||
    Option.exists(HashMap.get(state.sessions, token.session), (session) => session.account === email)

/** Revokes the session with this id. */
export const endSession = (state: ServerState, id: number): ServerState => ({
  ...state,
  sessions: HashMap.modify(state.sessions, id, (session) => ({ ...session, revoked: true }))
})

/** Expires the access tokens issued so far, of one account or of all. */
export const expireAccessTokens = (state: ServerState, email?: string): ServerState => ({
  ...state,
  accessTokens: HashMap.map(state.accessTokens, (token) =>
    owned(state, email)(token) ? { ...token, expired: true } : token
  )
})

/** Revokes the refresh tokens issued so far, of one account or of all. */
export const revokeRefreshTokens = (state: ServerState, email?: string): ServerState => ({
  ...state,
  refreshTokens: HashMap.map(state.refreshTokens, (token): RefreshToken =>
    owned(state, email)(token) ? { ...token, state: "revoked" } : token
  )
})

/** Revokes the sessions opened so far, of one account or of all. */
export const revokeSessions = (state: ServerState, email?: string): ServerState => ({
  ...state,
  sessions: HashMap.map(state.sessions, (session) =>
    email === undefined || session.account === email ? { ...session, revoked: true } : session
  )
})
