// The machine's own headless Chromium, for what has to be seen in a real browser.
import { existsSync } from "node:fs"
import { chromium } from "playwright-core"

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium"

/** Why there is none, where there is none. */
export const missing = existsSync(executablePath)
  ? undefined
  : `there is no Chromium at ${executablePath}; CHROMIUM names another`

/** A browser in a container has no sandbox to offer, and is to talk to nobody but us. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-sync"
]

export const launch = () => chromium.launch({ executablePath, args })
