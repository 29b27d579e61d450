/** The records of an embedded Linxio that was given none: a small fleet around the vehicles 1 to 3. */
import type { Records } from "../Options.ts"

export const defaultRecords: Records = {
  areaGroups: [],
  cameraEvents: [],
  clients: [],
  devices: [],
  digitalForms: [],
  drivers: [],
  formAnswers: [],
  fuelCards: [],
  geofences: [],
  resellers: [],
  scheduledReports: [],
  sensorReadings: [],
  sensors: [],
  users: []
}
