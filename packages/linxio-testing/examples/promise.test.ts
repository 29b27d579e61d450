/** Plain vitest: a Linxio on a port, no Effect, and a timeline when the test fails. */
import { createClient } from "linxio-js"
import { defaultAccount, FakeLinxio } from "linxio-testing"
import { expect, onTestFailed, test } from "vitest"
import { countVehicles } from "./job.ts"

test("the job survives an expired token", async () => {
  await using fake = await FakeLinxio.serve()
  onTestFailed(() => console.log(fake.timeline()))
  const linxio = createClient({ baseUrl: fake.baseUrl })
  await linxio.auth.login(defaultAccount)
  const counts = await countVehicles(linxio, async () => fake.inject({ fault: "expire-access-tokens" }))
  expect(counts).toEqual([{ count: 3 }, { count: 3 }])
  expect(fake.refreshes).toBe(1)
})
