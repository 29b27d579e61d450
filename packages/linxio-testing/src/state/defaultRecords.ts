/** The records of an embedded Linxio that was given none: a small fleet around the vehicles 1 to 3. */
import type { Records } from "../Options.ts"
import { defaultAreas } from "./defaultAreas.ts"
import { defaultPeople } from "./defaultPeople.ts"

const fuelPrice = 1.85

/** A purchase, and the card that paid for it. */
const fuelRecord = (id: number, transactionDate: string, refueled: number, vehicle: object) => ({
  id,
  cardNumber: `700${id}`,
  fuelCardNumber: `700${id}`,
  transactionDate,
  driver: `Driver ${id}`,
  petrolStation: "North Road",
  fuelPrice,
  refueled,
  total: Math.round(fuelPrice * refueled * 100) / 100,
  mileage: 500 * id,
  ...vehicle
})

const installDate = "2026-01-01T00:00:00+00:00"

/** A device in a vehicle. Where it is, the clock says. */
const installed = (id: number, vehicleId: number, more: object) => ({
  id,
  imei: `3500000000000${id}`,
  serial: `NS-${id}`,
  status: "online",
  usage: "vehicle",
  vendor: { id: 1, name: "Northstar" },
  vehicleId,
  vehicle: { id: vehicleId, regNo: `LNX-00${vehicleId}` },
  installDate,
  createdAt: installDate,
  deviceInstallation: {
    id: 10 + id,
    deviceId: id,
    vehicleId,
    installDate,
    uninstallDate: null,
    odometer: 84_215_000,
    files: []
  },
  ...more
})

const sensor = (id: number, label: string, more: object) => ({
  id,
  sensorId: `a1b2c3d4e5${id}`,
  label,
  type: "temp-and-humidity",
  systemStatus: "online",
  ...more
})

const reading = (id: number, sensorId: number, vehicleId: number, occurredAt: string, temperature: number) => ({
  id,
  sensorId,
  vehicleId,
  occurredAt,
  temperature,
  humidity: 60 + id
})

export const defaultRecords: Records = {
  ...defaultAreas,
  ...defaultPeople,
  cameraEvents: [
    { id: 1, type: "harsh-braking", deviceId: 11, vehicleId: 1, occurredAt: "2026-06-01T08:12:00+00:00" },
    { id: 2, type: "distraction", deviceId: 11, vehicleId: 1, occurredAt: "2026-06-02T09:40:00+00:00" },
    { id: 3, type: "harsh-braking", deviceId: 12, vehicleId: 2, occurredAt: "2026-06-03T07:05:00+00:00" }
  ],
  digitalForms: [
    { id: 1, title: "Vehicle check", status: "active" },
    { id: 2, title: "Fuel receipt", status: "active" },
    { id: 3, title: "Accident", status: "archived" }
  ],
  devices: [
    installed(11, 1, { hasCameras: true }),
    installed(12, 2, { hasCameras: false }),
    {
      id: 13,
      imei: "350000000000013",
      serial: "W-13",
      status: "offline",
      vendor: "Wayline",
      vehicleId: null,
      createdAt: installDate
    }
  ],
  formAnswers: [
    {
      id: 1,
      formId: 1,
      vehicleId: 1,
      answeredAt: "2026-06-01T06:30:00+00:00",
      fields: { tyres: "good", lights: true }
    },
    {
      id: 2,
      formId: 1,
      vehicleId: 2,
      answeredAt: "2026-06-01T07:00:00+00:00",
      fields: { tyres: "worn", lights: true }
    },
    { id: 3, formId: 2, vehicleId: 1, answeredAt: "2026-06-02T09:15:00+00:00", fields: { receipt: "A-17" } }
  ],
  fuelCards: [
    fuelRecord(1, "2026-06-01T09:00:00+00:00", 48.2, { vehicleId: 1, vehicle: { id: 1, regNo: "LNX-001" } }),
    fuelRecord(2, "2026-06-02T10:30:00+00:00", 61.5, { vehicleId: 2, vehicle: { id: 2, regNo: "LNX-002" } }),
    fuelRecord(3, "2026-06-03T08:15:00+00:00", 40, { vehicleId: null, vehicle: null })
  ],
  scheduledReports: [
    { id: 1, name: "Fuel, weekly", type: "fuel_summary", format: "xlsx", status: "active" },
    { id: 2, name: "Vehicles, monthly", type: "vehicle_summary", format: "pdf", status: "active" },
    { id: 3, name: "Fuel, monthly", type: "fuel_summary", format: "csv", status: "disabled" }
  ],
  sensorReadings: [
    reading(1, 91, 1, "2026-06-01T08:00:00+00:00", 4.5),
    reading(2, 91, 1, "2026-06-01T09:00:00+00:00", 5),
    reading(3, 92, 2, "2026-06-01T08:00:00+00:00", -18.5),
    reading(4, 91, 1, "2026-06-02T08:00:00+00:00", 4)
  ],
  sensors: [
    sensor(91, "Cooler", { deviceId: 11, vehicleId: 1 }),
    sensor(92, "Freezer", { deviceId: 12, vehicleId: 2 }),
    sensor(93, "Spare", { deviceId: null, vehicleId: null })
  ]
}
