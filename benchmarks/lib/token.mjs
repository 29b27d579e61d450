/** An unsigned JWT: the clients under test read its claims and do not verify it. */
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url")

export const tokenFor = ({ livesForMs, lifetimeMs = 3_600_000, subject = "bench" }) => {
  const expires = Math.floor((Date.now() + livesForMs) / 1000)
  const claims = { sub: subject, exp: expires, iat: expires - Math.round(lifetimeMs / 1000) }
  return `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}.c2lnbmF0dXJl`
}
