/** Turns claims into a JWT and back: for real with RS256, or cheaply, inside the fiber, with a signature that only this fake believes. */
import * as Effect from "effect/Effect"
import * as Base64Url from "effect/encoding/Base64Url"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { GenerateKeyPairResult } from "jose"
import * as Noise from "./seededRandom.ts"

/** What the tokens say; times are seconds. */
const Claims = Schema.Struct({
  jti: Schema.String,
  sub: Schema.String,
  email: Schema.String,
  iat: Schema.optionalKey(Schema.Finite),
  exp: Schema.Finite
})

/** What the tokens say. */
type Claims = typeof Claims.Type

/** Signs claims, and reads the claims of a token that it signed itself. */
export interface Signer {
  readonly sign: (claims: Claims) => Effect.Effect<string>
  readonly verify: (token: string) => Effect.Effect<Claims | undefined>
  /** The public half of the key as a JWK, where there is one. */
  readonly publicKey: Effect.Effect<Readonly<Record<string, unknown>> | void>
}

const readClaims = Schema.decodeUnknownResult(Schema.fromJsonString(Claims))

/** Honest claims under the algorithm name `fake`, and a signature that is noise: it knows its own tokens by heart. */
export const fake = (seed: number): Signer => {
  const header = Base64Url.encode(JSON.stringify({ typ: "JWT", alg: "fake" }))
  const signed = new Map<string, Claims>()
  return {
    sign: (claims) =>
      Effect.sync(() => {
        const content = `${header}.${Base64Url.encode(JSON.stringify(claims))}`
        const token = `${content}.${Base64Url.encode(Noise.hex(seed, content, 32))}`
        signed.set(token, claims)
        return token
      }),
    verify: (token) => Effect.sync(() => signed.get(token)),
    publicKey: Effect.void
  }
}

/** One key for the life of the process: making one takes a tenth of a second, and a fake has nothing to protect. */
let keys: Promise<GenerateKeyPairResult> | undefined

const jose = Effect.promise(() => import("jose"))

const keyPair = Effect.flatMap(jose, ({ generateKeyPair }) =>
  Effect.promise(() => (keys ??= generateKeyPair("RS256", { modulusLength: 2048, extractable: true })))
)

/** RS256 with `jose`, which is loaded on first use only. */
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
