import { mkdirSync, writeFileSync } from "node:fs"

// Ends every run with one line that a person and a machine can both read: `12 passed, 0 failed, 1 skipped`.
// A file that cannot be loaded and an error outside any test count as failures; a run without a test is one too.
export default class ClosingReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const passed = new Set()
    const folders = new Set()
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) {
      folders.add(module.project.config.root)
      if (module.state() === "failed" && module.errors().length > 0) count.failed++
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) count.failed++
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        count[state === "pending" ? "failed" : state]++
        if (state === "passed") passed.add(test.name)
      }
    }
    if (count.passed + count.failed === 0) {
      console.log("No test was executed.")
      count.failed++
    }
    if (count.failed > 0) process.exitCode = 1
    // scripts/guarantees.mjs compares docs/guarantees.md with what a whole run has passed.
    else if (folders.size === 3) {
      mkdirSync(".cache", { recursive: true })
      writeFileSync(".cache/passed-tests.json", JSON.stringify([...passed]))
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ""
    console.log(`${count.passed} passed, ${count.failed} failed${skipped}`)
  }
}
