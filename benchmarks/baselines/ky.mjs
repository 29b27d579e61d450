/** ky, with the two hooks that its documentation shows for tokens. */
import ky from "ky"
import { makeSession } from "./refreshOnce.mjs"

export const make = ({ baseUrl, fetch, token, refreshToken }) => {
  const plain = ky.create({ prefix: baseUrl, timeout: 30_000, ...(fetch && { fetch }) })
  const session = makeSession({ token, refreshToken }, (json) => plain.post("token/refresh", { json }).json())

  const http = plain.extend({
    hooks: {
      beforeRequest: [({ request }) => request.headers.set("Authorization", `Bearer ${session.token()}`)],
      afterResponse: [
        async ({ request, response, retryCount }) => {
          if (response.status !== 401 || retryCount > 0) return
          await session.refresh()
          const headers = new Headers(request.headers)
          headers.set("Authorization", `Bearer ${session.token()}`)
          return ky.retry({ request: new Request(request, { headers }), delay: 0 })
        }
      ]
    }
  })

  return { get: (path) => http.get(path.slice(1)).json() }
}
