// What a behaviour is given. It runs in every runtime, so it imports nothing and needs nothing that only one of them has.

export const accounts = {
  fleet: { email: "fleet@example.test", password: "correct horse battery staple" },
  dealer: { email: "dealer@example.test", password: "another long secret" },
  desk: { email: "desk@example.test", password: "a third long secret", otp: "123456" }
}

/** Who signs in, without what only the server knows. */
export const credentials = ({ email, password }) => ({ email, password })

export function check(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
}

export function same(actual, expected, what) {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  check(seen === wanted, `${what}: ${seen}, and not ${wanted}`)
}

/** Whatever a promise rejects with. */
export const rejectionOf = (promise) =>
  promise.then(
    (value) => {
      throw new Error(`it resolved to ${JSON.stringify(value)} and should have been rejected`)
    },
    (error) => error
  )

/** The end of a story is where it went wrong. */
export const lastLines = (text) => text.trimEnd().split("\n").slice(-20).join("\n")

/** How long something took, in milliseconds. */
export const timed = async (work) => {
  const started = Date.now()
  return [await work, Date.now() - started]
}

/** The clients of one behaviour, and the embedded Linxio that they talk to. */
export const makeWorld = ({ baseUrl, control, sdk }) => {
  const clients = []
  const client = (options = {}) => {
    const made = sdk.createClient({ baseUrl, ...options })
    clients.push(made)
    return made
  }
  const signedIn = async (options, who = accounts.fleet) => {
    const made = client(options)
    const { error } = await made.auth.login(credentials(who))
    if (error) throw error
    await control("DELETE", "/control/requests")
    return made
  }
  const requestLog = () => control("GET", "/control/requests")
  return {
    baseUrl,
    sdk,
    client,
    signedIn,
    requestLog,
    inject: (fault) => control("POST", "/control/faults", fault),
    /** The answers so far, in the order of arrival. */
    statuses: async () => (await requestLog()).requests.map(({ status }) => status),
    /** Asks until it is so; the limit of the behaviour ends a wait for what never comes. */
    until: async (condition) => {
      let seen = await requestLog()
      while (!condition(seen)) seen = await requestLog()
    },
    begin: async () => {
      await control("DELETE", "/control/faults")
      await control("DELETE", "/control/requests")
    },
    end: () => Promise.all(clients.map((one) => one.close())),
    timeline: () => control("GET", "/control/timeline")
  }
}
