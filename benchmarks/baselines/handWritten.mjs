/** What a careful developer writes in an afternoon: a timeout, the caller's abort, one shared refresh, one replay. No retry. */
class ApiError extends Error {
  constructor(status, body) {
    super(`The server answered ${status}`)
    this.status = status
    this.body = body
  }
}

const parse = (text) => (text === "" ? null : JSON.parse(text))

export const make = ({ baseUrl, fetch = globalThis.fetch, token, refreshToken, timeoutMs = 30_000 }) => {
  let session = { token, refreshToken }
  let refreshing

  const send = async (method, path, { body, signal, bearer } = {}) => {
    const controller = new AbortController()
    const abort = () => controller.abort(signal?.reason)
    if (signal?.aborted) abort()
    signal?.addEventListener("abort", abort, { once: true })
    const timer = setTimeout(() => controller.abort(new DOMException("Timed out", "TimeoutError")), timeoutMs)
    try {
      const headers = { accept: "application/json" }
      if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`
      if (body !== undefined) headers["content-type"] = "application/json"
      const response = await fetch(baseUrl + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: controller.signal
      })
      const text = await response.text()
      if (!response.ok) throw new ApiError(response.status, text)
      return parse(text)
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener("abort", abort)
    }
  }

  /** Only for whoever was refused with the token that is still the current one: the others are late, and it is renewed already. */
  const renew = (refused) => {
    if (refused !== session.token) return
    refreshing ??= send("POST", "/token/refresh", { body: { refreshToken: session.refreshToken } })
      .then((next) => (session = next))
      .finally(() => (refreshing = undefined))
    return refreshing
  }

  const request = async (method, path, options = {}) => {
    const bearer = session.token
    try {
      return await send(method, path, { ...options, bearer })
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      await renew(bearer)
      return send(method, path, { ...options, bearer: session.token })
    }
  }

  return { get: (path, options) => request("GET", path, options) }
}
