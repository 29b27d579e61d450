/**
 * Recognises credentials that Linxio has refused, by a digest in the record. It is salted, and slow, so that nobody who reads the record can find the
 * password by trying many. It is computed only after a refusal, and to compare with one.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { RefusedSignIn } from "../stores/StoredRecord.ts"
import type { SignInRequest } from "./askCredentials.ts"
import { randomText, textOf } from "./randomText.ts"

const rounds = 600_000

/** Empty without WebCrypto, as in a page over plain HTTP. */
const digestOf = ({ email, password }: SignInRequest, salt: string): Effect.Effect<string> =>
  Effect.promise(async () => {
    try {
      const bytes = new TextEncoder()
      const pair = bytes.encode(JSON.stringify([email, Redacted.value(password)]))
      const key = await crypto.subtle.importKey("raw", pair, "PBKDF2", false, ["deriveBits"])
      const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: bytes.encode(salt), iterations: rounds }
      return textOf(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256)))
    } catch {
      return ""
    }
  })

export const refusedSignIn = (given: SignInRequest, reason: RefusedSignIn["reason"]): Effect.Effect<RefusedSignIn> => {
  const salt = randomText()
  return Effect.map(digestOf(given, salt), (digest) => ({ reason, salt, digest }))
}

/** Whether these may be the credentials that were refused. Without a digest to compare, all are. */
export const mayBeRefused = (given: SignInRequest, { digest, salt }: RefusedSignIn): Effect.Effect<boolean> =>
  Effect.map(digestOf(given, salt), (own) => own === "" || !digest || own === digest)
