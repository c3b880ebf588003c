import { recordCertificate, renewCertificate } from '@ddp/contracts/directory/certificate-routes';
import { createGrid } from '@ddp/contracts/directory/grid-routes';
import { appointSubstitute } from '@ddp/contracts/directory/post-routes';
import { mergeArea } from '@ddp/contracts/directory/relocation-routes';
import {
  createPost,
  createSubject,
  createUnit,
  startProgramme,
} from '@ddp/contracts/directory/routes';
import { setStage } from '@ddp/contracts/directory/subject-routes';
import { setUnitState } from '@ddp/contracts/directory/unit-routes';
import { newId } from '@ddp/db-kit/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ environment: { DDP_ROLE: 'http' } });
  await house.plantAreas();
  await fill();
});
afterAll(() => house?.stop());

const areaCode = '150603001001';

/** One of everything. */
async function fill(): Promise<void> {
  const { officer, administrator } = house;
  const programme = { areaCode: '1506', name: '品德积分' };
  await house.call(startProgramme, { body: programme }, administrator);
  const unit = { name: '滨河社工室', kind: 'room' as const, areaCode };
  const { id: unitId } = await house.call(createUnit, { body: unit }, officer);
  const person = { kind: 'worker' as const, name: '萨仁', personId: newId() };
  const worker = await house.call(
    createSubject,
    { body: { ...person, unitId, areaCode } },
    officer,
  );
  const terms = { level: 'junior' as const, number: 'A-0001', issuedOn: '2024-01-01' };
  const valid = { ...terms, expiresOn: '2027-06-01', subjectId: worker.id };
  const { id } = await house.call(recordCertificate, { body: valid }, officer);
  const renewal = { ...terms, expiresOn: '2030-06-01' };
  await house.call(renewCertificate, { params: { id }, body: renewal }, officer);
  const team = { kind: 'organization' as const, name: '晨光', personId: null, unitId: null };
  const organization = await house.call(createSubject, { body: { ...team, areaCode } }, officer);
  const stage = { stage: 'recorded' as const, onDate: '2026-01-01', evidence: '备案号 1' };
  await house.call(setStage, { params: { id: organization.id }, body: stage }, officer);
  const held = { personId: newId(), role: 'grid-worker' as const, unitId, areaCode };
  const dated = { ...held, fromOn: '2026-01-01', toOn: '2026-12-31' };
  const post = await house.call(createPost, { body: dated }, officer);
  for (const [fromOn, toOn] of [
    ['2026-03-01', '2026-03-10'],
    ['2026-04-01', '2026-04-10'],
  ] as const) {
    const body = { personId: newId(), fromOn, toOn, reason: '休假' };
    await house.call(appointSubstitute, { params: { id: post.id }, body }, officer);
  }
  const grid = { communityCode: areaCode, number: '001', name: '第一网格', households: 400 };
  await house.call(createGrid, { body: grid }, officer);
  const closing = { state: 'closed' as const, onDate: '2026-11-25', reason: '装修' };
  await house.call(setUnitState, { params: { id: unitId }, body: closing }, officer);
  const body = { intoCode: areaCode, reason: '社区合并' };
  await house.call(mergeArea, { params: { code: '150603001002' }, body }, administrator);
  await house.sql("UPDATE directory_relocation SET state = 'settling'");
}

describe('the audit', () => {
  it('is clean after ordinary work', async () => {
    expect(await house.audit()).toEqual([]);
  });

  it.each([
    ['D1', "UPDATE directory_area SET area_path = '/1506/150603/' WHERE code = '150602'"],
    ['D1', "UPDATE directory_area SET parent_code = '999999' WHERE code = '150602'"],
    ['D1', "UPDATE directory_area SET state = 'closed' WHERE code = '150602'"],
    ['D2', "UPDATE directory_subject SET person_id = NULL WHERE kind = 'worker'"],
    ['D2', "UPDATE directory_subject SET person_id = id WHERE kind = 'organization'"],
    ['D3', "UPDATE directory_unit SET area_path = '/1506/999999/'"],
    ['D3', "UPDATE directory_subject SET area_path = '/1506/150602/150603001001/' LIMIT 1"],
    ['D3', "UPDATE directory_post SET area_path = '/1506/150603/150603001/150603001002/' LIMIT 1"],
    ['D3', "UPDATE directory_programme SET area_path = '/1506/150603/'"],
    ['D4', "UPDATE directory_subject SET area_code = '150603001002' LIMIT 1"],
    ['D5', "UPDATE directory_area SET merged_into = NULL WHERE state = 'merged'"],
    ['D5', "UPDATE directory_area SET merged_into = '1506' WHERE state = 'merged'"],
    ['D6', 'DELETE FROM directory_area_past'],
    ['D6', "UPDATE directory_relocation SET state = 'done'"],
    ['D7', "UPDATE directory_unit SET kind = 'station'"],
    ['D7', "UPDATE directory_unit SET state = 'open'"],
    ['D8', 'UPDATE directory_post SET role = NULL WHERE substitute_for IS NOT NULL LIMIT 1'],
    ['D8', "UPDATE directory_post SET to_on = '2027-01-01' WHERE from_on = '2026-04-01'"],
    ['D8', "UPDATE directory_post SET from_on = '2026-03-10' WHERE from_on = '2026-04-01'"],
    ['D9', "UPDATE directory_subject SET stage = 'registered' WHERE stage IS NOT NULL"],
    ['D9', 'DELETE FROM directory_stage'],
    ['D10', "UPDATE directory_certificate SET current_number = NULL WHERE state = 'current'"],
    ['D10', 'UPDATE directory_certificate SET renews = NULL'],
    ['D11', "UPDATE directory_expiry_notice SET outcome = 'sent' LIMIT 1"],
    [
      'D11',
      "UPDATE directory_expiry_notice SET outcome = 'sent', told_at = due_at - INTERVAL 1 DAY LIMIT 1",
    ],
    [
      'D13',
      "UPDATE directory_subject SET is_active = 0, photo_digest = REPEAT('x', 32) WHERE kind = 'worker'",
    ],
    ['D12', "UPDATE directory_area SET households = 1 WHERE level = 'community' LIMIT 1"],
  ])('names %s where it is broken by: %s', async (invariant, fault) => {
    expect(await house.auditWith(fault)).toContain(invariant);
    expect(await house.audit()).toEqual([]);
  });
});
