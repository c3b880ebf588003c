import {
  recordCertificate,
  withdrawCertificate,
} from '@ddp/contracts/directory/certificate-routes';
import {
  exportCoverage,
  listCoverageAreas,
  readCoverage,
} from '@ddp/contracts/directory/coverage-routes';
import { createSubject, createUnit } from '@ddp/contracts/directory/routes';
import { setUnitState } from '@ddp/contracts/directory/unit-routes';
import type { UnitKind } from '@ddp/contracts/directory/units';
import { newId } from '@ddp/db-kit/ids';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { coverageColumns } from '../src/catalogue/table-columns.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let certificateId: string;
let stationId: string;
const city = personAs('city-officer', { areaPaths: ['/1506/'] });

beforeAll(async () => {
  house = await openHouse();
  await house.plantAreas();
  const open = (kind: UnitKind, areaCode: string) =>
    house.call(createUnit, { body: { name: `${areaCode} 站`, kind, areaCode } }, city);
  await open('service-centre', '150603');
  stationId = (await open('station', '150603001')).id;
  await open('room', '150603001001');
  await open('organization', '150603001002');
  const worker = { kind: 'worker' as const, name: '萨仁', unitId: null, personId: newId() };
  const { id: subjectId } = await house.call(
    createSubject,
    { body: { ...worker, areaCode: '150603001002' } },
    city,
  );
  const terms = { level: 'junior' as const, issuedOn: '2024-01-01' };
  const valid = { ...terms, number: 'A-0001', expiresOn: '2026-11-25', subjectId };
  certificateId = (await house.call(recordCertificate, { body: valid }, city)).id;
  const old = { ...terms, number: 'A-0002', expiresOn: '2026-11-24', subjectId };
  await house.call(recordCertificate, { body: old }, city);
});
afterAll(() => house?.stop());

const figures = async (code: string, principal = city) => {
  const { levels, certifiedWorkers } = await house.call(
    readCoverage,
    { params: { code } },
    principal,
  );
  return [
    levels.map((one) => [one.level, one.areas, one.withStation, one.withCertifiedWorker]),
    certifiedWorkers,
  ];
};

it('counts stations of the fitting kind and workers with a valid certificate, level by level', async () => {
  expect(await figures('1506')).toEqual([
    [
      ['city', 1, 0, 1],
      ['banner', 2, 1, 1],
      ['township', 3, 1, 1],
      ['community', 3, 1, 1],
    ],
    1,
  ]);
  expect(await figures('150603001')).toEqual([
    [
      ['township', 1, 1, 1],
      ['community', 2, 1, 1],
    ],
    1,
  ]);
});

it('tells of no area out of reach', async () => {
  await expect(figures('150602', house.officer)).rejects.toMatchObject({ slug: 'not-found' });
  await expect(figures('1506', house.officer)).rejects.toMatchObject({ slug: 'not-found' });
});

it('lists the areas that lack a station or a certified worker, page by page', async () => {
  const list = async (query: {
    level: 'township' | 'community';
    lacking?: 'station' | 'certified-worker';
    limit?: number;
    cursor?: string;
  }) => house.call(listCoverageAreas, { params: { code: '1506' }, query }, city);
  const codes = async (...args: Parameters<typeof list>) =>
    (await list(...args)).items.map(({ code }) => code);
  expect(await codes({ level: 'community', lacking: 'station' })).toEqual([
    '150602001001',
    '150603001002',
  ]);
  expect(await codes({ level: 'community', lacking: 'certified-worker' })).toEqual([
    '150602001001',
    '150603001001',
  ]);
  const first = await list({ level: 'community', limit: 2 });
  const cursor = first.nextCursor ?? '';
  expect(await codes({ level: 'community', limit: 2, cursor })).toEqual(['150603001002']);
});

it('is exported with every area, and an audit row says who took it', async () => {
  const key = newId();
  const take = () => house.call(exportCoverage, { params: { code: '150603' } }, city, key);
  await take();
  const { rows } = await readTable(await take(), coverageColumns);
  expect(rows?.map(({ cells }) => [cells.code, cells.station, cells.workers])).toEqual([
    ['150603', '是', '1'],
    ['150603001', '是', '1'],
    ['150603001001', '是', '0'],
    ['150603001002', '否', '1'],
  ]);
  expect(await house.audited('export-coverage')).toBe(1);
});

it('follows the records: a closed station and a withdrawn certificate count no more', async () => {
  const closing = { state: 'closed' as const, onDate: '2026-11-25', reason: '撤站' };
  await house.call(setUnitState, { params: { id: stationId }, body: closing }, city);
  const params = { id: certificateId };
  await house.call(withdrawCertificate, { params, body: { reason: '登记有误' } }, city);
  expect(await figures('150603001')).toEqual([
    [
      ['township', 1, 0, 0],
      ['community', 2, 1, 0],
    ],
    0,
  ]);
});
