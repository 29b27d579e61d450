/** Digital forms and their answers. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { HandlersOf } from "./call.ts"
import { collection } from "./collection.ts"

const forms = collection("digitalForms", "Digital form", "formId")

const answers = collection("formAnswers", "Answer", "answerId")

/** A PDF of one page with one line of text, in ASCII. */
const pdfOf = (line: string): Uint8Array => {
  const text = line.replaceAll(/[^ -~]/g, "?").replaceAll(/[\\()]/g, "\\$&")
  const content = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
  ]
  let body = "%PDF-1.4\n"
  let table = "0000000000 65535 f \n"
  for (const [index, object] of objects.entries()) {
    table += `${String(body.length).padStart(10, "0")} 00000 n \n`
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const count = objects.length + 1
  const end = `xref\n0 ${count}\n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return new TextEncoder().encode(body + end)
}

/** What the operations do. */
export const digitalFormsHandlers: HandlersOf<"digitalForms"> = {
  list: ({ state }) => Effect.sync(() => ({ result: { forms: forms.all(state) } })),

  get: forms.find,

  answer: answers.find,

  answerPdf: (call) =>
    Effect.map(answers.find(call), ({ id, formId }) => pdfOf(`Answer ${id} to the form ${String(formId)}`))
}
