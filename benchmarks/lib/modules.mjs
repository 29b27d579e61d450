/** The composition of a bundle, read from its source map. */
import { SourceMap } from "node:module"
import { gzipped } from "./gzip.mjs"

/** A source's name as a reader knows it: `effect/Schema`, `linxio-effect/internal/send`. */
const nameOf = (source) => {
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\/(?:dist\/(?:esm\/)?|src\/)?(.*?)\.\w+$/.exec(source)
  if (installed) return `${installed[1]}/${installed[2]}`
  const own = /(?:packages\/)?(linxio-[^/]+)\/(?:src|dist)\/(.*?)\.\w+$/.exec(source)
  if (own) return `${own[1]}/${own[2]}`
  const facade = /(?:^|\/)src\/(.*?)\.\w+$/.exec(source)
  return facade ? `linxio-js/${facade[1]}` : source
}

/** For each character of the bundle, the module that it comes from. */
const ownersOf = (code, map) => {
  const sources = new SourceMap(map)
  const names = new Map()
  const owners = []
  code.split("\n").forEach((line, row) => {
    for (let column = 0; column <= line.length; column++) {
      const source = sources.findEntry(row, column).originalSource ?? "(bundler)"
      if (!names.has(source)) names.set(source, nameOf(source))
      owners.push(names.get(source))
    }
  })
  return owners
}

/**
 * The minified bytes of each module, and what the gzipped bundle loses when they are taken out. The losses do not add up to the whole,
 * since what two modules have in common is only saved by taking out both.
 */
export const modulesOf = (code, map) => {
  const owners = ownersOf(code, map)
  const whole = gzipped(code)
  const measure = (belongs) => {
    const rest = [...code].filter((_, at) => !belongs(owners[at] ?? "")).join("")
    return { minified: code.length - rest.length, gzip: whole - gzipped(rest) }
  }
  const table = (names, belongs) =>
    [...new Set(names)]
      .map((name) => ({ name, ...measure((owner) => belongs(owner) === name) }))
      .sort((a, b) => b.gzip - a.gzip)
  const packageOf = (owner) => owner.split("/")[0]
  return {
    whole: { minified: code.length, gzip: whole },
    packages: table(owners.map(packageOf), packageOf),
    modules: table(owners, (owner) => owner)
  }
}
