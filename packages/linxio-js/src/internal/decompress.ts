/** Bodies that a server or a proxy compressed, whole in and whole out. */
import type { Zlib } from "./nodeModules.ts"

/** What is asked for; an answer in anything else is one that cannot be read. */
export const acceptedEncodings = "gzip, br"

export const decompress = (
  zlib: Zlib,
  encoding: unknown,
  input: Uint8Array,
  done: (cause: unknown, output: Uint8Array) => void
): void => {
  // An answer to HEAD names the encoding of a body that is not there.
  if (encoding === undefined || input.byteLength === 0) return done(null, input)
  switch (String(encoding).toLowerCase()) {
    case "":
    case "identity":
      return done(null, input)
    case "br":
      return zlib.brotliDecompress(input, done)
    case "deflate":
    case "gzip":
    case "x-gzip":
      return zlib.unzip(input, done)
    default:
      return done(new Error("The body is compressed in a way that was not asked for"), input)
  }
}
