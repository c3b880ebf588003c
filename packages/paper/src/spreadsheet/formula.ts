/**
 * A text that a spreadsheet would take for a formula, behind an apostrophe: what people typed into
 * the product must not compute or call out on the desk of whoever opens an export (CWE-1236).
 */
export function escapeFormula(text: string): string {
  return /^'*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** The text before `escapeFormula`, so that an export can be brought in again. */
export function unescapeFormula(text: string): string {
  return /^'+[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text;
}
