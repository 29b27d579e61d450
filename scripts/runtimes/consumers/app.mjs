// An application that is bundled: what it saw of the SDK is left where the one who runs it finds it.
import { createClient, LinxioAuthenticationError } from "linxio-js"

export async function visit(baseUrl) {
  const linxio = createClient({ baseUrl })
  const { error } = await linxio.auth.login({ email: "fleet@example.test", password: "wrong" })
  const before = [error instanceof LinxioAuthenticationError, error.name, error.reason]
  await linxio.auth.login({ email: "fleet@example.test", password: "correct horse battery staple" })
  const answer = await linxio.request("GET", "/vehicles/count")
  await linxio.close()
  return { before, answer }
}

globalThis.visited = globalThis.linxioUrl && visit(globalThis.linxioUrl)

export default { fetch: async (request) => Response.json(await visit(new URL(request.url).searchParams.get("linxio"))) }
