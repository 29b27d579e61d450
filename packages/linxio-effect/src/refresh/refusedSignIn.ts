/**
 * Credentials that Linxio refused are known again by a digest: salted, and slow, because whoever reads the record must not find a password by
 * trying many. Computed only after a refusal, or to compare with one.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Credentials } from "../config/credentials.ts"
import type { RefusedSignIn } from "../stores/StoredRecord.ts"

const iterations = 600_000
const saltBytes = 16

/** Empty where the runtime has no WebCrypto, as a page over plain http: nothing can be told from it, and every pair counts as the refused one. */
const digestOf = ({ email, password }: Credentials, salt: Uint8Array<ArrayBuffer>): Effect.Effect<string> =>
  Effect.promise(async () => {
    try {
      const secret = Redacted.isRedacted(password) ? Redacted.value(password) : password
      const pair = new TextEncoder().encode(JSON.stringify([email, secret]))
      const key = await crypto.subtle.importKey("raw", pair, "PBKDF2", false, ["deriveBits"])
      const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, key, 256)
      return base64(new Uint8Array(bits))
    } catch {
      return ""
    }
  })

export const refusedSignIn = (
  credentials: Credentials,
  reason: RefusedSignIn["reason"]
): Effect.Effect<RefusedSignIn> => {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes))
  return Effect.map(digestOf(credentials, salt), (digest) => ({ reason, salt: base64(salt), digest }))
}

/** Whether these may be the credentials that were refused. */
export const mayBeRefused = (credentials: Credentials, { digest, salt }: RefusedSignIn): Effect.Effect<boolean> =>
  Effect.map(digestOf(credentials, bytesOf(salt)), (own) => own === "" || digest === "" || own === digest)

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/** What is stored may be anything. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
