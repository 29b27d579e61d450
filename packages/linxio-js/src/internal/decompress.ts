/** Bodies that a server or a proxy compressed, whole in and whole out. */
import { nodeModule } from "./nodeModules.ts"

/** What is asked for; an answer in anything else is one that cannot be read. */
export const acceptedEncodings = "gzip, br"

export const decompress = (
  encoding: string | ReadonlyArray<string> | undefined,
  input: Uint8Array,
  done: (cause: unknown, output: Uint8Array) => void
): void => {
  // An answer to HEAD names the encoding of a body that is not there.
  if (encoding === undefined || input.byteLength === 0) return done(null, input)
  switch (encoding.toString().toLowerCase()) {
    case "":
    case "identity":
      return done(null, input)
    case "br":
      return nodeModule("node:zlib").brotliDecompress(input, done)
    case "deflate":
    case "gzip":
    case "x-gzip":
      return nodeModule("node:zlib").unzip(input, done)
    default:
      return done(new Error("The body is compressed in a way that was not asked for"), input)
  }
}
