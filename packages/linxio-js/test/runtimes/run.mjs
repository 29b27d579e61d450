// Runs behaviours one after another and says of each what was wrong with it, if anything.
import { abort } from "./abort.mjs"
import { errors } from "./errors.mjs"
import { requests } from "./requests.mjs"
import { session } from "./session.mjs"
import { lastLines, makeWorld } from "./world.mjs"

/** A sentence, and what proves it. */
export const behaviours = [...session, ...requests, ...errors, ...abort]

/** No behaviour takes a quarter of this. */
const limitMs = 15_000

const within = (work) => {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${limitMs} ms`)), limitMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** `control` speaks to the control endpoint of the embedded Linxio: method, path and a body that becomes JSON. */
export async function runBehaviour([name, prove], { baseUrl, control, sdk }) {
  const world = makeWorld({ baseUrl, control, sdk })
  try {
    await world.begin()
    await within(prove(world))
    await within(world.end())
    return { name }
  } catch (error) {
    const timeline = await Promise.resolve(world.timeline()).catch(String)
    return { name, problem: `${error?.stack ?? error}\n${lastLines(timeline)}` }
  }
}

export async function runAll(surroundings, list = behaviours) {
  const results = []
  for (const behaviour of list) results.push(await runBehaviour(behaviour, surroundings))
  return results
}

/** The control endpoint, for a runtime that may speak to it directly. */
export const controlOf = (baseUrl) => async (method, path, body) => {
  const response = await fetch(new URL(path, baseUrl), {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) })
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text
}
