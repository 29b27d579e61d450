/** The browser of the tests that need a real one, or why they are skipped. */
import { existsSync } from "node:fs"

export const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium"

/** Empty where there is a browser. */
export const missing = existsSync(executablePath)
  ? ""
  : `there is no Chromium at ${executablePath}: install it there, or name another in CHROMIUM`

/** What a title says of it. */
export const skipped = missing === "" ? "" : ` (skipped: ${missing})`
