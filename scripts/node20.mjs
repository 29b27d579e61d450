// vitest 5 uses these three ES2024 functions in its reporters; Node 20 has none of them,
// and without them a failing test prints a TypeError instead of its assertion.
import "core-js/actual/map/group-by.js"
import "core-js/actual/object/group-by.js"
import "core-js/actual/promise/with-resolvers.js"
