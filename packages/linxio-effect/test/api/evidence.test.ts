/** Each operation says in its comment where it is known from, in the words of its evidence. */
import { assert, describe, it } from "@effect/vitest"
import { auth } from "linxio-effect/api/auth"
import { domains } from "linxio-effect/api/domains"
import { readFileSync } from "node:fs"

const words: Readonly<Record<string, string>> = { O: "Documented.", D: "Derived from the dashboard.", U: "Unverified." }

describe("the comment of an operation", () => {
  for (const [domain, operations] of Object.entries({ auth, ...domains })) {
    it(`names the evidence: ${domain}`, () => {
      const code = readFileSync(new URL(`../../src/api/${domain}.ts`, import.meta.url), "utf8")
      for (const [name, { evidence }] of Object.entries(operations)) {
        const comment = new RegExp(`([^\n]*)\\*/\\s*(?:export const )?${name}(?::| =)\\s*operation\\(`).exec(code)?.[1]
        assert.include(comment?.trimEnd() ?? "", words[evidence.slice(0, 1)] ?? "", `${domain}.${name}`)
      }
    })
  }
})
