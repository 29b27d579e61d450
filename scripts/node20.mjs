// vitest 5 uses these three ES2024 functions in its reporters; Node 20 has none of them,
// and without them a failing test prints a TypeError instead of its assertion.
Map.groupBy ??= (items, key) => {
  const groups = new Map()
  for (const item of items) {
    const k = key(item)
    const group = groups.get(k)
    if (group) group.push(item)
    else groups.set(k, [item])
  }
  return groups
}
Object.groupBy ??= (items, key) => Object.fromEntries(Map.groupBy(items, key))
Promise.withResolvers ??= () => {
  let resolve, reject
  const promise = new Promise((res, rej) => {
    resolve = res
    reject = rej
  })
  return { promise, resolve, reject }
}
