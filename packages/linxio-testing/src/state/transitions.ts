/** What can happen to the world: pure functions from a world to a result and the next world. `now` is the server's clock, in milliseconds. */
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as Noise from "./seededRandom.ts"
import type { AccessToken, RefreshToken, SeededAccount, Session, World } from "./serverState.ts"
import { account } from "./serverState.ts"

/** Tokens that were granted and only lack the signature. */
export interface Grant {
  readonly account: SeededAccount
  readonly access: AccessToken
  readonly refresh: RefreshToken
}

type Change<A> = readonly [result: A, next: World]

const seconds = (millis: number): number => Math.floor(millis / 1000) * 1000

const issueRefresh = (world: World, session: number, now: number): Change<RefreshToken> => {
  const ordinal = HashMap.size(world.refreshTokens) + 1
  const token: RefreshToken = {
    name: `r${ordinal}`,
    value: Noise.hex(world.settings.seed, `refresh:${ordinal}`, 32),
    session,
    expiresAt: seconds(now) + world.settings.refreshTokenLifetime,
    state: "live",
    spentAt: 0,
    successor: undefined
  }
  return [token, { ...world, refreshTokens: HashMap.set(world.refreshTokens, token.value, token) }]
}

const issueAccess = (world: World, session: Session, now: number): Change<AccessToken> => {
  const issuedAt = seconds(now)
  const token: AccessToken = {
    id: Noise.hex(world.settings.seed, `access:${HashMap.size(world.accessTokens) + 1}`, 16),
    session: session.id,
    generation: session.generation + 1,
    issuedAt,
    expiresAt: issuedAt + seconds(world.settings.accessTokenLifetime),
    expired: false
  }
  return [
    token,
    {
      ...world,
      sessions: HashMap.set(world.sessions, session.id, { ...session, generation: token.generation, latest: token.id }),
      accessTokens: HashMap.set(world.accessTokens, token.id, token)
    }
  ]
}

const renewAccess = (world: World, session: Session, now: number, unchanged: boolean): Change<AccessToken> => {
  const latest = unchanged ? Option.getOrUndefined(HashMap.get(world.accessTokens, session.latest)) : undefined
  return latest === undefined ? issueAccess(world, session, now) : [latest, world]
}

const openSession = (world: World, owner: SeededAccount, now: number): Change<Grant> => {
  const session: Session = {
    id: HashMap.size(world.sessions) + 1,
    account: owner.email,
    generation: 0,
    latest: "",
    revoked: false
  }
  const [refresh, withRefresh] = issueRefresh(world, session.id, now)
  const [access, next] = issueAccess(withRefresh, session, now)
  return [{ account: owner, access, refresh }, next]
}

/** How `POST /login` ends. */
export type SignIn =
  | { readonly _tag: "SignedIn"; readonly grant: Grant }
  | { readonly _tag: "OtpRequired" | "Blocked" | "PhoneUnverified"; readonly account: SeededAccount }
  | { readonly _tag: "Refused"; readonly message: string }

/** A password is presented. */
export const signIn = (world: World, email: string, password: string, now: number): Change<SignIn> => {
  const owner = account(world, email)
  if (owner === undefined || owner.password !== password)
    return [{ _tag: "Refused", message: "Invalid credentials." }, world]
  if (owner.closed === true) return [{ _tag: "Refused", message: "Account is closed." }, world]
  if (owner.blocked === true) return [{ _tag: "Blocked", account: owner }, world]
  if (owner.phoneUnverified === true) return [{ _tag: "PhoneUnverified", account: owner }, world]
  if (owner.otp !== undefined) {
    return [
      { _tag: "OtpRequired", account: owner },
      { ...world, challenged: new Set(world.challenged).add(email) }
    ]
  }
  const [grant, next] = openSession(world, owner, now)
  return [{ _tag: "SignedIn", grant }, next]
}

/** A code is presented: it counts once, and only after a login that asked for it. */
export const verifyOtp = (
  world: World,
  email: string,
  code: string,
  now: number
): Change<Grant | "WrongCode" | "NoChallenge"> => {
  const owner = account(world, email)
  if (owner === undefined || !world.challenged.has(email)) return ["NoChallenge", world]
  if (owner.otp !== code) return ["WrongCode", world]
  const challenged = new Set(world.challenged)
  challenged.delete(email)
  return openSession({ ...world, challenged }, owner, now)
}

/** Why a refresh token is refused. */
export type RefreshDenial = "unknown" | "expired" | "spent" | "revoked"

/** A refresh token is presented; `unchanged` hands out the access token that the session has already. */
export const refresh = (
  world: World,
  value: string,
  now: number,
  unchanged: boolean
): Change<Grant | RefreshDenial> => {
  const token = Option.getOrUndefined(HashMap.get(world.refreshTokens, value))
  const session = token && Option.getOrUndefined(HashMap.get(world.sessions, token.session))
  const owner = session && account(world, session.account)
  if (token === undefined || session === undefined || owner === undefined) return ["unknown", world]
  if (session.revoked || token.state === "revoked") return ["revoked", world]
  if (now >= token.expiresAt) return ["expired", world]
  if (token.state === "spent") {
    const successor =
      token.successor === undefined
        ? undefined
        : Option.getOrUndefined(HashMap.get(world.refreshTokens, token.successor))
    if (successor?.state === "live" && now < token.spentAt + world.settings.rotationGrace) {
      const [access, next] = renewAccess(world, session, now, unchanged)
      return [{ account: owner, access, refresh: successor }, next]
    }
    return ["spent", world.settings.revokeFamilyOnReuse ? revokeSession(world, session) : world]
  }
  const [access, withAccess] = renewAccess(world, session, now, unchanged)
  if (!world.rotation) return [{ account: owner, access, refresh: token }, withAccess]
  const [successor, next] = issueRefresh(withAccess, session.id, now)
  const spent: RefreshToken = { ...token, state: "spent", spentAt: now, successor: successor.value }
  return [
    { account: owner, access, refresh: successor },
    { ...next, refreshTokens: HashMap.set(next.refreshTokens, value, spent) }
  ]
}

const revokeSession = (world: World, session: Session): World => ({
  ...world,
  sessions: HashMap.set(world.sessions, session.id, { ...session, revoked: true })
})

const owned =
  (world: World, email: string | undefined) =>
  (token: { readonly session: number }): boolean =>
    email === undefined ||
    Option.exists(HashMap.get(world.sessions, token.session), (session) => session.account === email)

/** Ends the session with that id. */
export const endSession = (world: World, id: number): World => ({
  ...world,
  sessions: HashMap.modify(world.sessions, id, (session) => ({ ...session, revoked: true }))
})

/** Expires the access tokens issued so far. */
export const expireAccessTokens = (world: World, email?: string): World => ({
  ...world,
  accessTokens: HashMap.map(world.accessTokens, (token) =>
    owned(world, email)(token) ? { ...token, expired: true } : token
  )
})

/** Revokes the refresh tokens issued so far. */
export const revokeRefreshTokens = (world: World, email?: string): World => ({
  ...world,
  refreshTokens: HashMap.map(world.refreshTokens, (token): RefreshToken =>
    owned(world, email)(token) ? { ...token, state: "revoked" } : token
  )
})

/** Ends the sessions opened so far. */
export const revokeSessions = (world: World, email?: string): World => ({
  ...world,
  sessions: HashMap.map(world.sessions, (session) =>
    email === undefined || session.account === email ? { ...session, revoked: true } : session
  )
})
