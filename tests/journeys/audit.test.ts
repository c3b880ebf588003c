import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { findBroken, listFindings } from '@ddp/infra/demo/run-audit';
import { walkRating } from '@ddp/infra/demo/walk-rating';
import { walkRedemption } from '@ddp/infra/demo/walk-redemption';
import { walkVolunteering } from '@ddp/infra/demo/walk-volunteering';
import { programOf } from '@ddp/infra/processes/program';
import { appendAnchor } from '@ddp/ledger/anchor-file';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';

const engines = readTestEngines();
const prefix = drawPrefix();
const logDir = mkdtempSync(path.join(tmpdir(), 'ddp-audit-'));
const LEDGER_ANCHOR_FILE = path.join(logDir, 'anchors.jsonl');
let house: OpenedHouse;
let admin: Connection;

beforeAll(async () => {
  const env = { LEDGER_ANCHOR_FILE };
  house = await openHouse({ ...engines, topology: 'mounted', prefix, logDir, env });
  const step = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
  const options = { house, officer: house.officer, areaCode, step };
  const { resident } = await walkRating(options);
  await walkRedemption({ ...options, officers: house.officers }, resident);
  await walkVolunteering({ ...options, officers: house.officers });
  admin = await createConnection(engines.databaseUrl);
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await house?.stop();
});

/** Checks that join two services need both. */
const joined: Record<string, readonly string[]> = {
  ...{ D13: ['directory'], I8: ['points'], V11: ['points'] },
};

/** Writes a fault, hears what the audit of its service names, and takes the fault back. */
async function plant(
  ...[service, name, fault, mend]: [string, string, string, string]
): Promise<string> {
  await admin.changeUser({ database: `${prefix}_${service}` });
  await admin.query(fault);
  const others = joined[name.split(' ')[0] ?? ''] ?? [];
  const broken = findBroken(house.env, [service, ...others]).join('\n');
  await admin.query(mend);
  return broken;
}

it('is clean after the journeys', () => {
  expect(findBroken(house.env)).toEqual([]);
});

it.each([
  [
    'points',
    'I14 the chain of the ledger verifies',
    'UPDATE points_ledger_transfer SET amount = amount + 1 ORDER BY block_seq LIMIT 1',
    'UPDATE points_ledger_transfer SET amount = amount - 1 ORDER BY block_seq LIMIT 1',
  ],
  [
    'points',
    'I14 the chain of the ledger verifies',
    'UPDATE points_ledger_head SET seq = seq - 1',
    'UPDATE points_ledger_head SET seq = seq + 1',
  ],
  [
    'points',
    'I1 debits equal credits',
    'UPDATE points_ledger_account SET credits_posted = credits_posted + 1 WHERE code = 3',
    'UPDATE points_ledger_account SET credits_posted = credits_posted - 1 WHERE code = 3',
  ],
  [
    'points',
    'I1 transfers join two accounts of their unit',
    "UPDATE points_ledger_transfer SET unit = 'cents' WHERE block_seq = 1",
    "UPDATE points_ledger_transfer SET unit = IF(position = 0, 'standing', 'points') WHERE block_seq = 1",
  ],
  [
    'points',
    'I2 balances equal their transfers',
    'UPDATE points_ledger_account SET debits_posted = debits_posted + 1 WHERE code = 1',
    'UPDATE points_ledger_account SET debits_posted = debits_posted - 1 WHERE code = 1',
  ],
  [
    'points',
    'I4 pending equals the open holds',
    'UPDATE points_ledger_account SET credits_pending = credits_pending + 1 WHERE code = 3',
    'UPDATE points_ledger_account SET credits_pending = credits_pending - 1 WHERE code = 3',
  ],
  [
    'points',
    'I5 a hold ends once',
    "UPDATE points_ledger_hold SET state = 'voided' WHERE state = 'posted'",
    "UPDATE points_ledger_hold SET state = 'posted' WHERE state = 'voided'",
  ],
  [
    'points',
    'I6 no hold outlives its deadline',
    "INSERT INTO points_ledger_hold VALUES (UNHEX(REPEAT('07', 16)), 'open', '2020-01-01')",
    "DELETE FROM points_ledger_hold WHERE transfer_id = UNHEX(REPEAT('07', 16))",
  ],
  [
    'rewards',
    'I8 redemptions and holds agree',
    'UPDATE rewards_redemption SET price_points = price_points + 1',
    'UPDATE rewards_redemption SET price_points = price_points - 1',
  ],
  [
    'volunteering',
    'V11 hours, ledger and points agree',
    'UPDATE volunteering_hours SET minutes = minutes + 1, posted_minutes = posted_minutes + 1',
    'UPDATE volunteering_hours SET minutes = minutes - 1, posted_minutes = posted_minutes - 1',
  ],
  [
    'volunteering',
    'D13 what is alive stands in an area that is there',
    "UPDATE volunteering_team SET area_path = CONCAT('/9999', area_path)",
    'UPDATE volunteering_team SET area_path = SUBSTRING(area_path, 6)',
  ],
  [
    'rewards',
    'D13 what is alive stands in an area that is there',
    "UPDATE rewards_merchant SET area_path = CONCAT('/9999', area_path)",
    'UPDATE rewards_merchant SET area_path = SUBSTRING(area_path, 6)',
  ],
  [
    'identity',
    'D13 what is alive stands in an area that is there',
    "UPDATE identity_person SET area_path = CONCAT('/9999', area_path)",
    'UPDATE identity_person SET area_path = SUBSTRING(area_path, 6)',
  ],
  [
    'notices',
    'I11 every event reaches its consumer',
    `INSERT INTO notices_outbox (id, consumer, event_name, payload, request_id, state, generation,
      available_at, lease_until, created_at) SELECT UNHEX(REPEAT('07', 16)), 'nobody', 'planted', '{}',
      'planted', 0, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 1 DAY,
      UTC_TIMESTAMP(3) - INTERVAL 1 DAY`,
    "DELETE FROM notices_outbox WHERE consumer = 'nobody'",
  ],
])('names what is wrong in %s: %s', async (service, name, fault, mend) => {
  expect(await plant(service, name, fault, mend)).toContain(name);
});

it('is clean again after every fault was mended', () => {
  expect(findBroken(house.env)).toEqual([]);
});

interface HeadRow extends RowDataPacket {
  seq: number;
  hash: Buffer;
}

it('names a ledger that was cut behind a head that points had kept outside', async () => {
  await admin.changeUser({ database: `${prefix}_points` });
  const [rows] = await admin.query<HeadRow[]>('SELECT seq, hash FROM points_ledger_head');
  const seq = Number(rows[0]?.seq);
  const hash = rows[0]?.hash.toString('hex') ?? '';
  await appendAnchor(LEDGER_ANCHOR_FILE, { seq, hash, time: new Date().toISOString() });
  expect(findBroken(house.env)).toEqual([]);
  const last = 'FROM points_ledger_transfer WHERE block_seq =';
  await admin.query(`CREATE TABLE cut_transfer AS SELECT * ${last} ${seq}`);
  await admin.query(
    `CREATE TABLE cut_block AS SELECT * FROM points_ledger_block WHERE seq = ${seq}`,
  );
  await admin.query(`DELETE ${last} ${seq}`);
  await admin.query(`DELETE FROM points_ledger_block WHERE seq = ${seq}`);
  await admin.query(`UPDATE points_ledger_head SET seq = ${seq - 1}, hash =
    (SELECT hash FROM points_ledger_block WHERE seq = ${seq - 1})`);
  const found = findBroken(house.env, ['points']).find((line) => line.includes('I14'));
  await admin.query('INSERT INTO points_ledger_transfer SELECT * FROM cut_transfer');
  await admin.query('INSERT INTO points_ledger_block SELECT * FROM cut_block');
  await admin.query(`UPDATE points_ledger_head SET seq = ${seq}, hash = UNHEX('${hash}')`);
  await admin.query('DROP TABLE cut_transfer, cut_block');
  expect(JSON.parse(found ?? '{}')).toMatchObject({ first: { blockSeq: seq, position: 0 } });
  expect(found).toMatch(/the ledger was cut: block [0-9]+ was anchored/);
  expect(findBroken(house.env)).toEqual([]);
});

it('says how to get anchors where there are none, and does not fail for it', () => {
  const findings = listFindings({ ...house.env, LEDGER_ANCHOR_FILE: '' }, ['points']).join('\n');
  expect(findings).toMatch(/"holds":true.*"anchors":"none: set LEDGER_ANCHOR_FILE/);
  const elsewhere = path.join(logDir, 'not-there.jsonl');
  const missing = listFindings({ ...house.env, LEDGER_ANCHOR_FILE: elsewhere }, ['points']).join(
    '\n',
  );
  expect(missing).toContain(`"anchors":"none: ${elsewhere} is not there; points begins it`);
});

it('says of an install that never ran that there is nothing to audit yet', () => {
  const env = { ...house.env, DATABASE_PREFIX: `${prefix}never` };
  expect(() => listFindings(env)).toThrow(`there is no ${prefix}never_identity to audit yet`);
});

it('finds a ledger that an operator can publish and anybody verify', () => {
  const run = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, [script, ...args], {
      env: { ...process.env, ...house.env },
    });
  const exported = run(programOf('suite', 'export-ledger'));
  expect(exported.status).toBe(0);
  const file = path.join(logDir, 'ledger.jsonl');
  writeFileSync(file, exported.stdout);
  const verified = run(
    path.join(import.meta.dirname, '../../packages/ledger/verify-public-ledger.mjs'),
    file,
  );
  expect(verified.stderr.toString()).toBe('');
  const { blocks, head } = JSON.parse(verified.stdout.toString()) as PublicReport;
  expect(blocks).toBeGreaterThan(2);
  const rest = run(programOf('suite', 'export-ledger'), String(blocks - 1));
  expect(exported.stdout.toString().endsWith(rest.stdout.toString())).toBe(true);
  expect(rest.stdout.toString()).toContain(head.hash);
});

interface PublicReport {
  blocks: number;
  head: { hash: string };
}
