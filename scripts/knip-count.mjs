// A knip reporter: says how many files were looked at, so that a configuration that matches nothing cannot pass.
export default function count({ counters }) {
  console.log(`${counters.total} files`)
}
