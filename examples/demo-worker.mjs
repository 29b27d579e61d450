// One of several processes that share a session in a folder: makes one call, and says when it sends the refresh token.
import { createClient } from "linxio-js"
import { fileStore } from "linxio-js/stores/file"

const [, , baseUrl, directory] = process.argv
const linxio = createClient({
  baseUrl,
  store: fileStore({ directory }),
  refresh: { deadlineMs: 1_000 },
  fetch: (input, init) => {
    if (String(input?.url ?? input).endsWith("/token/refresh")) process.send("refreshing")
    return fetch(input, init)
  }
})
await linxio.request("GET", "/vehicles/count")
await linxio.close()
process.disconnect()
