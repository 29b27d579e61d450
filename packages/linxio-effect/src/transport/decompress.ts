/** Decompresses bodies while they arrive, so that decompression stops when the call ends. */
import { type Decoder, type IncomingMessage, nodeModule } from "./nodeModules.ts"

/** The value of `accept-encoding`. */
export const acceptedEncodings = "gzip, br"

/** An unknown encoding counts as none: some servers put the character set there. */
const known = /^\s*(?:(br)|deflate|(?:x-)?gzip)\s*$/i

/** The decoder of a body; undefined if it is not encoded. */
export const decoderOf = (response: IncomingMessage): Decoder | undefined => {
  const encoding = response.headers["content-encoding"]
  const match = encoding === undefined ? null : known.exec(String(encoding))
  if (match === null) return undefined
  const { createBrotliDecompress, createUnzip } = nodeModule("node:zlib")
  const decoder = match[1] ? createBrotliDecompress() : createUnzip()
  let isEmpty = true
  response.on("data", () => void (isEmpty = false))
  // A response to HEAD names an encoding but has no body. A decoder would report an empty body as truncated.
  response.on("end", () => isEmpty && decoder.push(null))
  response.on("error", (cause) => decoder.destroy(cause))
  response.pipe(decoder)
  return decoder
}
