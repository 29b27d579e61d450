/** axios with axios-auth-refresh, as the README of the latter shows it: the token is put in by a request interceptor. */
import axios from "axios"
import { createAuthRefresh } from "axios-auth-refresh"

export const make = ({ baseUrl, fetch, token, refreshToken }) => {
  let session = { token, refreshToken }
  const transport = fetch ? { adapter: "fetch", env: { fetch } } : {}
  const http = axios.create({ baseURL: baseUrl, timeout: 30_000, ...transport })

  http.interceptors.request.use((request) => {
    request.headers["Authorization"] = `Bearer ${session.token}`
    return request
  })
  const refresh = async () => {
    const { data } = await axios.post(
      `${baseUrl}/token/refresh`,
      { refreshToken: session.refreshToken },
      { timeout: 30_000, ...transport }
    )
    session = data
  }
  // With its default, `true`, every call that is refused while another one refreshes fails; with `false` most share the refresh.
  createAuthRefresh(http, refresh, { deduplicateRefresh: false })

  return { get: async (path) => (await http.get(path)).data }
}
