import { gzipSync } from "node:zlib"

/** As a server would send it. */
export const gzipped = (text) => gzipSync(text, { level: 9 }).length

/** 1 kB is 1,000 bytes. */
export const kilobytes = (bytes) => Math.round(bytes / 100) / 10
