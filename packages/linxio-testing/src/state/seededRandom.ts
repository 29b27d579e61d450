/** Random values that depend on a seed and a label only, so that a run can be repeated. They are not safe for real secrets. */

const scramble = (word: number): number => {
  let x = word | 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

/** 32 bits that depend on every character of `text`. */
const digest = (seed: number, text: string): number => {
  let hash = scramble(seed ^ scramble(Math.floor(seed / 2 ** 32)))
  for (let index = 0; index < text.length; index++) hash = scramble(hash ^ text.charCodeAt(index)) + index
  return scramble(hash)
}

/** `length` hex digits. */
export const hex = (seed: number, label: string, length: number): string => {
  let out = ""
  for (let block = 0; out.length < length; block++) {
    out += digest(seed, `${block}:${label}`).toString(16).padStart(8, "0")
  }
  return out.slice(0, length)
}

/** A number that is at least 0 and less than 1. */
export const fraction = (seed: number, label: string): number => digest(seed, label) / 2 ** 32

/** Numbers that are at least 0 and less than 1, one after the other. */
export const sequence = (seed: number, label: string): (() => number) => {
  let word = digest(seed, label)
  return () => scramble((word = (word + 0x9e3779b9) | 0)) / 2 ** 32
}
