// Reads the built site as a visitor would: every internal link leads somewhere, and in a real browser, opened as a
// file, no page asks another host for anything or complains, and the search finds a guide.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { launch, missing } from "../browser.mjs"
import { site } from "./build.mjs"

const pages = () => readdirSync(site, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"))

/** Links of a page that lead nowhere: no such file, or no such place in it. */
const brokenLinks = (files) => {
  const places = new Map()
  const placesOf = (file) => {
    if (!places.has(file)) {
      places.set(
        file,
        new Set([...readFileSync(file, "utf8").matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => id))
      )
    }
    return places.get(file)
  }
  let links = 0
  const broken = []
  for (const file of files) {
    const page = resolve(site, file)
    for (const [, raw] of readFileSync(page, "utf8").matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      // Icons are put into the page by a script of TypeDoc.
      if (/^(https?:|mailto:|data:|#icon-)/.test(raw)) continue
      links++
      const [path, place] = raw.replaceAll("&amp;", "&").split("#")
      const target = path === "" ? page : resolve(dirname(page), decodeURI(path.split("?")[0]))
      if (!existsSync(target) || statSync(target).isDirectory()) broken.push(`${file}: ${raw} is not there`)
      else if (place && target.endsWith(".html") && !placesOf(target).has(decodeURIComponent(place)))
        broken.push(`${file}: ${raw} leads to no place on that page`)
    }
  }
  return { links, broken }
}

/** What goes wrong when a browser opens these pages. */
const complaintsOfBrowser = async (files) => {
  const browser = await launch()
  const complaints = []
  try {
    const page = await browser.newPage()
    let open = ""
    const complain = (text) => complaints.push(`${open}: ${text}`)
    page.on("pageerror", (error) => complain(error.message))
    page.on("console", (message) => void (message.type() === "error" && complain(message.text())))
    page.on("requestfailed", (request) => complain(`could not load ${request.url()}`))
    page.on("request", (request) => {
      const { pathname, protocol } = new URL(request.url())
      const own = protocol === "file:" && fileURLToPath(`file://${pathname}`).startsWith(resolve(site))
      if (!own && protocol !== "data:" && protocol !== "blob:") complain(`asks for ${request.url()}`)
    })
    for (open of files) {
      await page.goto(pathToFileURL(join(site, open)).href, { waitUntil: "load" })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (wide > 0) complain(`is ${wide} px wider than the window`)
      const drawings = await page.locator("figure.diagram svg").count()
      if (drawings !== (await page.locator("figure.diagram").count())) complain("has a diagram without a drawing")
    }
    await page.setViewportSize({ width: 390, height: 844 })
    for (open of files.filter((file) => file.startsWith("guides/") || file === "index.html")) {
      await page.goto(pathToFileURL(join(site, open)).href, { waitUntil: "load" })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (wide > 0) complain(`is ${wide} px wider than a phone`)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    open = "index.html"
    await page.goto(pathToFileURL(join(site, open)).href)
    await page.locator("#tsd-search-trigger").click()
    await page.locator("#tsd-search-input").fill("Retry-After")
    await page.locator("#tsd-search-results a", { hasText: "Retries and time" }).waitFor({ timeout: 10_000 })
  } catch (error) {
    complaints.push(String(error))
  } finally {
    await browser.close()
  }
  return complaints
}

/** Prints what is wrong with the site; false where something is. */
export const checkSite = async () => {
  const files = pages()
  const { broken, links } = brokenLinks(files)
  const opened = files.filter((file) => /^(index|modules|guides\/.*|modules\/.*)\.html$/.test(file))
  const complaints = missing ? [] : await complaintsOfBrowser(opened)
  for (const problem of [...broken, ...complaints]) console.log(problem)
  const seen = missing ? `none opened: ${missing}` : `${opened.length} of them opened in a browser`
  console.log(`${files.length} pages, ${links} links, ${seen}`)
  return broken.length === 0 && complaints.length === 0
}
