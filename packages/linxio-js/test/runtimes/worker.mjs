// Where the suite begins in workerd: each behaviour is a request, because work there belongs to the request in which it began.
import * as sdk from "linxio-js"
import { baseUrl } from "settings"
import { behaviours, controlOf, runBehaviour } from "./run.mjs"

/** A client of the global scope, where nothing may be sent and no time passes: requests share it. */
const shared = sdk.createClient({ baseUrl })

const unheard = []
addEventListener("unhandledrejection", (event) => {
  unheard.push(String(event.reason))
  event.preventDefault()
})

const count = (linxio) => linxio.request("GET", "/vehicles/count")

const routes = {
  behaviour: ({ index }) => runBehaviour(behaviours[index], { baseUrl, control: controlOf(baseUrl), sdk }),
  unheard: () => unheard,
  /** A client of this request, left open unless told otherwise: the runtime ends a request whatever still goes on in it. */
  own: async ({ close, ...options }) => {
    const linxio = sdk.createClient({ baseUrl, retry: { retries: 0 }, ...options })
    const answer = await count(linxio)
    if (close) await linxio.close()
    return answer
  },
  signInShared: async (credentials) => (await shared.auth.login(credentials)).error,
  shared: () => count(shared),
  whoIsShared: async () => (await shared.auth.me()).data.email,
  signOutShared: () => shared.setSession(null)
}

export default {
  async fetch(request) {
    try {
      return Response.json((await routes[new URL(request.url).pathname.slice(1)](await request.json())) ?? null)
    } catch (error) {
      return Response.json({ failed: String(error), reason: error?.reason }, { status: 500 })
    }
  }
}
