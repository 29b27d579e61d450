/** The other end of `inFreshProcess`. */
process.once("disconnect", () => process.exit(1)) // whoever asked is gone

const [module, name, argument] = process.argv.slice(2)
const result = await (await import(module))[name](JSON.parse(argument))
process.send(result, () => process.exit(0))
