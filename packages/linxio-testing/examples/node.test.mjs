/** `node --test`: a port, and nothing to install but the packages under test. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { createClient } from "linxio-js"
import { defaultAccount, FakeLinxio } from "linxio-testing"

await test("a lost answer to a refresh costs the session nothing", async (context) => {
  const fake = await FakeLinxio.serve()
  context.after(() => fake.close())
  const linxio = createClient({ baseUrl: fake.baseUrl })
  context.after(() => linxio.close())
  await linxio.auth.login(defaultAccount)

  fake.inject({ fault: "expire-access-tokens" })
  fake.inject({ fault: "lose-response", endpoint: "refresh" })
  assert.deepEqual(await linxio.request("GET", "/vehicles/count"), { count: 3 }, fake.timeline())
  assert.equal(fake.refreshes, 2)
})
