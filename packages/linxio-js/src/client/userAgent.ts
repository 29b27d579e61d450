/** How this SDK names itself to Linxio (docs/decisions/0022-public-face.md). */

/** Of package.json; the bundler puts it here. */
declare const LINXIO_JS_VERSION: string

/**
 * Nothing in a browser: there, a header that Linxio does not list in its CORS answer would stop every call. A program that bundles a `process`
 * for the browser has no version of Node in it.
 */
export const userAgent = (): Readonly<Record<string, string>> =>
  isServer() ? { "user-agent": `linxio-js/${LINXIO_JS_VERSION}` } : {}

const isServer = (): boolean => {
  const { navigator, process, window } = globalThis as {
    readonly navigator?: { readonly userAgent?: string }
    readonly process?: { readonly versions?: { readonly node?: string } }
    readonly window?: unknown
  }
  // Bun and Deno name a version of Node too.
  return (
    window === undefined && (process?.versions?.node !== undefined || navigator?.userAgent === "Cloudflare-Workers")
  )
}
