/** Signs JWTs and verifies them: with RS256, or with a cheap signature that only this server accepts. */
import * as Effect from "effect/Effect"
import * as Base64Url from "effect/encoding/Base64Url"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { GenerateKeyPairResult } from "jose"
import * as SeededRandom from "./seededRandom.ts"

/** The claims of an access token. Times are in seconds. */
const Claims = Schema.Struct({
  jti: Schema.String,
  sub: Schema.String,
  email: Schema.String,
  iat: Schema.optionalKey(Schema.Finite),
  exp: Schema.Finite
})

/** The claims of an access token. */
type Claims = typeof Claims.Type

/** Signs claims, and verifies the tokens that it signed. */
export interface Signer {
  readonly sign: (claims: Claims) => Effect.Effect<string>
  readonly verify: (token: string) => Effect.Effect<Claims | undefined>
  /** The public key as a JWK, if the signer has one. */
  readonly publicKey: Effect.Effect<Readonly<Record<string, unknown>> | void>
}

const readClaims = Schema.decodeUnknownResult(Schema.fromJsonString(Claims))

/** Tokens with correct claims, the algorithm name `fake` and a random signature. The signer remembers each token that it made, which is its check. */
export const fake = (seed: number): Signer => {
  const header = Base64Url.encode(JSON.stringify({ typ: "JWT", alg: "fake" }))
  const signed = new Map<string, Claims>()
  return {
    sign: (claims) =>
      Effect.sync(() => {
        const content = `${header}.${Base64Url.encode(JSON.stringify(claims))}`
        const token = `${content}.${Base64Url.encode(SeededRandom.hex(seed, content, 32))}`
        signed.set(token, claims)
        return token
      }),
    verify: (token) => Effect.sync(() => signed.get(token)),
    publicKey: Effect.void
  }
}

/** All servers of a process share one key: to make one takes a tenth of a second, and there is nothing to protect. */
let keys: Promise<GenerateKeyPairResult> | undefined

const jose = Effect.promise(() => import("jose"))

const keyPair = Effect.flatMap(jose, ({ generateKeyPair }) =>
  Effect.promise(() => (keys ??= generateKeyPair("RS256", { modulusLength: 2048, extractable: true })))
)

/** RS256 with `jose`, which is loaded on first use. */
export const rs256: Signer = {
  sign: (claims) =>
    Effect.gen(function* () {
      const { SignJWT } = yield* jose
      const { privateKey } = yield* keyPair
      return yield* Effect.promise(() =>
        new SignJWT({ ...claims }).setProtectedHeader({ alg: "RS256", typ: "JWT" }).sign(privateKey)
      )
    }),
  verify: (token) =>
    Effect.gen(function* () {
      const { compactVerify } = yield* jose
      const { publicKey } = yield* keyPair
      const payload = yield* Effect.promise(() =>
        compactVerify(token, publicKey).then(
          (result) => new TextDecoder().decode(result.payload),
          () => undefined
        )
      )
      return payload === undefined ? undefined : Result.getOrUndefined(readClaims(payload))
    }),
  publicKey: Effect.gen(function* () {
    const { exportJWK } = yield* jose
    const { publicKey } = yield* keyPair
    return yield* Effect.promise(async () => ({ ...(await exportJWK(publicKey)) }))
  })
}
