/** The records around the vehicles of a fleet: their number grows with the fleet, or is that of an office. */
import { iso } from "../domains/collection.ts"
import type { Records, SeededRecord, SeededVehicle } from "../Options.ts"
import { drawOf } from "./draw.ts"
import { deviceIdOf, isCold, isDriven, regNoOf } from "./vehicles.ts"
import { driverIdOf, nameOf, siteOf, sites, team } from "./world.ts"

const minute = 60_000
const day = 24 * 60 * minute

/** What all records of a fleet are made from. */
export interface Plan {
  /** The vehicles 1, 2, 3 and so on. */
  readonly vehicles: ReadonlyArray<SeededVehicle>
  readonly seed: number
  /** Epoch milliseconds. */
  readonly now: number
}

const vendor = { id: 1, name: "Example Trackers" }
const deviceModels = [
  { id: 11, name: "ET-100", vendorId: 1 },
  { id: 12, name: "ET-200 Camera", vendorId: 1 }
] as const

/** With a check digit, in the range that is kept for tests. */
const imeiOf = (id: number): string => {
  const body = `0010${String(id).padStart(10, "0")}`
  let sum = 0
  for (const [at, digit] of [...body].entries()) {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    sum += value > 9 ? value - 9 : value
  }
  return `${body}${(10 - (sum % 10)) % 10}`
}

const device = ({ now, seed, vehicles }: Plan, id: number): SeededRecord => {
  const draw = drawOf(seed, "device", id)
  const hasCameras = id % 25 === 0
  const installed = iso(now - draw.whole(10, 900) * day)
  const { lastCoordinates, lastLoggedAt, status }: Partial<SeededVehicle> = vehicles[id - 1] ?? {}
  return {
    id: deviceIdOf(id),
    imei: imeiOf(id),
    serial: `ET${String(id).padStart(8, "0")}`,
    status,
    vendor,
    model: deviceModels[hasCameras ? 1 : 0],
    usage: "vehicle",
    hasCameras,
    team,
    vehicleId: id,
    vehicle: { id, regNo: regNoOf(id) },
    installDate: installed,
    lastDataReceivedAt: lastLoggedAt,
    deviceInstallation: { deviceId: deviceIdOf(id), vehicleId: id, installDate: installed, files: [] },
    createdAt: installed,
    ...(lastCoordinates !== undefined && { lastCoordinates })
  }
}

const driver = ({ seed }: Plan, id: number): SeededRecord => {
  const { name, surname } = nameOf(seed, id)
  const key = driverIdOf(id)
  return {
    id: key,
    name,
    surname,
    fullName: `${name} ${surname}`,
    email: `driver-${key}@example.test`,
    // Numbers that Ofcom keeps for fiction.
    phone: `+447700900${String(id % 1000).padStart(3, "0")}`,
    role: "driver",
    status: "active",
    team,
    vehicleId: id
  }
}

const stations = ["Quickstop North", "Quickstop Port", "Harbour Fuel", "Roadhouse 12"] as const

/** A fuel transaction; the API lists cards and transactions by the same request. */
const fuelCard = ({ now, seed }: Plan, id: number): SeededRecord => {
  const draw = drawOf(seed, "fuel", id)
  const [refueled, cents] = [draw.whole(180, 900) / 10, draw.whole(165, 215)]
  const { name, surname } = nameOf(seed, id)
  const card = `7000 ${String(id).padStart(8, "0")}`
  return {
    id,
    cardNumber: card,
    fuelCardNumber: card,
    transactionDate: iso(now - draw.whole(0, 30 * 24 * 60) * minute),
    vehicle: { id, regNo: regNoOf(id) },
    vehicleId: id,
    driver: isDriven(id) ? `${name} ${surname}` : null,
    petrolStation: draw.of(stations),
    refueled,
    mileage: draw.whole(200, 900),
    fuelPrice: cents / 100,
    total: Math.round(refueled * cents) / 100
  }
}

const sensor = ({ now, seed }: Plan, id: number): SeededRecord => ({
  id: 800_000 + id,
  sensorId: sensorIdOf(id),
  label: `Cold box of ${regNoOf(id)}`,
  type: "temp-and-humidity",
  systemStatus: "online",
  deviceId: deviceIdOf(id),
  vehicleId: id,
  team,
  createdAt: iso(now - drawOf(seed, "sensor", id).whole(10, 400) * day)
})

const sensorIdOf = (id: number): string => (0xc0_1d_00_00_00_00 + id).toString(16)

/** How many readings each sensor has, a quarter of an hour apart. */
const readingsOfEach = 4

const sensorReading = ({ now, seed }: Plan, id: number, at: number): SeededRecord => {
  const draw = drawOf(seed, `reading ${at}`, id)
  return {
    id: id * readingsOfEach + at,
    sensorId: sensorIdOf(id),
    vehicleId: id,
    deviceId: deviceIdOf(id),
    occurredAt: iso(now - at * 15 * minute),
    temperature: draw.whole(-220, 60) / 10,
    humidity: draw.whole(30, 90)
  }
}

const geofence = ({ now, seed }: Plan, id: number): SeededRecord => {
  const draw = drawOf(seed, "geofence", id)
  const { at, depot } = siteOf(id)
  const isDepot = id <= sites.length
  const centre = isDepot ? at : draw.near(at)
  const { lat, lng } = centre
  const isRound = isDepot || draw.chance(0.6)
  const corners = [
    { lat: lat - 0.002, lng: lng - 0.003 },
    { lat: lat + 0.002, lng: lng - 0.003 },
    { lat: lat + 0.001, lng: lng + 0.003 }
  ]
  return {
    id,
    name: isDepot ? depot.name : `Customer site ${id}`,
    type: isRound ? "circle" : "polygon",
    coordinates: isRound ? [centre] : corners,
    radius: isRound ? draw.whole(5, 40) * 10 : null,
    color: depot.color,
    status: "active",
    groups: [],
    readOnly: false,
    team,
    createdAt: iso(now - draw.whole(30, 900) * day)
  }
}

const cameraEvent = ({ now, seed }: Plan, id: number): SeededRecord => {
  const draw = drawOf(seed, "camera", id)
  return {
    id,
    type: draw.of(["harsh_braking", "distraction", "following_distance"]),
    deviceId: deviceIdOf(id),
    vehicleId: id,
    occurredAt: iso(now - draw.whole(0, 7 * 24 * 60) * minute)
  }
}

const formAnswer = ({ now, seed }: Plan, id: number): SeededRecord => ({
  id,
  formId: 1,
  vehicleId: id,
  driverId: driverIdOf(id),
  createdAt: iso(now - drawOf(seed, "form", id).whole(0, 24 * 60) * minute)
})

/** A record for each number that is chosen, from 1 to the number of vehicles. */
const some = <A>(
  plan: Plan,
  isChosen: (id: number) => boolean,
  make: (plan: Plan, id: number) => A,
  last = plan.vehicles.length
): ReadonlyArray<A> => {
  const made: Array<A> = []
  for (let id = 1; id <= last; id++) if (isChosen(id)) made.push(make(plan, id))
  return made
}

const each = (nth: number) => (id: number) => id % nth === 0

const named = (...names: ReadonlyArray<string>): ReadonlyArray<SeededRecord> =>
  names.map((name, index) => ({ id: index + 1, name, status: "active" }))

/** All records but the vehicles. */
export const recordsOf = (plan: Plan): Records => ({
  areaGroups: named("Depots", "Customers"),
  cameraEvents: some(plan, each(25), cameraEvent),
  clients: [{ id: team.clientId, name: team.clientName, timezone: 1 }],
  devices: some(plan, each(1), device),
  digitalForms: [{ id: 1, name: "Check before departure", title: "Check before departure", status: "active" }],
  drivers: some(plan, isDriven, driver),
  formAnswers: some(plan, each(20), formAnswer),
  fuelCards: some(plan, each(2), fuelCard),
  geofences: some(plan, each(1), geofence, Math.max(sites.length, Math.ceil(plan.vehicles.length / 40))),
  resellers: named("Example Telematics"),
  scheduledReports: [{ id: 1, name: "Utilisation, nightly", type: "utilisation", format: "csv", status: "active" }],
  sensorReadings: some(plan, isCold, (all, id) =>
    Array.from({ length: readingsOfEach }, (_, at) => sensorReading(all, id, at))
  ).flat(),
  sensors: some(plan, isCold, sensor),
  users: ["dispatch", "workshop", "office"].map((name, index) => ({
    id: String(index + 1),
    email: `${name}@example.test`,
    fullName: `The ${name}`,
    role: "manager",
    status: "active",
    team
  }))
})
