/**
 * The vehicles of a fleet, each with its driver, depot and groups. Those online have no position of their own and move by the clock; the others stand at
 * their depot. Equal parts are shared, so that a vehicle takes less than a kilobyte.
 */
import { iso } from "../domains/collection.ts"
import type { SeededVehicle } from "../Options.ts"
import { type Draw, drawOf } from "./draw.ts"
import { driverIdOf, nameOf, siteOf, team } from "./world.ts"

const refrigerated = { id: 4, name: "Refrigerated", color: "#56ccf2" }

/** A type of vehicles, and the lists of groups that its vehicles are in, made once. */
const type = (id: number, name: string, color: string) => {
  const group = { id, name: `${name}s`, color }
  return { id, name, groups: [group], coldGroups: [group, refrigerated] }
}

const car = type(1, "Car", "#2bb100")
const van = type(2, "Van", "#2f80ed")
const truck = type(3, "Truck", "#f2994a")

/** Make, model, type, litres of the tank, and litres for 100 km. */
type Model = readonly [string, string, typeof car, number, number]

const models: readonly [Model, ...ReadonlyArray<Model>] = [
  ["Toyota", "Hilux", car, 80, 8],
  ["Toyota", "Corolla", car, 43, 5],
  ["Ford", "Ranger", car, 80, 8],
  ["Ford", "Transit", van, 70, 9],
  ["Mercedes-Benz", "Sprinter", van, 71, 10],
  ["Renault", "Kangoo", van, 54, 6],
  ["Isuzu", "NPR", truck, 140, 17],
  ["Volvo", "FH", truck, 480, 29]
]

/** Whether a vehicle carries a sensor. */
export const isCold = (id: number): boolean => id % 10 === 3

/** Whether a vehicle has a driver. */
export const isDriven = (id: number): boolean => id % 10 !== 0

const minute = 60_000
const day = 24 * 60 * minute

/** What happened today: metres, seconds, and kilometres an hour. */
const todayOf = (draw: Draw, isOut: boolean) => {
  const duration = isOut ? draw.whole(600, 28_800) : 0
  const avgSpeed = isOut ? draw.whole(18, 72) : 0
  return {
    distance: Math.round((duration * avgSpeed) / 3.6),
    duration,
    idleDuration: Math.floor(duration / draw.whole(8, 30)),
    avgSpeed
  }
}

/** A vehicle at a moment. */
export const vehicleOf = (seed: number, id: number, now: number): SeededVehicle => {
  const draw = drawOf(seed, "vehicle", id)
  const [make, model, type, fuelTankCapacity, averageFuel] = draw.of(models)
  const { at, depot } = siteOf(id)
  const isOnline = draw.chance(0.85)
  const heard = now - (isOnline ? draw.whole(0, 5 * minute) : draw.whole(day, 20 * day))
  const groups = isCold(id) ? type.coldGroups : type.groups
  const year = draw.whole(2014, 2025)
  const driven = isDriven(id)
  const lastLoggedAt = iso(heard)
  return {
    id,
    regNo: regNoOf(id),
    defaultLabel: `${type.name} ${id}`,
    vin: `LNX${draw.whole(1e6, 9_999_999)}${String(id).padStart(7, "0")}`,
    make,
    model,
    makeModel: `${make} ${model}`,
    year,
    type: type.name,
    typeId: type.id,
    typeName: type.name,
    status: isOnline ? "online" : "offline",
    driver: driven ? { id: driverIdOf(id), ...nameOf(seed, id) } : null,
    driverId: driven ? driverIdOf(id) : null,
    deviceId: deviceIdOf(id),
    team,
    teamId: team.id,
    depot,
    depotName: depot.name,
    groups,
    groupsList: isCold(id) ? `${type.name}s, ${refrigerated.name}` : `${type.name}s`,
    lastLoggedAt,
    todayData: todayOf(draw, isOnline && driven),
    engineHours: draw.whole(200, 700) * (2026 - year),
    fuelTankCapacity,
    averageFuel,
    createdAt: iso(now - draw.whole(30, 1_500) * day),
    ...(!isOnline && { lastCoordinates: { ...at, ts: lastLoggedAt } })
  }
}

/** The registration number, which sorts as the id does. */
export const regNoOf = (id: number): string => `LNX-${String(id).padStart(5, "0")}`

/** The id of the device in a vehicle. */
export const deviceIdOf = (id: number): number => 500_000 + id
