/** The accounts file of `linxio-testing serve --accounts`: a JSON object with a list of accounts. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { FakeLinxioOptionError } from "./FakeLinxioError.ts"
import { explain, strict } from "./config/explain.ts"
import { Account } from "./Options.ts"

/** The schema of an accounts file. The package contains it as `accounts.schema.json`, for the member `$schema` of the file. */
export const AccountsFile = Schema.Struct({
  $schema: Schema.optionalKey(Schema.String),
  accounts: Schema.Array(Account).check(Schema.isMinLength(1))
})

/** The content of an accounts file. */
export interface AccountsFile extends Schema.Schema.Type<typeof AccountsFile> {}

const refused = (issue: string) => Result.fail(new FakeLinxioOptionError({ option: "accounts", issue }))

/**
 * Reads the text of an accounts file. Fails with a `FakeLinxioOptionError` that says where the text is wrong.
 *
 * @example
 * ```ts
 * import { decodeAccountsFile } from "linxio-testing"
 *
 * const file = decodeAccountsFile(`{"accounts":[{"email":"driver@example.test","password":"secret"}]}`)
 * ```
 */
export const decodeAccountsFile = (text: string): Result.Result<AccountsFile, FakeLinxioOptionError> => {
  const json = Result.try((): unknown => JSON.parse(text.replace(/^\uFEFF/, "")))
  if (Result.isFailure(json)) return refused("the file is not JSON")
  const decoded = Schema.decodeUnknownResult(AccountsFile, strict)(json.success)
  if (Result.isFailure(decoded)) return refused(`the file does not match its schema: ${explain(decoded.failure)}`)
  return Result.succeed(decoded.success)
}

/** The JSON Schema of an accounts file, draft 2020-12. */
export const accountsFileJsonSchema = (): Readonly<Record<string, unknown>> => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(AccountsFile, strict)
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Accounts of an embedded Linxio",
    ...schema,
    ...(Object.keys(definitions).length > 0 ? { $defs: definitions } : {})
  }
}
