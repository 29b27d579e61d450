// An application that is only compiled: as a user writes it, with the mistakes that its compiler has to find.
import { createClient, LinxioApiError, LinxioAuthenticationError, LinxioError } from "linxio-js"
import type { ClientOptions, LinxioClient, LoginData, Result, SessionStore, StoredRecord, User } from "linxio-js"

let row: StoredRecord | undefined
const store: SessionStore = {
  load: () => row,
  swap: (next, expected) => (row?.version ?? 0) === expected && ((row = next), true)
}
const quiet = () => undefined
const options: ClientOptions = {
  baseUrl: new URL("https://api.example.test/api"),
  timeoutMs: 5_000,
  retry: { retries: 2 },
  fetch: (input, init) => fetch(input, init),
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  store
}

export const tokenOf = ({ data, error }: Result<LoginData>): string | undefined => {
  if (error instanceof LinxioAuthenticationError)
    return error.reason === "InvalidCredentials" ? undefined : error.message
  if (error) throw error
  return data.token
}

export async function report(signal: AbortSignal): Promise<number> {
  await using linxio: LinxioClient = createClient(options)
  const login = await linxio.auth.login({ email: "a@example.test", password: "secret" }, { signal })
  tokenOf(login)
  const me: Result<User> = await linxio.auth.me({ fields: ["email"], deadlineMs: 1_000 })
  const stop = linxio.onSessionChange(({ type }) => type === "refreshed")
  stop()
  linxio.setSession(linxio.session())
  const bytes = await linxio.request<ArrayBuffer>("GET", "/reports", {
    query: { ids: [1, 2], from: new Date(), open: true },
    responseType: "arrayBuffer"
  })
  const { count } = await linxio.request<{ count: number }>("POST", "/vehicles", {
    body: { regNo: "LNX-1" },
    idempotent: true
  })
  return count + bytes.byteLength + (me.data?.email?.length ?? 0)
}

export const statusOf = (error: unknown): number => {
  if (error instanceof LinxioApiError) return error.status
  if (error instanceof LinxioError && error.retryable) return 503
  return 500
}

export async function mistakes(linxio: LinxioClient): Promise<void> {
  // @ts-expect-error a password is missing
  await linxio.auth.login({ email: "a@example.test" })
  // @ts-expect-error there is no such option
  createClient({ timeout: 5_000 })
  const { data } = await linxio.auth.me()
  // @ts-expect-error nobody looked whether there was an error
  console.log(data.email)
}
