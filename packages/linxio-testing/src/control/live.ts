/** The script of the live view. The page contains its source text, so it must not use anything that is defined outside of it. */
import type { LiveState } from "./liveState.ts"

/** Shows the state of the server, twice a second and after every click. */
export const live = (): void => {
  const place = (id: string): HTMLElement => {
    const found = document.getElementById(id)
    if (found === null) throw new Error(`the page has no #${id}`)
    return found
  }
  const cell = (row: HTMLElement, text: string): HTMLElement => {
    const data = document.createElement("td")
    data.textContent = text
    row.append(data)
    return data
  }
  const button = (label: string, fault: object): HTMLElement => {
    const made = document.createElement("button")
    made.textContent = label
    made.addEventListener("click", () => void inject(fault))
    return made
  }
  const describe = (session: LiveState["accounts"][number]["sessions"][number]): string => {
    const until = new Date(session.accessTokenExpiresAt).toISOString().slice(0, 19).replace("T", " ")
    const access = session.accessTokenExpiresAt === 0 ? "access token expired" : `access token valid until ${until} UTC`
    const now = session.revoked ? "ended" : access
    return `session ${session.id}, token ${session.generation}: ${now}; refresh tokens: ${session.refreshTokens.join(", ")}`
  }
  const show = (state: LiveState): void => {
    place("counts").textContent =
      `logins: ${state.logins}, refreshes: ${state.refreshes}, calls refused with 401: ${state.wasted401s}`
    place("timeline").textContent = state.timeline === "" ? "No request so far." : state.timeline
    place("accounts").replaceChildren(
      ...state.accounts.map((account) => {
        const row = document.createElement("tr")
        cell(row, account.email)
        cell(row, account.flags.join(", "))
        const sessions = cell(row, account.sessions.length === 0 ? "not signed in" : "")
        for (const session of account.sessions) {
          const line = document.createElement("div")
          line.textContent = describe(session)
          sessions.append(line)
        }
        const acts = cell(row, "")
        acts.append(button("Expire", { fault: "expire-access-tokens", account: account.email }))
        acts.append(button("Revoke", { fault: "revoke-sessions", account: account.email }))
        return row
      })
    )
  }
  let shown = ""
  const look = async (): Promise<void> => {
    try {
      const response = await fetch("/control/state")
      const text = await response.text()
      if (!response.ok) return void (place("connection").textContent = text)
      // A new table would replace a button while somebody clicks it.
      if (text !== shown) show(JSON.parse(text) as LiveState)
      shown = text
      place("connection").textContent = ""
    } catch {
      place("connection").textContent = "The server does not answer."
    }
  }
  const inject = async (fault: object): Promise<void> => {
    await fetch("/control/faults", { method: "POST", body: JSON.stringify(fault) }).catch(() => {})
    await look()
  }
  const clear = async (): Promise<void> => {
    await fetch("/control/faults", { method: "DELETE" }).catch(() => {})
    await look()
  }
  place("expire").addEventListener("click", () => void inject({ fault: "expire-access-tokens" }))
  place("revoke").addEventListener("click", () => void inject({ fault: "revoke-sessions" }))
  place("lose").addEventListener("click", () => void inject({ fault: "lose-response" }))
  place("clear").addEventListener("click", () => void clear())
  void look()
  setInterval(() => void look(), 500)
}
