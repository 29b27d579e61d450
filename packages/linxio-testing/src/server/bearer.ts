/** Who a bearer token speaks for, and what it is worth now. */
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import type { TokenKind } from "../Evidence.ts"
import type { Signer } from "../state/signer.ts"
import type { World } from "../state/serverState.ts"

/** A bearer as the gateway sees it. */
export interface Bearer {
  readonly token: TokenKind
  readonly account: string | undefined
  readonly session: number | undefined
  readonly generation: number | undefined
}

const unknown = (token: TokenKind): Bearer => ({ token, account: undefined, session: undefined, generation: undefined })

const judge = (world: World, id: string, now: number): Bearer => {
  const access = Option.getOrUndefined(HashMap.get(world.accessTokens, id))
  const session = access && Option.getOrUndefined(HashMap.get(world.sessions, access.session))
  if (access === undefined || session === undefined) return unknown("invalid")
  const token = session.revoked ? "revoked" : access.expired || now >= access.expiresAt ? "expired" : "valid"
  return { token, account: session.account, session: session.id, generation: access.generation }
}

/** Reads an `Authorization` header: the signature first, then what the world remembers of the token at that moment. */
export const read = (
  header: string | undefined,
  signer: Signer,
  look: () => { readonly world: World; readonly now: number }
): Effect.Effect<Bearer> => {
  const token = header === undefined ? undefined : /^Bearer\s+(.*)$/i.exec(header)?.[1]?.trim()
  if (token === undefined || token === "") return Effect.succeed(unknown("none"))
  return Effect.map(signer.verify(token), (claims) => {
    const { now, world } = look()
    return claims === undefined ? unknown("invalid") : judge(world, claims.jti, now)
  })
}

/** What the gateway says to a bearer that does not pass. */
export const complaint = (token: Exclude<TokenKind, "valid">): string =>
  token === "none" ? "JWT Token not found" : token === "expired" ? "Expired JWT Token" : "Invalid JWT Token"
