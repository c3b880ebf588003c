import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { issueAreaBatch, readBatch } from '@ddp/contracts/codes/batch-routes';
import { readPrint, readPrintPdf, requestPrint } from '@ddp/contracts/codes/print-routes';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type CodesHouse, officer, openCodesHouse } from './house.ts';

vi.setConfig({ testTimeout: 180_000 });

const subjects = 3_000;
let house: CodesHouse;
let worker: ChildProcess | undefined;
beforeAll(async () => {
  house = await openCodesHouse({ DDP_ROLE: 'http' });
  await house.sql(
    `INSERT INTO codes_subject_card (subject_id, programme_id, kind, name, title, unit_id, unit_name,
        area_name, area_path, person_id, is_active, version)
      SELECT UNHEX(CONCAT('0195512c000070008000', LPAD(HEX(n), 12, '0'))), NULL, 'organization',
        CONCAT('第', n, '服务队'), '', NULL, NULL, '康巴什区', '/1506/150603/', NULL, 1, 1
      FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n
        FROM ${digits('a')}, ${digits('b')}, ${digits('c')}, ${digits('e')}
        HAVING n < ${subjects}) AS numbers`,
  );
});
afterAll(async () => {
  await kill();
  await house?.stop();
});

function digits(name: string): string {
  const rows = Array.from({ length: 10 }, (_none, digit) => `SELECT ${digit} AS d`);
  return `(${rows.join(' UNION ALL ')}) AS ${name}`;
}

/** A port that nobody listens on now; jobs come by Redis, so that nobody needs to know it. */
async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A process of its own that does the jobs of this install. */
async function startWorker(): Promise<void> {
  const main = path.join(import.meta.dirname, '../src/main.ts');
  const options = ['--conditions=ddp-source', '--import', 'tsx/esm', main];
  worker = spawn(process.execPath, options, {
    env: { ...house.context.environment, DDP_ROLE: 'worker', CODES_PORT: `${await findPort()}` },
    stdio: 'ignore',
  });
}

async function kill(): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = new Promise((resolve) => worker?.once('exit', resolve));
  worker.kill('SIGKILL');
  await ended;
}

it('goes on with a batch and a print whose worker was killed, and does nothing twice', async () => {
  const body = { areaCode: '150603', place: '大厅' };
  const { id } = await house.call(issueAreaBatch, { body }, officer);
  const batch = () => house.call(readBatch, { params: { id } }, officer);
  await startWorker();
  await eventually(async () => (await batch()).issued > 0, 60_000);
  await kill();
  const left = await batch();
  expect(left.issued % 1_000).toBe(0);
  await startWorker();
  await eventually(async () => (await batch()).state === 'done', 90_000);
  const [counted] = await house.sql(
    'SELECT COUNT(*) AS codes, COUNT(DISTINCT subject_id) AS subjects FROM codes_code',
  );
  expect([Number(counted?.codes), Number(counted?.subjects)]).toEqual([subjects, subjects]);

  const order = { of: { kind: 'batch' as const, id }, sheet: 'a4-3x8' as const };
  const { id: printId } = await house.call(requestPrint, { body: order }, officer);
  const params = { id: printId };
  const print = () => house.call(readPrint, { params }, officer);
  await eventually(async () => (await print()).drawn > 0, 60_000);
  await kill();
  await startWorker();
  await eventually(async () => (await print()).state === 'ready', 120_000);
  const file = Buffer.from(await house.call(readPrintPdf, { params }, officer));
  expect(file.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(subjects / 24);
  expect(await house.audit()).toEqual([]);
});
