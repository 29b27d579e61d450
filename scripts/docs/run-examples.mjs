// Runs the compiled examples that are named on the command line, one after the other in this process, and writes
// what each of them printed as a line of JSON.
import { pathToFileURL } from "node:url"
import { format } from "node:util"

const write = (text) => process.stdout.write(text)

for (const file of process.argv.slice(2)) {
  let printed = ""
  let complaints = ""
  console.log = (...values) => void (printed += `${format(...values)}\n`)
  const complain = (error) => void (complaints += `${format(error)}\n`)
  process.removeAllListeners("unhandledRejection")
  process.on("unhandledRejection", complain)
  const late = new Promise((_, reject) => setTimeout(reject, 20_000, new Error("not done after 20 s")).unref())
  await Promise.race([import(pathToFileURL(file).href), late]).catch(complain)
  // What was left unhandled is told a turn later.
  await new Promise((done) => setImmediate(done))
  write(`${JSON.stringify({ printed, complaints })}\n`)
}
process.exit(0)
