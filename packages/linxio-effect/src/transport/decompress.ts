/** Bodies that a server or a proxy compressed, undone while they arrive: what is no longer wanted is no longer decompressed. */
import { type Decoder, type IncomingMessage, nodeModule } from "./nodeModules.ts"

/** What is asked for. */
export const acceptedEncodings = "gzip, br"

/** An encoding that is not known is none: some servers write the character set there. */
const known = /^\s*(?:(br)|deflate|(?:x-)?gzip)\s*$/i

/** What undoes the encoding of a body; undefined where it has none. */
export const decoderOf = (response: IncomingMessage): Decoder | undefined => {
  const encoding = response.headers["content-encoding"]
  const match = encoding === undefined ? null : known.exec(String(encoding))
  if (match === null) return undefined
  const { createBrotliDecompress, createUnzip } = nodeModule("node:zlib")
  const decoder = match[1] ? createBrotliDecompress() : createUnzip()
  let isEmpty = true
  response.on("data", () => void (isEmpty = false))
  // An answer to HEAD names the encoding of a body that is not there. Of nothing at all a decoder would say that its end is missing.
  response.on("end", () => isEmpty && decoder.push(null))
  response.on("error", (cause) => decoder.destroy(cause))
  response.pipe(decoder)
  return decoder
}
