// Where the suite begins in a browser: the page is of another origin than the Linxio, and what drives the browser controls that Linxio.
import * as sdk from "/linxio-js.js"
import { behaviours, runBehaviour } from "./run.mjs"

const unheard = []
addEventListener("unhandledrejection", (event) => unheard.push(String(event.reason)))
addEventListener("error", (event) => unheard.push(event.message))

const control = (method, path, body) => globalThis.controlLinxio(method, path, body)

globalThis.suite = {
  run: (baseUrl, index) => runBehaviour(behaviours[index], { baseUrl, control, sdk }),
  unheard: () => unheard,
  /** The same calls as `plainly`, by the SDK: a sign-in, a GET and a POST. */
  bySdk: async (baseUrl, credentials) => {
    const linxio = sdk.createClient({ baseUrl })
    const { data, error } = await linxio.auth.login(credentials)
    if (error) throw error
    await linxio.request("GET", "/vehicles/count")
    await linxio.request("GET", "/vehicles/count", { headers: { "x-purpose": "a test" } })
    await linxio.request("POST", "/logout", { body: {} })
    await linxio.close()
    return data.otpRequired
  },
  /** As one writes them by hand, with the headers that these calls need. */
  plainly: async (baseUrl, credentials) => {
    const accept = "application/json"
    const json = { accept, "content-type": "application/json" }
    const send = (method, path, headers, body) =>
      fetch(baseUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const { otpRequired, token } = await (await send("POST", "/login", json, credentials)).json()
    const authorization = `Bearer ${token}`
    await send("GET", "/vehicles/count", { accept, authorization })
    await send("GET", "/vehicles/count", { accept, authorization, "x-purpose": "a test" })
    await send("POST", "/logout", { ...json, authorization }, {})
    return Boolean(otpRequired)
  }
}
