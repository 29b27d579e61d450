/** Geofences, which the API calls areas, and their groups. The operations and their records, from public sources only. */
import {
  areaGroup,
  areaGroupChanges,
  areaGroupPayload,
  geofence,
  geofenceChanges,
  geofencePayload
} from "./geofenceRecords.ts"
import { done, listParams, one, operation, page } from "./operation.ts"

export type * from "./geofenceRecords.ts"

/** The operations on geofences and their groups, by the names of the methods that offer them. */
export const geofences = {
  /** A page of geofences. They can be large: ask for the `fields` that you need. Documented. */
  list: operation("GET", "/areas", "OL", page(geofence, "areas"), { query: listParams() }),
  /** One geofence. Derived from the dashboard. */
  get: operation("GET", "/areas/:areaId", "D", one(geofence)),
  /** Creates a geofence; a circle has one coordinate, its center, and a radius in metres. Documented. */
  create: operation("POST", "/areas", "O", one(geofence), { payload: geofencePayload }),
  /** Changes what is given. Unverified. */
  update: operation("PATCH", "/areas/:areaId", "U", one(geofence), { payload: geofenceChanges }),
  /** Deletes a geofence for good. Documented. */
  delete: operation("DELETE", "/areas/:areaId", "O", done),
  /** Takes a geofence out of use; `restore` brings it back. Derived from the dashboard. */
  archive: operation("PATCH", "/areas/:areaId/archive", "D", done, { idempotent: true }),
  /** Brings an archived geofence back. Derived from the dashboard. */
  restore: operation("PATCH", "/areas/:areaId/restore", "D", done, { idempotent: true }),
  /** All groups of geofences, without pages. Derived from the dashboard. */
  listGroups: operation("GET", "/area-groups", "D", page(areaGroup, "areaGroups")),
  /** One group of geofences. Derived from the dashboard. */
  getGroup: operation("GET", "/area-groups/:groupId", "D", one(areaGroup)),
  /** Creates a group of geofences. Derived from the dashboard. */
  createGroup: operation("POST", "/area-groups", "D", one(areaGroup), { payload: areaGroupPayload }),
  /** Changes what is given of a group. Derived from the dashboard. */
  updateGroup: operation("PATCH", "/area-groups/:groupId", "D", one(areaGroup), { payload: areaGroupChanges }),
  /** Deletes a group for good. Derived from the dashboard. */
  deleteGroup: operation("DELETE", "/area-groups/:groupId", "D", done),
  /** Takes a group out of use; `restoreGroup` brings it back. Derived from the dashboard. */
  archiveGroup: operation("PATCH", "/area-groups/:groupId/archive", "D", done, { idempotent: true }),
  /** Brings an archived group back. Derived from the dashboard. */
  restoreGroup: operation("PATCH", "/area-groups/:groupId/restore", "D", done, { idempotent: true })
}
