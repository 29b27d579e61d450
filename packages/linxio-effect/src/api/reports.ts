/** Scheduled reports. The operations and their records, from public sources only. */
import { done, type Id, type ListParams, one, operation, page, params } from "./operation.ts"
import { all, anyObject, id, needed, record, text } from "./shape.ts"

/**
 * The format of a report: three are known, others may come.
 *
 * @example
 * ```ts
 * import type { ReportFormat } from "linxio-js"
 *
 * const known: Array<ReportFormat> = ["csv", "pdf", "xlsx"]
 * ```
 */
export type ReportFormat = "csv" | "pdf" | "xlsx" | (string & {})

/**
 * The parameters of `scheduled`.
 *
 * @example
 * ```ts
 * import type { ReportListParams } from "linxio-js"
 *
 * const params: ReportListParams = { format: "csv", limit: 20 }
 * ```
 */
export interface ReportListParams extends ListParams {
  /** Only reports in this format. @default all formats */
  readonly format?: ReportFormat | undefined
  /** The start of the range: ISO-8601 with an offset, or a `Date`. Which time of a report is compared, is not documented. */
  readonly startDate?: string | Date | undefined
  /** The end of the range: ISO-8601 with an offset, or a `Date`. */
  readonly endDate?: string | Date | undefined
}

/**
 * A report that Linxio makes and delivers on a schedule.
 *
 * @example
 * ```ts
 * import type { ScheduledReport } from "linxio-js"
 *
 * const isOn = (report: ScheduledReport) => report.status === "active"
 * console.log(isOn({ id: 1, name: "Fuel", status: "active" })) // => true
 * ```
 */
export interface ScheduledReport {
  /** The id of the report; compare it as text. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** What it reports on; the set of values is not documented. */
  readonly type?: string | null
  /** The format of the file. */
  readonly format?: ReportFormat | null
  /** A text; the set of values is open. Known values: `active`, `disabled`. */
  readonly status?: string | null
  readonly [field: string]: unknown
}

/**
 * A scheduled report to create.
 *
 * @example
 * ```ts
 * import type { ScheduledReportPayload } from "linxio-js"
 *
 * const weekly: ScheduledReportPayload = { name: "Fuel, weekly", type: "fuel_summary", format: "xlsx" }
 * ```
 */
export interface ScheduledReportPayload {
  /** Its name. */
  readonly name: string
  /** What it reports on; the set of values is not documented. */
  readonly type: string
  /** The format of the file. */
  readonly format: ReportFormat
  /** What the report covers; the fields depend on its type and are not documented. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
  readonly [field: string]: unknown
}

/**
 * The fields of a scheduled report to change.
 *
 * @example
 * ```ts
 * import type { ScheduledReportChanges } from "linxio-js"
 *
 * const asText: ScheduledReportChanges = { format: "csv" }
 * ```
 */
export interface ScheduledReportChanges {
  /** Its name. */
  readonly name?: string | undefined
  /** What it reports on. */
  readonly type?: string | undefined
  /** The format of the file. */
  readonly format?: ReportFormat | undefined
  /** What the report covers. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
  readonly [field: string]: unknown
}

const scheduledReport = record<ScheduledReport>("ScheduledReport", { id, ...all(text, "name type format status") })

const payload = record<ScheduledReportPayload>("ScheduledReportPayload", {
  name: needed(text),
  type: needed(text),
  format: needed(text),
  params: anyObject
})

const changes = record<ScheduledReportChanges>("ScheduledReportChanges", {
  ...all(text, "name type format"),
  params: anyObject
})

/** The operations, by the names of the methods that offer them. */
export const reports = {
  /** A page of scheduled reports. Derived from the dashboard. */
  scheduled: operation("GET", "/scheduled-report", "DP", page(scheduledReport, "scheduledReports"), {
    query: params<ReportListParams>("fields", "limit", "page", "sort", "format", "startDate", "endDate")
  }),
  /** The template of a scheduled report; none of its fields is documented. Derived from the dashboard. */
  scheduledTemplate: operation("GET", "/scheduled-report/template", "DP", one(anyObject)),
  /** One scheduled report. Derived from the dashboard. */
  getScheduled: operation("GET", "/scheduled-report/:reportId", "D", one(scheduledReport)),
  /** Creates a scheduled report. Unverified. */
  createScheduled: operation("POST", "/scheduled-report", "U", one(scheduledReport), { payload }),
  /** Changes what is given. Derived from the dashboard. */
  updateScheduled: operation("PATCH", "/scheduled-report/:reportId", "D", one(scheduledReport), { payload: changes }),
  /** Deletes a scheduled report; `restoreScheduled` brings it back. Derived from the dashboard. */
  deleteScheduled: operation("DELETE", "/scheduled-report/:reportId", "D", done),
  /** Brings a deleted report back. Derived from the dashboard. */
  restoreScheduled: operation("PATCH", "/scheduled-report/:reportId/restore", "D", done, { idempotent: true })
}
