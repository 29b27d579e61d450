// Mermaid fences as drawings: made when the site is built, so that a reader loads no script and no font for them.
import { renderMermaidSVG } from "beautiful-mermaid"

const name = String.raw`\w+`
const allowed = [
  `(participant|actor) ${name}( as .+)?`,
  `${name} ?(->>|-->>|-\\)|--\\)|-x|--x) ?[+-]?${name}: ?.+`,
  `Note (left of|right of|over) ${name}(, ?${name})?: ?.+`,
  "(loop|alt|opt|par|else|and)( .+)?",
  "end"
].map((line) => new RegExp(`^${line}$`))

/** What is wrong with a diagram; the renderer skips over lines that it does not know, GitHub refuses the whole drawing. */
export const problemsOf = (text) => {
  const [first, ...lines] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("%%"))
  if (first !== "sequenceDiagram") return [`begins with "${first}"; only sequenceDiagram is drawn`]
  const unknown = lines.filter((line) => !allowed.some((form) => form.test(line)))
  const opened = lines.filter((line) => /^(loop|alt|opt|par)\b/.test(line)).length
  const closed = lines.filter((line) => line === "end").length
  return [
    ...unknown.map((line) => `has a line that is no sequence diagram: ${line}`),
    ...lines.filter((line) => /[;#<>]/.test(line.replace(/--?>>/, ""))).map((line) => `has ; # < or > in: ${line}`),
    ...(opened === closed ? [] : [`opens ${opened} blocks and closes ${closed}`])
  ]
}

/** The drawing, in the colours of the page and with its font. */
export const draw = (text) => {
  const problems = problemsOf(text)
  if (problems.length > 0) throw new Error(`a diagram ${problems.join("; ")}`)
  const svg = renderMermaidSVG(text, {
    bg: "var(--color-background)",
    fg: "var(--color-text)",
    muted: "var(--color-text)",
    accent: "var(--color-link)",
    transparent: true
  })
  // The renderer asks a font service for its font.
  return `<figure class="diagram">${svg.replace(/@import url\([^)]*\);/g, "").replaceAll("'Inter', ", "")}</figure>\n`
}
