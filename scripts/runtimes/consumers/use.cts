// The same package, from an application of CommonJS modules.
import linxio = require("linxio-js")

const client: linxio.LinxioClient = linxio.createClient({ timeoutMs: 5_000 })

export const email = async (signal: AbortSignal): Promise<string> => {
  const { data, error }: linxio.Result<linxio.User> = await client.auth.me({ signal })
  if (error instanceof linxio.LinxioAuthenticationError) return error.reason
  if (error) throw error
  return data.email ?? "unknown"
}
