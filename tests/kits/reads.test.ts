import { appendAudit } from '@ddp/db-kit/audit-row';
import type { AuditTable } from '@ddp/db-kit/command-tables';
import { checkDatabase, openDatabase } from '@ddp/db-kit/database';
import { binaryToId, newId } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, run, storeOn } from './store-fixture.ts';

interface Tables {
  kit_place: { id: number; area_path: string };
  kit_audit: AuditTable;
}

let db: Kysely<Tables>;
let url: string;

const paths = [
  '/1506/',
  '/1506/150603/',
  '/1506/150603/150603001/',
  '/1506/150604/',
  '/15060/',
  '/1507/',
  '/15%6/',
  '/15_6/',
  '/15\\6/',
];

beforeAll(async () => {
  const opened = await openStore();
  url = opened.url;
  db = opened.db as unknown as Kysely<Tables>;
  await run(
    opened.db,
    'CREATE TABLE kit_place (id INT AUTO_INCREMENT PRIMARY KEY, area_path VARCHAR(80))',
  );
  for (const area_path of paths) {
    await run(opened.db, 'INSERT INTO kit_place (area_path) VALUES (?)', area_path);
  }
});
afterAll(() => db.destroy());

async function see(scope: readonly string[] | typeof everywhere): Promise<string[]> {
  const rows = await selectScoped(db, 'kit_place', scope)
    .select('kit_place.area_path')
    .orderBy('kit_place.id')
    .execute();
  return rows.map((row) => row.area_path);
}

describe('selectScoped', () => {
  it('sees the subtree of a path and nothing beside it', async () => {
    expect(await see(['/1506/'])).toEqual(paths.slice(0, 4));
    expect(await see(['/1506/150603/'])).toEqual(paths.slice(1, 3));
    expect(await see(['/1506/150605/'])).toEqual([]);
  });

  it('sees the subtrees of several paths, each row once', async () => {
    expect(await see(['/1507/', '/1506/150603/', '/1506/'])).toEqual([
      ...paths.slice(0, 4),
      '/1507/',
    ]);
  });

  it('sees nothing by an empty scope, and everything only when that is said', async () => {
    expect(await see([])).toEqual([]);
    expect(await see(everywhere)).toEqual(paths);
    expect(await see(['/'])).toEqual(paths);
  });

  it('takes % and _ and \\ in a path for themselves', async () => {
    expect(await see(['/15%6/'])).toEqual(['/15%6/']);
    expect(await see(['/15_6/'])).toEqual(['/15_6/']);
    expect(await see(['/15\\6/'])).toEqual(['/15\\6/']);
    expect(await see(['/%'])).toEqual([]);
  });

  it('stays within the scope whatever else is asked', async () => {
    const rows = await selectScoped(db, 'kit_place', ['/1507/', '/1506/150604/'])
      .select('kit_place.area_path')
      .where((at) => at.or([at('kit_place.id', '=', 1), at('kit_place.id', '>', 0)]))
      .execute();
    expect(rows.map((row) => row.area_path).sort()).toEqual(['/1506/150604/', '/1507/']);
  });
});

describe('containing', () => {
  it('finds the text as it stands', async () => {
    const find = async (text: string) => {
      const { rows } = await sql<{ area_path: string }>`
        SELECT area_path FROM kit_place WHERE area_path LIKE ${containing(text)}`.execute(db);
      return rows.map((row) => row.area_path);
    };
    expect(await find('5%')).toEqual(['/15%6/']);
    expect(await find('_')).toEqual(['/15_6/']);
    expect(await find('5\\')).toEqual(['/15\\6/']);
  });
});

async function readNow(on: Kysely<Tables>, offsetMs: number): Promise<Date> {
  const { rows } = await sql<{
    now: Date;
  }>`SELECT ${sqlNow({ offsetMs: () => offsetMs })} AS now`.execute(on);
  return rows[0]?.now ?? new Date(0);
}

const aMinute = 60_000;

describe('the time of the database', () => {
  it.each([0, 86_400_000, -86_400_000, 1_500, 3 * 365 * 86_400_000])(
    'is moved by the offset of the clock: %i ms',
    async (offsetMs) => {
      const now = await readNow(db, offsetMs);
      expect(Math.abs(now.getTime() - (Date.now() + offsetMs))).toBeLessThan(aMinute);
    },
  );

  it('is the same in a session of another time zone', () =>
    db.connection().execute(async (session) => {
      await sql`SET SESSION time_zone = '+08:00'`.execute(session);
      try {
        for (const offsetMs of [0, 7_200_000]) {
          const now = await readNow(session, offsetMs);
          expect(Math.abs(now.getTime() - (Date.now() + offsetMs))).toBeLessThan(aMinute);
        }
      } finally {
        await sql`SET SESSION time_zone = '+00:00'`.execute(session);
      }
    }));

  it('and every instant stored are the same in a process of any time zone', async () => {
    const instant = new Date('2026-03-08T02:30:00.123Z');
    const zoneBefore = process.env.TZ;
    const offsets = new Set<number>();
    try {
      for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
        process.env.TZ = zone;
        offsets.add(instant.getTimezoneOffset());
        const pool = openDatabase<Tables>({ url, poolSize: 1 });
        const { rows } = await sql<{ back: Date; text: string; day: string }>`
          SELECT CAST(${instant} AS DATETIME(3)) AS back, CAST(${instant} AS CHAR) AS text,
            CAST('2026-03-08' AS DATE) AS day`.execute(pool);
        expect(rows[0]).toMatchObject({ text: '2026-03-08 02:30:00.123', day: '2026-03-08' });
        expect(rows[0]?.back.getTime()).toBe(instant.getTime());
        const now = await readNow(pool, 0);
        expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(aMinute);
        await pool.destroy();
      }
    } finally {
      if (zoneBefore === undefined) delete process.env.TZ;
      else process.env.TZ = zoneBefore;
    }
    expect(offsets.size).toBe(3);
  });
});

describe('checkDatabase', () => {
  it('takes a session of the house and refuses one whose mode would break escaping', () =>
    db.connection().execute(async (session) => {
      await checkDatabase(session);
      for (const mode of ['STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES', '']) {
        await sql`SET SESSION sql_mode = ${mode}`.execute(session);
        await expect(checkDatabase(session)).rejects.toThrow('unsafe sql_mode');
      }
      await sql`SET SESSION sql_mode = 'STRICT_TRANS_TABLES'`.execute(session);
    }));
});

describe('an audit row', () => {
  it('is kept with what was done and goes with what was not', async () => {
    const store = { ...storeOn(db as unknown as Kysely<object>), db };
    const entry = {
      personId: newId(),
      role: 'banner-officer',
      action: 'issue-code',
      objectKind: 'code',
      objectId: newId(),
      requestId: 'request-1',
    };
    const refused = db.transaction().execute(async (tx) => {
      await appendAudit(tx, store, { ...entry, action: 'refused' });
      throw new Error('no');
    });
    await expect(refused).rejects.toThrow('no');
    await db.transaction().execute((tx) => appendAudit(tx, store, { ...entry, detail: { n: 1 } }));
    const rows = await db.selectFrom('kit_audit').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ action: 'issue-code', detail: '{"n":1}' });
    expect(binaryToId(rows[0]?.person_id ?? Buffer.alloc(16))).toBe(entry.personId);
  });
});
