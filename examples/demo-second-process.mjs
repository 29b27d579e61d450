// Another process: all it gets is the saved session.
import { readFileSync } from "node:fs"
import { createClient } from "linxio-js"

const [, , baseUrl, file] = process.argv
const { refreshToken, token } = JSON.parse(readFileSync(file, "utf8"))
const linxio = createClient({ baseUrl, token, refreshToken })
const { data, error } = await linxio.auth.me()
if (error) throw error
await linxio.request("GET", "/vehicles/count")
console.log(`    process ${process.pid}: resumed as ${data.email}`)
await linxio.close()
