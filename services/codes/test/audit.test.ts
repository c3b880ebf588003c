import { issueAreaBatch, readBatch } from '@ddp/contracts/codes/batch-routes';
import {
  checkPlaceCode,
  openPlaceCode,
  readPlaceCode,
} from '@ddp/contracts/codes/place-code-routes';
import { readPrint, requestPrint } from '@ddp/contracts/codes/print-routes';
import { checkSuspicion, listSuspicions, readScanCounts } from '@ddp/contracts/codes/report-routes';
import { issueResidentCard } from '@ddp/contracts/codes/resident-card-routes';
import * as routes from '@ddp/contracts/codes/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodesHouse, officer, openCodesHouse, tokenOf } from './house.ts';

let house: CodesHouse;
beforeAll(async () => {
  house = await openCodesHouse();
  const subject = await house.addSubject();
  const code = await house.issue(subject.id, '大厅');
  await batchAndPrint();
  await reportAndCheck(tokenOf(code.url));
  await house.call(issueResidentCard, { body: { personId: newId(), areaCode: '150603' } }, officer);
  await checkIn();
  const visit = { params: { token: tokenOf(code.url) }, query: { isVisit: 'true' } };
  await house.call(routes.resolveScan, visit, serviceAs('ratings'));
  const counts = { params: { id: code.id }, query: {} };
  await eventually(async () => (await house.call(readScanCounts, counts, officer)).total === 1);
});
afterAll(() => house?.stop());

async function batchAndPrint(): Promise<void> {
  const body = { areaCode: '150603', place: '批量' };
  const { id } = await house.call(issueAreaBatch, { body }, officer);
  const batch = () => house.call(readBatch, { params: { id } }, officer);
  await eventually(async () => (await batch()).state === 'done');
  const order = { of: { kind: 'batch' as const, id }, sheet: 'a4-2x4' as const };
  const print = await house.call(requestPrint, { body: order }, officer);
  const params = { id: print.id };
  await eventually(async () => {
    return (await house.call(readPrint, { params }, officer)).state === 'ready';
  });
}

async function reportAndCheck(token: string): Promise<void> {
  const body = { reason: 'other' as const };
  await house.call(routes.reportCode, { params: { token }, body }, anonymous);
  const [report] = (await house.call(listSuspicions, {}, officer)).items;
  const check = { outcome: 'genuine' as const, findings: '没有问题' };
  await house.call(checkSuspicion, { params: { id: report?.id ?? '' }, body: check }, officer);
}

async function checkIn(): Promise<void> {
  const opensAt = new Date(house.clock.now().getTime() - 60_000).toISOString();
  const place = { areaCode: '150603', name: '广场', opensAt, minutesOpen: 60 };
  const { id } = await house.call(openPlaceCode, { body: place }, officer);
  const { code } = await house.call(readPlaceCode, { params: { id } }, officer);
  const body = { code: code ?? '', personId: newId() };
  await house.call(checkPlaceCode, { body }, serviceAs('volunteering'));
}

describe('the audit', () => {
  it('is clean after ordinary work', async () => {
    expect(await house.audit()).toEqual([]);
  });

  it.each([
    ['C1', "UPDATE codes_code SET state = 'retired' WHERE state = 'active'"],
    ['C2', 'UPDATE codes_batch SET issued = issued + 1'],
    ['C2', 'UPDATE codes_batch SET left_out = left_out + 1'],
    ['C2', 'UPDATE codes_batch_row SET code_id = NULL'],
    ['C2', 'UPDATE codes_batch_row SET code_id = NULL, is_left_out = 1'],
    ['C3', "UPDATE codes_batch_row SET place = '别处'"],
    ['C3', 'UPDATE codes_batch_row SET is_left_out = 1'],
    ['C3', 'DELETE FROM codes_code'],
    ['C4', 'DELETE FROM codes_print_part'],
    ['C4', 'UPDATE codes_print_part SET part = part + 1'],
    ['C5', "UPDATE codes_resident_card SET state = 'revoked'"],
    ['C6', 'UPDATE codes_report SET findings = NULL'],
    ['C6', "UPDATE codes_report SET state = 'open'"],
    ['C7', 'UPDATE codes_scan_count SET scans = 0'],
    ['C8', 'UPDATE codes_change_head SET seq = seq + 1'],
    ['C9', 'UPDATE codes_place_use SET step = step + 1000'],
    ['C10', "UPDATE codes_code SET area_path = '/1506/150602/' LIMIT 1"],
  ])('names %s when somebody writes: %s', async (name, statement) => {
    expect(await house.auditWith(statement)).toContain(name);
    expect(await house.audit()).toEqual([]);
  });
});
