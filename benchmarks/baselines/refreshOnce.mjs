/** The session of the clients that leave the coalescing of refreshes to their user. */
export const makeSession = ({ token, refreshToken }, post) => {
  let current = { token, refreshToken }
  let refreshing
  return {
    token: () => current.token,
    refresh: () => {
      refreshing ??= post({ refreshToken: current.refreshToken })
        .then((next) => (current = next))
        .finally(() => (refreshing = undefined))
      return refreshing
    }
  }
}
