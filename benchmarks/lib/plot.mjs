/** The same rows as a picture: a panel for each case, a line for each client, the quartiles as a whisker, the bar as a dashed line. */
import { barsOf } from "./bars.mjs"
import { say } from "./table.mjs"

const width = 460
const left = 150
const right = 70
const line = 20
const head = 44

const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;")
const text = (x, y, content, more = "") => `<text x="${x}" y="${y}" ${more}>${escape(content)}</text>`

/** Far longer bars than the rest are cut off; their value is written beside them in any case. */
const scaleOf = (rows, limit) => {
  const ours = rows.filter((row) => row.contender.startsWith("linxio")).map((row) => row.value)
  const most = Math.max(...rows.map((row) => row.value))
  return Math.min(most, 2.5 * Math.max(...ours, limit ?? 0, 1)) * 1.05
}

const panel = ({ measure, name, rows, title }, x, y) => {
  const limits = rows.flatMap((row) => barsOf(measure, row)).filter((bar) => bar.field === undefined)
  const limit = limits[0]?.max ?? limits[0]?.min
  const scale = scaleOf(rows, limit)
  const at = (value) => (left + (Math.min(value, scale) / scale) * (width - left - right)).toFixed(1)
  const bottom = head + rows.length * line
  const shapes = []
  const words = [text(0, 12, title, 'class="title"'), text(0, 30, name, 'class="case"')]
  rows.forEach((row, i) => {
    const top = head + i * line
    const kind = row.contender.startsWith("linxio") ? "own" : "other"
    const long = (at(row.value) - left).toFixed(1)
    shapes.push(`<rect x="${left}" y="${top + 2}" width="${long}" height="13" class="${kind}"/>`)
    if (row.q1 !== row.q3 && row.value <= scale) {
      shapes.push(`<path d="M${at(row.q1)} ${top + 8.5}H${at(row.q3)}" class="spread"/>`)
    }
    words.push(text(left - 8, top + 12, row.contender, 'text-anchor="end"'))
    const cut = row.value > scale ? "→ " : ""
    words.push(text(Number(at(Math.max(row.value, row.q3 ?? 0))) + 6, top + 12, cut + say(row.value, row.unit)))
  })
  if (limit !== undefined) shapes.push(`<path d="M${at(limit)} ${head - 4}V${bottom + 2}" class="bar"/>`)
  return { svg: `<g transform="translate(${x} ${y})">${shapes.join("")}${words.join("")}</g>`, height: bottom + 26 }
}

const style = `text{font:12px system-ui,sans-serif;fill:#24292f;paint-order:stroke;stroke:#fff;stroke-width:3px}.title{font-size:10.5px;fill:#6e7781}.case{font-weight:600}
.own{fill:#0b7285}.other{fill:#b8c2cc}.spread{stroke:#24292f;stroke-width:1.5}.bar{stroke:#c92a2a;stroke-width:1.5;stroke-dasharray:4 3}`

/** Two columns of panels; the shorter one takes the next. */
export const plot = ({ machine, measures }) => {
  const panels = measures.flatMap(({ measure, rows, title }) =>
    [...new Set(rows.map((row) => row.case))].map((name) => ({
      measure,
      name,
      title,
      rows: rows.filter((row) => row.case === name)
    }))
  )
  const columns = [70, 70]
  const drawn = panels.map((one) => {
    const column = columns[0] <= columns[1] ? 0 : 1
    const { height, svg } = panel(one, 24 + column * (width + 40), columns[column])
    columns[column] += height
    return svg
  })
  const [wide, high] = [2 * width + 88, Math.max(...columns)]
  const about = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}. Dashed: the bar. Whisker: the middle half of the rounds.`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}">
<style>${style}</style><rect width="100%" height="100%" fill="#fff"/>
${text(24, 30, "linxio-js beside what else one would use", 'style="font-size:17px;font-weight:600"')}
${text(24, 50, about, 'class="title"')}
${drawn.join("\n")}
</svg>
`
}
