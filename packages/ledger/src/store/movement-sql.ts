/**
 * What one side of a transfer `t` has done to an account, `h` being the hold that it ends, if any:
 * SQL over the transfer table alone, for sums and for the audit.
 */
export const postedAmount = `CASE WHEN t.kind IN ('posted', 'post-pending') THEN t.amount ELSE 0 END`;
export const pendingAmount = `CASE WHEN t.kind = 'pending' THEN t.amount ELSE 0 END
    - CASE WHEN t.pending_id IS NULL THEN 0 ELSE h.amount END`;

/** The rows of `t` with `h` beside them. */
export function movementRows(transferTable: string): string {
  return `FROM ${transferTable} t LEFT JOIN ${transferTable} h ON h.id = t.pending_id`;
}
