/** Looks for a word in everything that can be printed or reached of a value. */
import { inspect } from "node:util"

const textsOf = (value: unknown): ReadonlyArray<string> => {
  const attempt = (print: () => string | undefined): string => {
    try {
      return print() ?? ""
    } catch {
      return "" // what cannot be printed this way shows nothing this way
    }
  }
  const whole = { showHidden: true, depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity } as const
  return [
    attempt(() => inspect(value, { ...whole, customInspect: true })),
    attempt(() => inspect(value, { ...whole, customInspect: false })),
    attempt(() => inspect(value)),
    attempt(() => JSON.stringify(value)),
    attempt(() => String(value)),
    attempt(() => (value instanceof Error ? `${value.message} ${value.stack} ${value.toString()}` : ""))
  ]
}

/** The paths at which `word` shows, through own keys and symbols, prototypes' getters aside, at any depth. */
export const leaks = (value: unknown, word: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  const seen = new Set<unknown>()
  const isHit = (text: string) => text.includes(word)
  const walk = (node: unknown, path: string): void => {
    if (typeof node === "string" || typeof node === "symbol") {
      if (isHit(String(node))) found.push(path)
      return
    }
    if (node === null || (typeof node !== "object" && typeof node !== "function") || seen.has(node)) return
    seen.add(node)
    if (node instanceof Uint8Array || node instanceof ArrayBuffer) {
      if (isHit(new TextDecoder().decode(node))) found.push(path)
      return
    }
    if (node instanceof Map || node instanceof Set) for (const entry of node) walk(entry, `${path}[…]`)
    for (const key of Reflect.ownKeys(node)) {
      walk(typeof key === "symbol" ? key.description : key, `${path}.{${String(key)}}`)
      const property = Object.getOwnPropertyDescriptor(node, key)
      walk(property && "value" in property ? property.value : undefined, `${path}.${String(key)}`)
    }
  }
  textsOf(value).forEach((text, index) => isHit(text) && found.push(`printed (${index})`))
  walk(value, "")
  return found
}
