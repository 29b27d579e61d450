// The rules of imports, for the whole repository: `npm run check -- imports`. A request walks one corridor, and imports point to the
// right on it; a file that has no room there is an error. AGENTS.md describes the corridor.

const words = (text) => text.trim().split(/\s+/)

/** Left to right. `name` is a module at the top of `src/`, `name/` is a room: whatever lies in that folder. */
export const corridors = {
  "linxio-effect": words(`
    index Linxio Auth auth/ resources/ HttpClient http/ TokenRefresh refresh/ exchange/ Session stores/ CallOptions transport/ LinxioConfig
    session/ RetryPolicy Telemetry telemetry/ CallObserver config/ LinxioApi api/ LinxioErrorSchema LinxioError errors/`),
  "linxio-js": words("index stores/ createClient resources/ run client/ transport/ types types/ options options/"),
  "linxio-testing": words(`
    index testSessionStore conformance/ cli/ fleet fleet/ FakeLinxio server/ control/ domains/ faults/ state/ AccountsFile Options RequestLog Fault wire/ config/ FakeLinxioError`)
}

const source = (name) => `^packages/${name}/src/`
const place = (name, rooms) =>
  `${source(name)}(${rooms.map((room) => (room.endsWith("/") ? room : `${room}[.]ts$`)).join("|")})`

const ofCorridors = Object.entries(corridors).flatMap(([name, rooms]) => [
  ...rooms.slice(1).map((room, index) => ({
    name: `${name}: ${room} imports from its left`,
    from: { path: place(name, [room]) },
    to: { path: place(name, rooms.slice(0, index + 1)) }
  })),
  { name: `${name}: no room on the corridor`, from: {}, to: { path: source(name), pathNot: place(name, rooms) } },
  { name: `${name}: no room on the corridor`, from: { path: source(name), pathNot: place(name, rooms) }, to: {} }
])

/** The packages that a package's own code may import, and the places in it that may import what only Node has. */
const outside = {
  "linxio-effect": { packages: ["effect"], node: "stores/file[.]ts" },
  "linxio-js": { packages: ["effect", "linxio-effect"], node: undefined },
  "linxio-testing": { packages: ["effect", "jose", "linxio-effect"], node: "(cli|control|server)/" }
}

const ofPackages = Object.entries(outside).flatMap(([name, { node, packages }]) => [
  {
    name: `${name}: a package that it does not bring`,
    from: { path: source(name) },
    to: {
      dependencyTypesNot: ["core"],
      pathNot: [source(name), ...packages.map((one) => `(/node_modules/|^packages/)${one}/`), "/@types/node/"]
    }
  },
  {
    name: `${name}: Node where it is not allowed`,
    from: { path: source(name), pathNot: node && source(name) + node },
    to: { dependencyTypes: ["core"] }
  }
])

const rules = [
  ...ofCorridors,
  ...ofPackages,
  { name: "a circle of modules", from: {}, to: { circular: true } },
  { name: "a circle of folders", scope: "folder", from: {}, to: { circular: true } },
  { name: "nobody imports it", from: { orphan: true, path: "^packages/[^/]+/src/" }, to: {} },
  {
    name: "an import that leads nowhere, or is closed by an exports map",
    // What some runtimes are given under a name that is no file here.
    from: { pathNot: "^(packages/linxio-js/test/runtimes/(worker|page)[.]mjs|scripts/cluster/tab[.]js)$" },
    to: { couldNotResolve: true }
  },
  {
    name: "another package, and not by its name",
    from: { path: "^packages/([^/]+)/" },
    to: { path: "^packages/", pathNot: "^packages/$1/", dependencyTypes: ["local"] }
  },
  {
    name: "a package imports what is not published",
    from: { path: "^packages/([^/]+)/src/" },
    to: { path: "^(packages/$1/(?!src/)|(?!packages/)(?!node_modules/)[^/]+/)", dependencyTypes: ["local"] }
  },
  { name: "a package imports a tool", from: { path: "^packages/" }, to: { path: "^(scripts|benchmarks)/" } },
  {
    name: "a barrel of Effect: import the module itself, such as effect/Effect",
    from: { path: "^packages/[^/]+/src/" },
    to: { path: "/effect/dist/(|http/|http-api/|testing/)index[.]" }
  }
]

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: rules.map((rule) => ({ severity: "error", ...rule })),
  options: {
    doNotFollow: { path: ["node_modules/", "/dist/"] },
    exclude: { path: "/(build|[.]test-types)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "node", "default"] }
  }
}
