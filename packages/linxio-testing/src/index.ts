/** The embedded Linxio: a fake server in memory or on a port, with faults on demand. */
export { AccountsFile, accountsFileJsonSchema, decodeAccountsFile } from "./AccountsFile.ts"
export type { RequestLog, FollowedRedirect, ReceivedRequest, TokenKind } from "./RequestLog.ts"
export { formatRequest } from "./RequestLog.ts"
export { FakeLinxio } from "./FakeLinxio.ts"
export type { ServedLinxio, Service } from "./FakeLinxio.ts"
export { fleet } from "./fleet.ts"
export type { Fleet, FleetOptions } from "./fleet.ts"
export { FakeLinxioFaultError, FakeLinxioOptionError, FakeLinxioPortError } from "./FakeLinxioError.ts"
export type { Fault, FaultName } from "./Fault.ts"
export type { EndpointName } from "./wire/contract.ts"
export { decodeFault, faultNames } from "./Fault.ts"
export { Account, defaultAccount } from "./Options.ts"
export type {
  CollectionName,
  FakeLinxioOptions,
  Records,
  SeededRecord,
  SeededVehicle,
  ServeOptions
} from "./Options.ts"
export { type SuiteRunner, testSessionStore, type TestSessionStoreOptions } from "./testSessionStore.ts"
