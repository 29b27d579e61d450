/** The floor: the runtime's own `fetch`, and nothing for the day when the token expires. */
export const make = ({ baseUrl, fetch = globalThis.fetch, token }) => {
  const headers = { accept: "application/json", authorization: `Bearer ${token}` }
  return {
    get: async (path) => {
      const response = await fetch(baseUrl + path, { headers })
      return response.json()
    }
  }
}
