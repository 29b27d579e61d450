/** Drivers, and which vehicle each drives. The operations and their records, from public sources only. */

/** The operations, by the names of the methods that offer them. */
export const drivers = {}
