import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { findBroken } from '@ddp/infra/demo/run-audit';
import { walkRating } from '@ddp/infra/demo/walk-rating';
import { walkRedemption } from '@ddp/infra/demo/walk-redemption';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';

const engines = readTestEngines();
const prefix = drawPrefix();
let house: OpenedHouse;
let admin: Connection;

beforeAll(async () => {
  const logDir = mkdtempSync(path.join(tmpdir(), 'ddp-audit-'));
  house = await openHouse({ ...engines, topology: 'mounted', prefix, logDir });
  const step = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
  const options = { house, officer: house.officer, areaCode, step };
  const { resident } = await walkRating(options);
  await walkRedemption(options, resident);
  admin = await createConnection(engines.databaseUrl);
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await house?.stop();
});

/** Writes a fault, hears what the audit names, and takes the fault back. */
async function plant(service: string, fault: string, mend: string): Promise<string> {
  await admin.changeUser({ database: `${prefix}_${service}` });
  await admin.query(fault);
  const broken = findBroken(house.env).join('\n');
  await admin.query(mend);
  return broken;
}

it('is clean after the journeys, and again after every fault was mended', () => {
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
    'rewards',
    'I8 redemptions and holds agree',
    'UPDATE rewards_redemption SET price_points = price_points + 1',
    'UPDATE rewards_redemption SET price_points = price_points - 1',
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
  expect(await plant(service, fault, mend)).toContain(name);
  expect(findBroken(house.env)).toEqual([]);
});
