/**
 * A server that speaks as much of the wire as the measures need. It runs in a process of its own, so that its work is not counted as the
 * client's, and it counts what arrives, since a client cannot be asked how often it went to the wire.
 */
import { createServer } from "node:http"

const state = { tokens: new Set(), refreshTokens: new Set(), refreshMs: 0, stragglingMs: 0, issued: 0 }
let counts

const answer = (response, status, body) => {
  const text = JSON.stringify(body)
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
  response.end(text)
}

const refresh = (response, text) => {
  counts.refreshes++
  const { refreshToken } = JSON.parse(text)
  if (!state.refreshTokens.delete(refreshToken)) {
    return answer(response, 400, { errors: [{ code: 400, title: "Exception", detail: "Invalid JWT Token" }] })
  }
  const serial = ++state.issued
  const next = { token: `issued-${serial}`, refreshToken: `refresh-${serial}` }
  state.tokens.add(next.token)
  state.refreshTokens.add(next.refreshToken)
  const expireAt = new Date(Date.now() + 3_600_000).toISOString()
  setTimeout(() => answer(response, 200, { ...next, expireAt }), state.refreshMs)
}

const read = (request, response) => {
  const bearer = request.headers.authorization?.replace(/^Bearer /, "")
  if (state.tokens.has(bearer)) return answer(response, 200, { count: 3 })
  // The refusals come in no order, as from a server that is busy: 7919 is a prime, so each thousandth is used once.
  const late = (((counts.refusals * 7919) % 1000) / 1000) * state.stragglingMs
  counts.refusals++
  const refuse = () => answer(response, 401, { code: 401, message: "Expired JWT Token" })
  if (late > 0) setTimeout(refuse, late)
  else refuse()
}

const server = createServer((request, response) => {
  counts.requests++
  if (request.method === "GET") return read(request, response)
  let text = ""
  request.setEncoding("utf8").on("data", (chunk) => (text += chunk))
  request.on("end", () => refresh(response, text))
})
// Connections stay open from round to round, so that no contender pays for those of the one before.
server.keepAliveTimeout = 60_000

const reset = ({ tokens, refreshTokens, refreshMs, stragglingMs }) => {
  counts = { requests: 0, refusals: 0, refreshes: 0 }
  Object.assign(state, { refreshMs, stragglingMs, tokens: new Set(tokens), refreshTokens: new Set(refreshTokens) })
}

process.on("message", ({ counted, settings }) => {
  if (settings) reset(settings)
  process.send(counted ? counts : { ready: true })
})
process.on("disconnect", () => process.exit(0))
// A thousand connections arrive at once; the default queue holds 511.
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => process.send({ port: server.address().port }))
