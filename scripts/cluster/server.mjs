// The Linxio of the cluster: tokens that end soon, and a session that is over when a refresh token comes twice.

/** Access tokens are cut to whole seconds: they work for one to two. */
export const lifetimes = {
  accessTokenLifetime: "2 seconds",
  rotation: true,
  revokeFamilyOnReuse: true,
  signing: "fake"
}

/** A lease lasts four seconds longer. One attempt: a second one would present a token whose new one may have been lost. */
export const refresh = { deadlineMs: 2_000, attemptTimeoutMs: 2_000 }

/** A refresh within this time after another one was for the same expiry: an access token works for a second at least. */
const sameExpiryMs = 500

export const countedBy = (fake) => {
  const at = fake.requests
    .filter(({ endpoint, status }) => endpoint === "refresh" && status === 200)
    .map((one) => one.at)
  const again = at.filter((time, index) => index > 0 && time - at[index - 1] < sameExpiryMs).length
  const story = fake.requests.filter(({ endpoint }) => endpoint === "refresh" || endpoint === "login").map(lineOf)
  return { story, refreshes: at.length, expiries: at.length - again, reuses: fake.reusedRefreshTokens.length }
}

const lineOf = ({ at, endpoint, refreshToken = "", status }) =>
  `${new Date(at).toISOString().slice(14)} ${endpoint} ${refreshToken} ${status}`
