import {
  listCertificates,
  recordCertificate,
  renewCertificate,
  withdrawCertificate,
} from '@ddp/contracts/directory/certificate-routes';
import { createSubject } from '@ddp/contracts/directory/routes';
import { closeSubject } from '@ddp/contracts/directory/subject-routes';
import { personErased } from '@ddp/contracts/identity/events';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tellExpiries } from '../src/operations/tell-expiries.ts';
import { community, type House, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  // Sweeps run only where a test calls for them.
  house = await openHouse({ environment: { DDP_ROLE: 'http' } });
  await house.plantAreas();
});
afterEach(async () => {
  expect(await house?.audit()).toEqual([]);
  await house?.stop();
});

const terms = {
  level: 'junior' as const,
  number: '2024-0001',
  issuedOn: '2024-02-01',
  expiresOn: '2027-02-01',
};
const hire = (kind: 'worker' | 'volunteer' = 'worker') => {
  const body = { kind, name: '萨仁', unitId: null, areaCode: '150603001001', personId: newId() };
  return house.call(createSubject, { body }, house.officer);
};
const record = (subjectId: string, fields: object = {}, principal = house.officer, key = newId()) =>
  house.call(recordCertificate, { body: { subjectId, ...terms, ...fields } }, principal, key);
const sweep = (limit?: number) =>
  tellExpiries(
    {
      store: { db: house.db, prefix: 'directory', clock: house.clock, onCommit: () => {} },
      clock: house.clock,
      log: house.context.log,
    } as never,
    limit,
  );
const told = async () =>
  (await house.sent(noticeRequested)).map(({ audience, params }) => [
    audience.kind,
    Number(params.days),
  ]);

describe('a certificate', () => {
  it('is recorded once for one key and one number, of workers in reach alone', async () => {
    const worker = await hire();
    const key = newId();
    const [one, again] = await Promise.all([
      record(worker.id, {}, house.officer, key),
      record(worker.id, {}, house.officer, key),
    ]);
    expect(one).toEqual(again);
    expect(one).toMatchObject({ state: 'current', subjectName: '萨仁', renews: null });
    const refused = (attempt: Promise<unknown>, slug: string) =>
      expect(attempt).rejects.toMatchObject({ slug });
    await refused(record(worker.id), 'certificate-number-taken');
    await refused(record(worker.id, {}, house.stranger), 'not-found');
    await refused(record(worker.id, {}, house.reader), 'forbidden');
    const volunteer = await hire('volunteer');
    await refused(record(volunteer.id, { number: '2024-0002' }), 'subject-is-no-worker');
    const reversed = { number: '2024-0003', expiresOn: '2024-01-31' };
    await refused(record(worker.id, reversed), 'certificate-expires-before-issue');
  });

  it('is renewed by one renewal, under the same number, and the old one stays', async () => {
    const worker = await hire();
    const { id } = await record(worker.id);
    const body = { ...terms, level: 'intermediate' as const, expiresOn: '2030-02-01' };
    const renew = () => house.call(renewCertificate, { params: { id }, body }, house.officer);
    const tries = await Promise.allSettled([renew(), renew(), renew()]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const query = { subjectId: worker.id };
    const { items } = await house.call(listCertificates, { query }, house.officer);
    expect(items.map(({ state, level, renews }) => [state, level, renews])).toEqual([
      ['current', 'intermediate', id],
      ['renewed', 'junior', null],
    ]);
  });

  it('is found by what expires before a day, by area, level and number', async () => {
    const worker = await hire();
    await record(worker.id);
    await record(worker.id, { number: 'B-7000', level: 'senior', expiresOn: '2029-01-01' });
    const list = async (query: object, principal = house.officer) =>
      (await house.call(listCertificates, { query }, principal)).items.map((one) => one.number);
    expect(await list({ expiringBefore: '2027-02-02' })).toEqual(['2024-0001']);
    expect(await list({ expiringBefore: '2027-02-01' })).toEqual([]);
    expect(await list({ level: 'senior', areaCode: '150603001' })).toEqual(['B-7000']);
    expect(await list({ search: '2024' })).toEqual(['2024-0001']);
    expect(await list({}, house.stranger)).toEqual([]);
  });
});

describe('the expiry of a certificate', () => {
  it('is told to the worker and the officers 60, 30 and 7 days ahead, once each', async () => {
    const worker = await hire();
    await record(worker.id);
    await sweep();
    expect(await told()).toEqual([]);
    const days: [string, number][] = [];
    for (const [day, left] of [
      ['2026-12-03', 60],
      ['2027-01-02', 30],
      ['2027-01-25', 7],
    ] as const) {
      house.clock.setTo(new Date(`${day}T00:59:00Z`));
      await sweep();
      expect(await told()).toEqual(days);
      house.clock.setTo(new Date(`${day}T01:01:00Z`));
      await Promise.all([sweep(), sweep()]);
      await sweep();
      days.push(['person', left], ['role', left]);
      expect(await told()).toEqual(days);
    }
    const [toWorker, toOfficer] = await house.sent(noticeRequested);
    expect(toWorker).toMatchObject({ audience: { personId: worker.personId } });
    expect(toOfficer).toMatchObject({
      audience: { role: 'community-officer', areaPath: community },
      params: { number: '2024-0001', level: 'junior', expiresOn: '2027-02-01' },
    });
  });

  it('is told of no certificate that was renewed or withdrawn, nor of a closed subject', async () => {
    const worker = await hire();
    const renewed = await record(worker.id);
    const body = { ...terms, expiresOn: '2032-02-01' };
    await house.call(renewCertificate, { params: { id: renewed.id }, body }, house.officer);
    const withdrawn = await record(worker.id, { number: '2024-0002' });
    const params = { id: withdrawn.id };
    const withdraw = () =>
      house.call(withdrawCertificate, { params, body: { reason: '登记有误' } }, house.officer);
    expect(await withdraw()).toMatchObject({ state: 'withdrawn', withdrawalReason: '登记有误' });
    await expect(withdraw()).rejects.toMatchObject({ slug: 'conflict' });
    const leaver = await hire();
    await record(leaver.id, { number: '2024-0003' });
    const closing = { params: { id: leaver.id }, body: { reason: '离职' } };
    await house.call(closeSubject, closing, house.officer);
    house.clock.setTo(new Date('2027-01-30T04:00:00Z'));
    await sweep();
    expect(await told()).toEqual([]);
    const open = await house.sql('SELECT 1 FROM directory_expiry_notice WHERE outcome IS NULL');
    // Those of the renewal are years away.
    expect(open).toHaveLength(3);
  });

  it('is told of the others though the first ones of a page cannot be told', async () => {
    const broken = await hire();
    await record(broken.id);
    await record(broken.id, { number: '2024-0002' });
    const worker = await hire();
    await record(worker.id, { number: '2024-0003' });
    const area = 'UPDATE directory_subject SET area_path = ? WHERE id = ?';
    await house.sql(area, 'nowhere', idToBinary(broken.id));
    house.clock.setTo(new Date('2026-12-03T01:01:00Z'));
    await sweep(1);
    const numbers = async () =>
      (await house.sent(noticeRequested)).map(({ params }) => params.number).filter(Boolean);
    expect(await numbers()).toEqual(['2024-0003']);
    await house.sql(area, community, idToBinary(broken.id));
    await sweep(1);
    expect((await numbers()).sort()).toEqual(['2024-0001', '2024-0002', '2024-0003']);
  });

  it('leaves nothing behind when the person is erased', async () => {
    await house.stop();
    house = await openHouse();
    await house.plantAreas();
    const worker = await hire();
    await record(worker.id);
    await house.deliver('directory', {
      eventId: newId(),
      eventName: personErased.name,
      producer: 'identity',
      payload: { personId: worker.personId },
      requestId: 'test-request',
    });
    await eventually(async () => {
      const left = await house.sql('SELECT 1 FROM directory_certificate');
      return left.length === 0;
    });
    expect(await house.sql('SELECT 1 FROM directory_expiry_notice')).toEqual([]);
  });
});
