import { createConnection } from 'mysql2/promise';

const accountsPerStatement = 100_000;

/** The id of a loaded account by its number from 0. */
export function accountIdOf(index: number): string {
  return `0195512a-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Fills the ledger of a points schema with accounts in cents, by SQL alone. */
export async function loadAccounts(
  schemaUrl: string,
  options: { count: number; code: number; say: (line: string) => void },
): Promise<void> {
  const { count, code, say } = options;
  const connection = await createConnection({ uri: schemaUrl });
  try {
    for (let from = 0; from < count; from += accountsPerStatement) {
      const upTo = Math.min(count, from + accountsPerStatement);
      await connection.query(
        `INSERT INTO points_ledger_account (id, unit, code, limit_kind, created_at)
          SELECT UNHEX(CONCAT('0195512a000070008000', LPAD(HEX(n), 12, '0'))), 'cents', ?, 'none',
            UTC_TIMESTAMP(3)
          FROM (SELECT ? + a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d AS n
            FROM ${digits('a')}, ${digits('b')}, ${digits('c')}, ${digits('d')}, ${digits('e')}
          ) AS numbers WHERE n < ? ORDER BY n`,
        [code, from, upTo],
      );
      say(`${upTo} of ${count} accounts`);
    }
    await connection.query('ANALYZE TABLE points_ledger_account');
  } finally {
    await connection.end();
  }
}

/**
 * Reads every loaded account once, so that a measurement meets them in memory, as a service that
 * has run for a day does: the loading of transfers and the audit leave there what no request wants.
 */
export async function warmAccounts(schemaUrl: string): Promise<void> {
  const connection = await createConnection({ uri: schemaUrl });
  try {
    await connection.query(
      'SELECT SUM(credits_posted - debits_posted) FROM points_ledger_account WHERE created_at > 0',
    );
  } finally {
    await connection.end();
  }
}

function digits(name: string): string {
  const rows = Array.from({ length: 10 }, (_none, digit) => `SELECT ${digit} AS d`);
  return `(${rows.join(' UNION ALL ')}) AS ${name}`;
}
