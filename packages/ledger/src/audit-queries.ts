import type { Invariant } from '@ddp/db-kit/invariant';
import { tablesOf } from './ledger.ts';
import { movementRows, pendingAmount, postedAmount } from './store/movement-sql.ts';

/** The invariants of a ledger. The times of I6 are the database's own. */
export function auditQueries(prefix: string): Invariant[] {
  return [
    {
      name: 'I1 debits equal credits',
      description: 'The debits of all accounts of a unit differ from their credits.',
      sql: unequalSums(prefix),
    },
    {
      name: 'I1 transfers join two accounts of their unit',
      description: 'A transfer names an account that is missing, of another unit, or named twice.',
      sql: strayTransfers(prefix),
    },
    {
      name: 'I2 balances equal their transfers',
      description: 'The balances of an account are not the sums of its transfers.',
      sql: wrongBalances(prefix),
    },
    {
      name: 'I2 checkpoints equal their transfers',
      description: 'A checkpoint of an account is not what its transfers made of the one before.',
      sql: wrongCheckpoints(prefix),
    },
    {
      name: 'I3 accounts keep to their limits',
      description: 'An account is below zero or beyond its limit.',
      sql: brokenLimits(prefix),
    },
    {
      name: 'I4 pending equals the open holds',
      description: 'What is pending on an account is not the sum of its open holds.',
      sql: wrongPending(prefix),
    },
    {
      name: 'I5 a hold ends once',
      description: 'A hold has more than one end, or its state tells another story.',
      sql: wrongHolds(prefix),
    },
    {
      name: 'I6 no hold outlives its deadline',
      description: 'A hold is still open two minutes after its deadline.',
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
  const from = movementRows(tablesOf(prefix).transfer);
  return `SELECT t.debit_account_id AS account_id, t.block_seq, ${postedAmount} AS dp, 0 AS cp,
      ${pendingAmount} AS dh, 0 AS ch ${from}
    UNION ALL SELECT t.credit_account_id, t.block_seq, 0, ${postedAmount}, 0, ${pendingAmount} ${from}`;
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

/**
 * Each checkpoint against the running sums of its account, in one pass: a join by spans of blocks
 * would read the whole history of an account for each of its checkpoints.
 */
function wrongCheckpoints(prefix: string): string {
  const { checkpoint } = tablesOf(prefix);
  const sums = ['dp', 'cp', 'dh', 'ch'];
  const each = (of: (sum: string) => string) => sums.map(of).join(', ');
  const byBlock = `SELECT account_id, block_seq, ${each((sum) => `SUM(${sum}) AS ${sum}`)}
    FROM (${movements(prefix)}) AS m WHERE account_id IN (SELECT account_id FROM ${checkpoint})
    GROUP BY account_id, block_seq`;
  const running = `SELECT account_id, block_seq, ${each(
    (sum) => `SUM(${sum}) OVER
    (PARTITION BY account_id ORDER BY block_seq) AS ${sum}`,
  )} FROM (${byBlock}) AS b`;
  return `SELECT c.account_id, c.block_seq FROM ${checkpoint} c LEFT JOIN (${running}) AS r
      ON r.account_id = c.account_id AND r.block_seq = c.block_seq
    WHERE r.account_id IS NULL OR c.debits_posted <> r.dp OR c.credits_posted <> r.cp
      OR c.debits_pending <> r.dh OR c.credits_pending <> r.ch`;
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
  const ends = `SELECT pending_id, COUNT(*) AS ends, MAX(amount) AS amount,
      MIN(CASE kind WHEN 'post-pending' THEN 'posted' WHEN 'void-pending' THEN 'voided'
        WHEN 'expire-pending' THEN 'expired' ELSE kind END) AS ended
    FROM ${transfer} WHERE pending_id IS NOT NULL GROUP BY pending_id`;
  return `SELECT p.id, h.state, e.ended, e.ends FROM ${transfer} p
      LEFT JOIN ${hold} h ON h.transfer_id = p.id LEFT JOIN (${ends}) AS e ON e.pending_id = p.id
    WHERE (p.kind <> 'pending' AND (h.state IS NOT NULL OR e.ends IS NOT NULL))
      OR (p.kind = 'pending' AND (h.state IS NULL OR h.state <> COALESCE(e.ended, 'open')
        OR e.ends > 1 OR e.amount > p.amount OR NOT (h.expires_at <=> p.expires_at)))
    UNION ALL SELECT h.transfer_id, h.state, NULL, 0 FROM ${hold} h
      LEFT JOIN ${transfer} p ON p.id = h.transfer_id WHERE p.id IS NULL
    UNION ALL SELECT r.id, NULL, r.kind, 1 FROM ${transfer} r
      LEFT JOIN ${transfer} p ON p.id = r.pending_id
      WHERE p.id IS NULL AND (r.pending_id IS NOT NULL OR r.kind NOT IN ('posted', 'pending'))`;
}

function overdueHolds(prefix: string): string {
  const { hold } = tablesOf(prefix);
  return `SELECT transfer_id, expires_at FROM ${hold}
    WHERE state = 'open' AND expires_at < UTC_TIMESTAMP(3) - INTERVAL 120 SECOND`;
}
