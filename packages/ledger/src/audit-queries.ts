import { tablesOf } from './ledger.ts';

/** A rule that always holds, as a statement that gives a row for each violation of it. */
export interface AuditQuery {
  /** `I1` to `I6`. */
  invariant: string;
  title: string;
  sql: string;
}

/** The invariants of a ledger. The times of I6 are the database's own. */
export function auditQueries(prefix: string): AuditQuery[] {
  return [
    { invariant: 'I1', title: 'debits equal credits in each unit', sql: unequalSums(prefix) },
    {
      invariant: 'I1',
      title: 'every transfer joins two accounts of its unit',
      sql: strayTransfers(prefix),
    },
    {
      invariant: 'I2',
      title: 'each balance is the sum of its transfers',
      sql: wrongBalances(prefix),
    },
    { invariant: 'I3', title: 'no account is beyond its limit', sql: brokenLimits(prefix) },
    {
      invariant: 'I4',
      title: 'what is pending on an account is the sum of its open holds',
      sql: wrongPending(prefix),
    },
    { invariant: 'I5', title: 'a hold ends once, as its state says', sql: wrongHolds(prefix) },
    {
      invariant: 'I6',
      title: 'no hold is open two minutes after its deadline',
      sql: overdueHolds(prefix),
    },
  ];
}

function unequalSums(prefix: string): string {
  const { account } = tablesOf(prefix);
  return `SELECT unit, SUM(debits_posted) AS debits_posted, SUM(credits_posted) AS credits_posted,
      SUM(debits_pending) AS debits_pending, SUM(credits_pending) AS credits_pending
    FROM ${account} GROUP BY unit
    HAVING SUM(debits_posted) <> SUM(credits_posted)
      OR SUM(debits_pending) <> SUM(credits_pending)`;
}

function strayTransfers(prefix: string): string {
  const { account, transfer } = tablesOf(prefix);
  return `SELECT t.id, t.debit_account_id, t.credit_account_id, t.unit FROM ${transfer} t
    LEFT JOIN ${account} d ON d.id = t.debit_account_id AND d.unit = t.unit
    LEFT JOIN ${account} c ON c.id = t.credit_account_id AND c.unit = t.unit
    WHERE d.id IS NULL OR c.id IS NULL OR t.debit_account_id = t.credit_account_id
      OR t.amount <= 0`;
}

/** What each side of each transfer has done to the four sums of its account. */
function movements(prefix: string): string {
  const { transfer } = tablesOf(prefix);
  const posted = `CASE WHEN t.kind IN ('posted', 'post-pending') THEN t.amount ELSE 0 END`;
  const pending = `CASE WHEN t.kind = 'pending' THEN t.amount ELSE 0 END
    - CASE WHEN t.pending_id IS NULL THEN 0 ELSE h.amount END`;
  const from = `FROM ${transfer} t LEFT JOIN ${transfer} h ON h.id = t.pending_id`;
  return `SELECT t.debit_account_id AS account_id, ${posted} AS dp, 0 AS cp,
      ${pending} AS dh, 0 AS ch ${from}
    UNION ALL SELECT t.credit_account_id, 0, ${posted}, 0, ${pending} ${from}`;
}

function wrongBalances(prefix: string): string {
  const { account } = tablesOf(prefix);
  return `SELECT a.id, a.debits_posted, a.credits_posted, a.debits_pending, a.credits_pending,
      s.dp, s.cp, s.dh, s.ch
    FROM ${account} a LEFT JOIN (
      SELECT account_id, SUM(dp) AS dp, SUM(cp) AS cp, SUM(dh) AS dh, SUM(ch) AS ch
      FROM (${movements(prefix)}) AS m GROUP BY account_id
    ) AS s ON s.account_id = a.id
    WHERE a.debits_posted <> COALESCE(s.dp, 0) OR a.credits_posted <> COALESCE(s.cp, 0)
      OR a.debits_pending <> COALESCE(s.dh, 0) OR a.credits_pending <> COALESCE(s.ch, 0)`;
}

function brokenLimits(prefix: string): string {
  const { account } = tablesOf(prefix);
  return `SELECT id, limit_kind, debits_posted, credits_posted, debits_pending, credits_pending
    FROM ${account}
    WHERE debits_posted < 0 OR credits_posted < 0 OR debits_pending < 0 OR credits_pending < 0
      OR (limit_kind = 'debits-may-not-exceed-credits'
        AND debits_posted + debits_pending > credits_posted)
      OR (limit_kind = 'credits-may-not-exceed-debits'
        AND credits_posted + credits_pending > debits_posted)`;
}

function wrongPending(prefix: string): string {
  const { account, transfer, hold } = tablesOf(prefix);
  const open = `FROM ${hold} h JOIN ${transfer} t ON t.id = h.transfer_id WHERE h.state = 'open'`;
  return `SELECT a.id, a.debits_pending, a.credits_pending, s.dh, s.ch
    FROM ${account} a LEFT JOIN (
      SELECT account_id, SUM(dh) AS dh, SUM(ch) AS ch FROM (
        SELECT t.debit_account_id AS account_id, t.amount AS dh, 0 AS ch ${open}
        UNION ALL SELECT t.credit_account_id, 0, t.amount ${open}
      ) AS m GROUP BY account_id
    ) AS s ON s.account_id = a.id
    WHERE a.debits_pending <> COALESCE(s.dh, 0) OR a.credits_pending <> COALESCE(s.ch, 0)`;
}

function wrongHolds(prefix: string): string {
  const { transfer, hold } = tablesOf(prefix);
  return `SELECT p.id, h.state, MIN(r.kind) AS resolution, COUNT(r.id) AS resolutions
    FROM ${transfer} p LEFT JOIN ${hold} h ON h.transfer_id = p.id
      LEFT JOIN ${transfer} r ON r.pending_id = p.id
    WHERE p.kind = 'pending' OR r.id IS NOT NULL OR h.transfer_id IS NOT NULL
    GROUP BY p.id, p.kind, p.amount, p.expires_at, h.state, h.expires_at
    HAVING p.kind <> 'pending' OR h.state IS NULL OR COUNT(r.id) > 1
      OR h.state <> COALESCE(MIN(CASE r.kind WHEN 'post-pending' THEN 'posted'
        WHEN 'void-pending' THEN 'voided' WHEN 'expire-pending' THEN 'expired' END), 'open')
      OR MAX(r.amount) > p.amount OR NOT (h.expires_at <=> p.expires_at)`;
}

function overdueHolds(prefix: string): string {
  const { hold } = tablesOf(prefix);
  return `SELECT transfer_id, expires_at FROM ${hold}
    WHERE state = 'open' AND expires_at < UTC_TIMESTAMP(3) - INTERVAL 120 SECOND`;
}
