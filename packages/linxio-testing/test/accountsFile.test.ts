/** The accounts file: what the decoder takes, and the JSON Schema that says the same to editors. */
import * as Result from "effect/Result"
import { accountsFileJsonSchema, decodeAccountsFile } from "linxio-testing/AccountsFile"
import { readFileSync, writeFileSync } from "node:fs"
import { expect, it } from "vitest"

const shipped = new URL("../accounts.schema.json", import.meta.url)

it("ships a JSON Schema that is what the decoder reads", () => {
  if (process.env["WRITE_SCHEMA"] === "1")
    writeFileSync(shipped, `${JSON.stringify(accountsFileJsonSchema(), null, 2)}\n`)
  const text: unknown = JSON.parse(readFileSync(shipped, "utf8"))
  expect(text, "stale: WRITE_SCHEMA=1 npx vitest run accountsFile && npm run format").toEqual(accountsFileJsonSchema())
})

it("reads every kind of account, and leaves $schema and the byte order mark to the editor", () => {
  const accounts = [
    { email: "a@example.test", password: "a" },
    { email: "b@example.test", password: "b", otp: "123456", teamType: "reseller", roleId: 4, id: "b", fullName: "B" },
    { email: "d@example.test", password: "d", team: { id: 2, name: "North" }, permissions: ["vehicle_list"] },
    { email: "c@example.test", password: "c", blocked: true, closed: true, phoneUnverified: true },
    { email: "e@example.test", password: "e", forbidden: ["fuel", "vehicles.list", "me"] }
  ]
  const text = `\uFEFF${JSON.stringify({ $schema: "./accounts.schema.json", accounts })}`
  expect(Result.getOrThrow(decodeAccountsFile(text)).accounts).toEqual(accounts)
})

it("never repeats what stands in a file that it refuses", () => {
  const secret = "hunter2"
  for (const account of [
    { email: secret, password: 1 },
    { email: "a", password: "b", teamType: secret },
    secret,
    [secret]
  ]) {
    const refused = decodeAccountsFile(JSON.stringify({ accounts: [account] }))
    expect(Result.isFailure(refused) && refused.failure.message).toMatch(/^Option "accounts": .* at accounts\[0\]/)
    expect(String(Result.isFailure(refused) && refused.failure.message)).not.toContain(secret)
  }
})
