/** Bodies that a server or a proxy compressed, whole in and whole out. */
import { nodeModule } from "./nodeModules.ts"

/** What is asked for. */
export const acceptedEncodings = "gzip, br"

/** An encoding that is not known is none: some servers write the character set there. An answer to HEAD names one of a body that is not there. */
export const decompress = (
  encoding: string | ReadonlyArray<string> | undefined,
  input: Uint8Array
): Promise<Uint8Array> | Uint8Array => {
  const known = /^\s*(?:(br)|deflate|(?:x-)?gzip)\s*$/i.exec(String(encoding ?? ""))
  if (known === null || input.byteLength === 0) return input
  const { brotliDecompress, unzip } = nodeModule("node:zlib")
  const undo = known[1] ? brotliDecompress : unzip
  return new Promise((resolve, reject) => undo(input, (cause, output) => (cause ? reject(cause) : resolve(output))))
}
