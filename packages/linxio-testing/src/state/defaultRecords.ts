/** The records of an embedded Linxio that was given none: a small fleet around the vehicles 1 to 3. */
import type { Records } from "../Options.ts"

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

export const defaultRecords: Records = {
  areaGroups: [],
  cameraEvents: [],
  clients: [],
  devices: [],
  digitalForms: [
    { id: 1, title: "Vehicle check", status: "active" },
    { id: 2, title: "Fuel receipt", status: "active" },
    { id: 3, title: "Accident", status: "archived" }
  ],
  drivers: [],
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
  geofences: [],
  resellers: [],
  scheduledReports: [
    { id: 1, name: "Fuel, weekly", type: "fuel_summary", format: "xlsx", status: "active" },
    { id: 2, name: "Vehicles, monthly", type: "vehicle_summary", format: "pdf", status: "active" },
    { id: 3, name: "Fuel, monthly", type: "fuel_summary", format: "csv", status: "disabled" }
  ],
  sensorReadings: [],
  sensors: [],
  users: []
}
