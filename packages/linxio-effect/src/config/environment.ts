/** The options that the environment can give. */
import * as Config from "effect/Config"
import * as Option from "effect/Option"

const optional = <A>(config: Config.Config<A>): Config.Config<A | undefined> =>
  Config.map(Config.option(config), Option.getOrUndefined)

/** The variables of the environment that give options. A function: nothing runs at import. */
export const variables = () => ({
  baseUrl: optional(Config.String("LINXIO_BASE_URL")),
  allowInsecure: optional(Config.Boolean("LINXIO_ALLOW_INSECURE")),
  token: optional(Config.Redacted("LINXIO_TOKEN")),
  refreshToken: optional(Config.Redacted("LINXIO_REFRESH_TOKEN")),
  expireAt: optional(Config.String("LINXIO_EXPIRE_AT")),
  timeoutMs: optional(Config.Number("LINXIO_TIMEOUT_MS")),
  deadlineMs: optional(Config.Number("LINXIO_DEADLINE_MS"))
})
