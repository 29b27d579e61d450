/** The records of reference data and settings. Every field is optional and may be null, and fields that are not listed are kept. */
import type { Id } from "./operation.ts"
import { all, anyObject, anything, id, number, record, text } from "./shape.ts"

/**
 * What entries of reference data have in common.
 *
 * @example
 * ```ts
 * import type { MetadataRecord } from "linxio-js"
 *
 * const labelOf = (entry: MetadataRecord) => entry.label ?? entry.name ?? entry.code
 * console.log(labelOf({ id: 1, name: "Driver" })) // => Driver
 * ```
 */
export interface MetadataRecord {
  /** The id of the entry; compare it as text. */
  readonly id?: Id | null
  /** Its short name for programs. */
  readonly code?: string | null
  /** Its name to show. */
  readonly label?: string | null
  /** Its name. */
  readonly name?: string | null
  /** Its place in the list. */
  readonly order?: number | null
  /** Its value. */
  readonly value?: string | null
  readonly [field: string]: unknown
}

/**
 * A role of users.
 *
 * @example
 * ```ts
 * import type { Role } from "linxio-js"
 *
 * const driver: Role = { id: 3, name: "driver", type: "client" }
 * console.log(driver.name) // => driver
 * ```
 */
export interface Role extends MetadataRecord {
  /** A text; the set of values is open. */
  readonly type?: string | null
}

/**
 * A plan of Linxio.
 *
 * @example
 * ```ts
 * import type { Plan } from "linxio-js"
 *
 * const plus: Plan = { id: 2, name: "Plus" }
 * console.log(plus.name) // => Plus
 * ```
 */
export interface Plan extends MetadataRecord {}

/**
 * A time zone that an account can have.
 *
 * @example
 * ```ts
 * import type { Timezone } from "linxio-js"
 *
 * const adelaide: Timezone = { id: 7, name: "Australia/Adelaide", offset: "+09:30" }
 * console.log(adelaide.offset) // => +09:30
 * ```
 */
export interface Timezone extends MetadataRecord {
  /** The offset as a label; its format is not documented. */
  readonly offset?: string | null
}

/**
 * The colors and the logo of the user interface.
 *
 * @example
 * ```ts
 * import type { Theme } from "linxio-js"
 *
 * const dark: Theme = { id: 2, name: "Dark" }
 * console.log(dark.name) // => Dark
 * ```
 */
export interface Theme extends MetadataRecord {}

/**
 * A language of the user interface.
 *
 * @example
 * ```ts
 * import type { Language } from "linxio-js"
 *
 * const english: Language = { code: "en", name: "English" }
 * console.log(english.code) // => en
 * ```
 */
export interface Language extends MetadataRecord {}

/**
 * The address of the platform of the signed-in account.
 *
 * @example
 * ```ts
 * import type { PlatformDomain } from "linxio-js"
 *
 * const own: PlatformDomain = { domain: "fleet.example.test" }
 * console.log(own.domain) // => fleet.example.test
 * ```
 */
export interface PlatformDomain {
  /** The domain. */
  readonly domain?: string | null
  /** The host. */
  readonly host?: string | null
  readonly [field: string]: unknown
}

/**
 * A setting, and for whom it holds.
 *
 * @example
 * ```ts
 * import type { SettingRecord } from "linxio-js"
 *
 * const isOn = (setting: SettingRecord) => setting.value === true
 * console.log(isOn({ name: "digitalForm", value: true })) // => true
 * ```
 */
export interface SettingRecord {
  /** The id of the setting. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** The role that it holds for. */
  readonly role?: Readonly<Record<string, unknown>> | null
  /** The team that it holds for. */
  readonly team?: Readonly<Record<string, unknown>> | null
  /** The user that it holds for. */
  readonly user?: Readonly<Record<string, unknown>> | null
  /** Any JSON value, another kind for each setting; units are not stated. */
  readonly value?: unknown
  readonly [field: string]: unknown
}

const entry = { id, ...all(text, "code label name value"), order: number }

/** The shape of a `Role`. */
export const role = record<Role>("Role", { ...entry, type: text })
/** The shape of a `Plan`. */
export const plan = record<Plan>("Plan", entry)
/** The shape of a `Timezone`. */
export const timezone = record<Timezone>("Timezone", { ...entry, offset: text })
/** The shape of a `Theme`. */
export const theme = record<Theme>("Theme", entry)
/** The shape of a `Language`. */
export const language = record<Language>("Language", entry)
/** The shape of a `PlatformDomain`. */
export const platformDomain = record<PlatformDomain>("PlatformDomain", all(text, "domain host"))
/** The shape of a `SettingRecord`. */
export const settingRecord = record<SettingRecord>("SettingRecord", {
  id,
  name: text,
  ...all(anyObject, "role team user"),
  value: anything
})
