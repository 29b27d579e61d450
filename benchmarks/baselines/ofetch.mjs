/** ofetch, with the usual recipe: refresh when a response is a 401, and let its own retry send the request again. */
import { createFetch } from "ofetch"
import { makeSession } from "./refreshOnce.mjs"

export const make = ({ baseUrl, fetch = globalThis.fetch, token, refreshToken }) => {
  const plain = createFetch({ fetch, Headers, AbortController }).create({ baseURL: baseUrl, timeout: 30_000 })
  const session = makeSession({ token, refreshToken }, (body) => plain("/token/refresh", { method: "POST", body }))

  const http = plain.create({
    retry: 1,
    retryStatusCodes: [401, 408, 425, 429, 500, 502, 503, 504],
    onRequest: ({ options }) => {
      options.headers.set("Authorization", `Bearer ${session.token()}`)
    },
    onResponseError: async ({ response }) => {
      if (response.status === 401) await session.refresh()
    }
  })

  return { get: (path) => http(path) }
}
