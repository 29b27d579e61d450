/** Reference data and settings. The operations and their records, from public sources only. */
import { language, plan, platformDomain, role, settingRecord, theme, timezone } from "./metadataRecords.ts"
import { one, operation, page } from "./operation.ts"
import { text, texts } from "./shape.ts"

export type * from "./metadataRecords.ts"

/** The operations, by the names of the methods that offer them. */
export const metadata = {
  /** The countries: an object with the name of each country under its code, and no list. Derived from the dashboard. */
  countries: operation("GET", "/country/list", "DL", one(texts)),
  /** All roles of users. Derived from the dashboard. */
  roles: operation("GET", "/roles", "DP", page(role, "roles")),
  /** All plans. Derived from the dashboard. */
  plans: operation("GET", "/plans", "DP", page(plan, "plans")),
  /** All time zones; a client account refers to one by its id. Derived from the dashboard. */
  timezones: operation("GET", "/timezones", "DP", page(timezone, "timezones")),
  /** All themes. Derived from the dashboard. */
  themes: operation("GET", "/themes", "DP", page(theme, "themes")),
  /** The theme of the signed-in user. Derived from the dashboard. */
  myTheme: operation("GET", "/themes/my", "DP", one(theme)),
  /** What the current plan permits: a list of texts. Derived from the dashboard. */
  currentPlan: operation("GET", "/permissions/current-plan", "DL", page(text, "permissions")),
  /** The address of the platform. Derived from the dashboard. */
  platformDomain: operation("GET", "/platform-settings/domain", "DP", one(platformDomain)),
  /** All languages of the user interface. Derived from the dashboard. */
  languages: operation("GET", "/settings/language/list", "DP", page(language, "languages")),
  /** The setting for maps: one record, in spite of its name. Derived from the dashboard. */
  mapApiOptions: operation("GET", "/settings/mapApiOptions", "DL", one(settingRecord)),
  /** The setting for providers: one record, in spite of its name. Derived from the dashboard. */
  providers: operation("GET", "/settings/provider", "DL", one(settingRecord)),
  /** The setting for digital forms. Derived from the dashboard. */
  digitalFormSettings: operation("GET", "/settings/digitalForm", "DP", one(settingRecord)),
  /** The setting for economical speed. Derived from the dashboard. */
  ecoSpeedSettings: operation("GET", "/settings/ecoSpeed", "DP", one(settingRecord)),
  /** The setting for excessive idling. Derived from the dashboard. */
  excessiveIdlingSettings: operation("GET", "/settings/excessiveIdling", "DP", one(settingRecord))
}
