// Builds the site: guides, decisions, search and the reference of all three packages, with TypeDoc.
import { rmSync, writeFileSync } from "node:fs"
import { basename, resolve } from "node:path"
import { Application, Converter, KindRouter, PageEvent, ReflectionKind, TSConfigReader } from "typedoc"
import ts from "typescript"
import { draw } from "./diagrams.mjs"
import { decisions, guides, home, llms, titleOf } from "./guides.mjs"

export const site = "site"

/** Package, its settings, and its modules by name: what a user can import. The facade is read as it is published. */
const packages = [
  ["packages/linxio-js/tsconfig.src.json", { "linxio-js": "packages/linxio-js/dist/index.d.ts" }],
  [
    "packages/linxio-effect/tsconfig.src.json",
    {
      "linxio-effect": "packages/linxio-effect/src/index.ts",
      "linxio-effect/stores/file": "packages/linxio-effect/src/stores/file.ts",
      "linxio-effect/LinxioApi": "packages/linxio-effect/src/LinxioApi.ts"
    }
  ],
  ["packages/linxio-testing/tsconfig.src.json", { "linxio-testing": "packages/linxio-testing/src/index.ts" }]
]

const entryPoints = () =>
  packages.flatMap(([tsconfig, modules]) => {
    const read = ts.getParsedCommandLineOfConfigFile(tsconfig, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic })
    const files = Object.values(modules).map((file) => resolve(file))
    const program = ts.createProgram(files, { ...read.options, composite: false, incremental: false })
    return Object.entries(modules).map(([displayName, file]) => {
      const sourceFile = program.getSourceFile(resolve(file))
      if (!sourceFile) throw new Error(`${file} is not there: run npm run build first`)
      return { displayName, program, sourceFile }
    })
  })

const onUnRecoverableConfigFileDiagnostic = ({ messageText }) => {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"))
}

const options = {
  name: "Linxio SDK",
  readme: home,
  projectDocuments: [...guides(), ...decisions()],
  router: "guides",
  skipErrorChecking: true,
  excludeExternals: true,
  excludeInternal: true,
  disableSources: true,
  hideGenerator: true,
  // Its page lists classes only, and resources link to places that it does not have.
  includeHierarchySummary: false,
  searchInDocuments: true,
  searchInComments: true,
  searchGroupBoosts: { Guides: 20 },
  customCss: "scripts/docs/site.css",
  lightHighlightTheme: "github-light",
  darkHighlightTheme: "github-dark",
  highlightLanguages: ["sql", "typescript", "javascript", "json", "shell", "html", "dockerfile", "diff"],
  navigation: { includeGroups: true, includeCategories: false, excludeReferences: true },
  groupOrder: ["Guides", "Modules", "Decisions", "*"],
  headings: { readme: false, document: false },
  sortEntryPoints: false,
  sort: ["alphabetical-ignoring-documents"],
  markdownItLoader: (parser) => {
    const { fence } = parser.renderer.rules
    parser.renderer.rules.fence = (tokens, index, ...rest) =>
      tokens[index].info.trim() === "mermaid" ? draw(tokens[index].content) : fence(tokens, index, ...rest)
  },
  jsDocCompatibility: { defaultTag: false },
  logLevel: "Warn",
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  // Nothing public is without a comment; that members are not either, and have examples, is checked for linxio-js by undocumented.mjs.
  packagesRequiringDocumentation: ["linxio-js", "linxio-effect", "linxio-testing"],
  requiredToBeDocumented: ["Class", "Function", "Interface", "TypeAlias", "Variable"],
  intentionallyNotDocumented: ["linxio-effect.RefreshSharing.__type.of", "linxio-testing.ServedLinxio.[asyncDispose]"],
  validation: { notExported: false, invalidLink: true, notDocumented: true, invalidPath: true }
}

/** A page is called what its file is called. */
class GuidesRouter extends KindRouter {
  getIdealBaseName(reflection) {
    return reflection.kindOf(ReflectionKind.Document)
      ? pageOf(reflection.frontmatter.file).replace(/\.html$/, "")
      : super.getIdealBaseName(reflection)
  }
}

const pageOf = (file) =>
  file.startsWith("docs/decisions/")
    ? `decisions/${basename(file, ".md")}.html`
    : `guides/${basename(file, ".md")}.html`

/** TypeDoc names a document by its file; ours have a heading. */
const nameDocuments = (app) => {
  const files = new Map([...guides(), ...decisions()].map((file) => [file.slice("docs/".length, -".md".length), file]))
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const file = files.get(document.name)
    document.name = titleOf(file)
    document.frontmatter.file = file
    document.frontmatter.group = file.startsWith("docs/decisions/") ? "Decisions" : "Guides"
  })
}

/** Icons are looked for in the page, where a script of TypeDoc puts them: a page opened as a file may not load them from another. */
const iconsInside = (app) =>
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents?.replaceAll(/href="[./]*assets\/icons\.svg#/g, 'href="#')
  })

/** Builds the site. */
export const build = async () => {
  rmSync(site, { recursive: true, force: true })
  const app = await Application.bootstrap(options, [new TSConfigReader()])
  app.renderer.defineRouter("guides", GuidesRouter)
  nameDocuments(app)
  iconsInside(app)
  const project = app.converter.convert(entryPoints())
  app.validate(project)
  await app.generateDocs(project, site)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error("TypeDoc complained; see above")
  const { full, list } = llms(pageOf)
  writeFileSync(`${site}/llms.txt`, list)
  writeFileSync(`${site}/llms-full.txt`, full)
}
