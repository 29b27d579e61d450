/** The operations of all domains but authentication, by the names that their services have in a client. */
import { vehicles } from "./vehicles.ts"

export const domains = { vehicles }
