/** The default `user-agent` header (docs/decisions/0022-public-face.md). */

/** The version in package.json, inserted by the bundler. */
declare const LINXIO_JS_VERSION: string

/**
 * No header in a browser: a header that Linxio's CORS response does not list would make every call fail. A `process` that a bundler adds for the
 * browser has no Node version.
 */
export const userAgent = (): Readonly<Record<string, string>> =>
  isServer() ? { "user-agent": `linxio-js/${LINXIO_JS_VERSION}` } : {}

const isServer = (): boolean => {
  const { navigator, process, window } = globalThis as {
    readonly navigator?: { readonly userAgent?: string }
    readonly process?: { readonly versions?: { readonly node?: string } }
    readonly window?: unknown
  }
  // Bun and Deno report a Node version too.
  return (
    window === undefined && (process?.versions?.node !== undefined || navigator?.userAgent === "Cloudflare-Workers")
  )
}
