/** Random names and salts. Not by Effect's random service: a test that fixes its seed must not give two clients the same name. */

/** 16 random bytes. */
export const randomText = (): string => textOf(crypto.getRandomValues(new Uint8Array(16)))

/** In hexadecimal. */
export const textOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
