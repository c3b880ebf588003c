import { openPlaceCode, readPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import { listTransfers } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { checkIn, confirmAttendances } from '@ddp/contracts/volunteering/attendance-routes';
import { listReviews } from '@ddp/contracts/volunteering/hour-routes';
import { signUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { eventually } from '@ddp/testing/module-harness';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openVolunteeringHouse, type VolunteeringHouse } from './volunteering-house.ts';

const evening = new Date('2026-11-10T10:00:00.000Z');
const begins = new Date('2026-11-10T12:00:00.000Z');
const crowd = 30;
const minuteMs = 60_000;

interface Comer {
  person: PersonPrincipal;
  signUpId: string;
}

let house: VolunteeringHouse;
beforeAll(async () => {
  house = await openVolunteeringHouse(evening);
}, 60_000);
afterAll(() => house?.stop());

it('loses nobody of a crowd that checks in at once, and hours, ledger and points agree', async () => {
  const leader = await house.newVolunteer('队长');
  const opensAt = new Date(begins.getTime() - 60 * minuteMs).toISOString();
  const place = { areaCode: '150603', name: '广场', opensAt, minutesOpen: 420, stepSeconds: 300 };
  const { id } = await house.call(openPlaceCode, { body: place }, house.officer);
  const { shiftId } = await house.openShift(leader, begins, 120, id, crowd);
  const comers: Comer[] = [];
  for (let one = 0; one < crowd; one += 1) {
    const person = await house.newVolunteer('志愿者');
    const { id: signUpId } = await house.call(signUp, { body: { shiftId } }, person);
    comers.push({ person, signUpId });
  }
  const all = async (kind: 'in' | 'out') => {
    const { code } = await house.call(readPlaceCode, { params: { id } }, house.officer);
    const scans = comers.map(({ person, signUpId }) =>
      house.call(checkIn, { body: { signUpId, kind, code: code ?? '' } }, person),
    );
    return (await Promise.all(scans)).map(({ state }) => state);
  };
  house.advance(2 * 60 - 10);
  expect(await all('in')).toEqual(comers.map(() => 'present'));
  house.advance(2 * 60 + 20);
  expect(await all('out')).toEqual(comers.map(() => 'out'));
  const signUpIds = comers.map(({ signUpId }) => signUpId);
  const { results } = await house.call(confirmAttendances, { body: { signUpIds } }, leader);
  expect(results.filter(({ outcome }) => outcome === 'verified')).toHaveLength(crowd);
  for (const { person, signUpId } of comers) {
    await house.expectPoints(person, 20);
    await eventually(async () => {
      const query = { reference: `hours:${signUpId}` };
      const page = await house.call(listTransfers, { query }, serviceAs('volunteering'));
      return page.items[0]?.amount === 120;
    });
  }
  const query = { kind: 'crowd' as const };
  expect((await house.call(listReviews, { query }, house.officer)).items).toHaveLength(1);
  await eventually(async () => (await house.audit()).length === 0);
}, 60_000);
