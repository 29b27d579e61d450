/** The content of a session store: one record with a version. */
import * as Redacted from "effect/Redacted"
import type { StoredSession } from "./StoredSession.ts"

/**
 * The lease: only its holder sends the refresh token, or signs in automatically.
 *
 * @example
 * ```ts
 * import type { Lease } from "linxio-js"
 *
 * const lease: Lease = { holder: "5f0c", forMs: 24_000, purpose: "refresh" }
 * ```
 */
export interface Lease {
  /** The random name of the client that holds it. Not a secret. Empty if no client is at work and it only delays the next automatic sign-in. */
  readonly holder: string
  /** The duration of the lease, in milliseconds. Every other client counts it from when it first read this version, on its own clock. */
  readonly forMs: number
  /** What it is held for. */
  readonly purpose: "refresh" | "signIn"
  /** Without a holder: when it was written, by the clock of its writer. Only a client that has just started uses it. */
  readonly at?: number
}

/**
 * Why a refresh token in the record must not be sent again.
 *
 * @example
 * ```ts
 * import type { StoredDenial } from "linxio-js"
 *
 * const denied: StoredDenial = { status: 401, ambiguous: false }
 * ```
 */
export interface StoredDenial {
  /** The status with which Linxio refused it. */
  readonly status: number
  /** True when an earlier attempt of the same refresh got no answer. */
  readonly ambiguous: boolean
}

/**
 * An automatic sign-in that Linxio refused, with a digest that identifies its credentials.
 *
 * @example
 * ```ts
 * import type { StoredRecord } from "linxio-js"
 *
 * const needsNewPassword = (record: StoredRecord) => record.refused?.reason === "credentials"
 * ```
 */
export interface RefusedSignIn {
  /** What was refused: the credentials, or a sign-in without a one-time code. */
  readonly reason: "credentials" | "codeRequired"
  /** Random bytes in hexadecimal. */
  readonly salt: string
  /** PBKDF2-SHA-256 of e-mail and password, in hexadecimal. */
  readonly digest: string
}

/**
 * The record of a session store: plain JSON data, secrets included. A store keeps it unchanged and uses only `version`.
 *
 * @example
 * ```ts
 * import type { StoredRecord } from "linxio-js"
 *
 * const record: StoredRecord = { version: 1, epoch: 1, session: { token: "…", refreshToken: "…" }, lease: null }
 * ```
 */
export interface StoredRecord {
  /** Incremented by every write. It alone decides which record is newer; no clock does. */
  readonly version: number
  /** The identity of the session: incremented by every sign-in and sign-out. */
  readonly epoch: number
  /** The session, or null after a sign-out or the end of a session. */
  readonly session: StoredSession | null
  /** The current lease, or null. */
  readonly lease: Lease | null
  /** Set when Linxio refused the refresh token of `session`, or of the session that ended. */
  readonly denied?: StoredDenial | null
  /** Set when Linxio refused an automatic sign-in. */
  readonly refused?: RefusedSignIn | null
}

/** The problem of a value that a store returned as a record; undefined if it is valid. */
export const problemOf = (value: unknown): string | undefined => {
  if (value === null || typeof value !== "object") return "is not a session record"
  const { epoch, lease, session, version } = value as Record<keyof StoredRecord, unknown>
  if (!isCount(version) || version === 0 || !isCount(epoch)) return "is not a session record of this version of the SDK"
  if (session !== null && (typeof session !== "object" || session === undefined)) return "has an invalid session"
  if (lease !== null && lease !== undefined && !isLease(lease)) return "has an invalid lease"
  return undefined
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

const isLease = (value: unknown): value is Lease => {
  if (value === null || typeof value !== "object") return false
  const { forMs, holder } = value as Record<keyof Lease, unknown>
  return typeof holder === "string" && typeof forMs === "number" && forMs >= 0
}

/** The secrets in a record, to remove them from the errors of a store. */
export const secretsOf = (record: StoredRecord | null | undefined): ReadonlyArray<string> =>
  [record?.session?.token, record?.session?.refreshToken].filter(
    (secret) => typeof secret === "string" && secret !== ""
  ) as ReadonlyArray<string>

/** The secret values of tokens that are held `Redacted`. */
export const plain = (secret: Redacted.Redacted | undefined): ReadonlyArray<string> =>
  secret ? [Redacted.value(secret)] : []
