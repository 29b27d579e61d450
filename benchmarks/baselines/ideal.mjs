/** What cannot be bettered at an expired token: bare `fetch`, one refresh, first where the expiry is known, and each refused call sent again. */
export const make = ({ baseUrl, token, refreshToken, expiryKnown }) => {
  let current = token
  let refreshing
  const renew = async () => {
    const body = JSON.stringify({ refreshToken })
    const headers = { "content-type": "application/json" }
    const response = await fetch(`${baseUrl}/token/refresh`, { method: "POST", headers, body })
    current = (await response.json()).token
  }
  const send = (path) => fetch(baseUrl + path, { headers: { authorization: `Bearer ${current}` } })

  return {
    get: async (path) => {
      if (expiryKnown) await (refreshing ??= renew())
      const first = await send(path)
      if (first.status !== 401) return first.json()
      await first.text()
      await (refreshing ??= renew())
      return (await send(path)).json()
    }
  }
}
