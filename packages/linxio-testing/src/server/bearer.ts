/** Whose token a request carries, and whether it is valid. */
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import type { TokenKind } from "../RequestLog.ts"
import type { Signer } from "../state/signer.ts"
import type { ServerState } from "../state/serverState.ts"

/** The bearer token of a request. */
export interface Bearer {
  readonly token: TokenKind
  readonly account: string | undefined
  readonly session: number | undefined
  readonly generation: number | undefined
}

const unknown = (token: TokenKind): Bearer => ({ token, account: undefined, session: undefined, generation: undefined })

const check = (state: ServerState, id: string, now: number): Bearer => {
  const access = Option.getOrUndefined(HashMap.get(state.accessTokens, id))
  const session = access && Option.getOrUndefined(HashMap.get(state.sessions, access.session))
  if (access === undefined || session === undefined) return unknown("invalid")
  const token = session.revoked ? "revoked" : access.expired || now >= access.expiresAt ? "expired" : "valid"
  return { token, account: session.account, session: session.id, generation: access.generation }
}

/** Reads an `Authorization` header. It verifies the signature first, then looks up the token in the state of that moment. */
export const read = (
  header: string | undefined,
  signer: Signer,
  look: () => { readonly state: ServerState; readonly now: number }
): Effect.Effect<Bearer> => {
  const token = header === undefined ? undefined : /^Bearer\s+(.*)$/i.exec(header)?.[1]?.trim()
  if (token === undefined || token === "") return Effect.succeed(unknown("none"))
  return Effect.map(signer.verify(token), (claims) => {
    const { now, state } = look()
    return claims === undefined ? unknown("invalid") : check(state, claims.jti, now)
  })
}

/** The message of the 401 for a token that is not valid. */
export const messageFor = (token: Exclude<TokenKind, "valid">): string =>
  token === "none" ? "JWT Token not found" : token === "expired" ? "Expired JWT Token" : "Invalid JWT Token"
