import {
  checkResidentCard,
  issueResidentCard,
  listResidentCards,
  readCardHolder,
  revokeResidentCard,
} from '@ddp/contracts/codes/resident-card-routes';
import { personErased } from '@ddp/contracts/identity/events';
import { newId } from '@ddp/db-kit/ids';
import { newToken } from '@ddp/qr/token';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodesHouse, officer, openCodesHouse, stranger } from './house.ts';

let house: CodesHouse;
beforeAll(async () => {
  house = await openCodesHouse();
});
afterAll(() => house?.stop());

const issue = (personId = newId(), as = officer, key = newId()) =>
  house.call(issueResidentCard, { body: { personId, areaCode: '150603' } }, as, key);
const holderOf = (token: string, as = officer) =>
  house.call(readCardHolder, { params: { token } }, as);
const revoke = (id: string, as = officer) => house.call(revokeResidentCard, { params: { id } }, as);

describe('a card for a resident without a phone', () => {
  it('is one in force for each person, also under parallel requests', async () => {
    const personId = newId();
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => issue(personId)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(issue(personId)).rejects.toMatchObject({ slug: 'card-exists' });
  });

  it('answers a repeat with the first card', async () => {
    const [personId, key] = [newId(), newId()];
    const first = await issue(personId, officer, key);
    expect(await issue(personId, officer, key)).toEqual(first);
  });

  it('tells signed-in staff of the area whose it is, and nobody else', async () => {
    const card = await issue();
    expect(await holderOf(card.shortCode.toLowerCase())).toMatchObject({
      cardId: card.id,
      personId: card.personId,
    });
    await expect(holderOf(card.shortCode, anonymous as never)).rejects.toMatchObject({
      document: { status: 401 },
    });
    for (const other of [personAs('resident'), personAs('auditor'), personAs('merchant-owner')]) {
      await expect(holderOf(card.shortCode, other)).rejects.toMatchObject({
        document: { status: 403 },
      });
    }
  });

  it('tells a service in which staff act by it, within the area of the staff', async () => {
    const card = await issue();
    const check = (areaPaths: string[], by = serviceAs('volunteering')) =>
      house.call(checkResidentCard, { body: { card: card.shortCode, areaPaths } }, by);
    expect((await check(officer.areaPaths)).personId).toBe(card.personId);
    for (const paths of [stranger.areaPaths, []]) {
      await expect(check(paths)).rejects.toMatchObject({ slug: 'invalid-code' });
    }
    await expect(check(officer.areaPaths, officer as never)).rejects.toMatchObject({
      document: { status: 403 },
    });
  });

  it('answers alike when it is revoked, of another area, or never was', async () => {
    const [revoked, foreign] = [await issue(), await issue()];
    await revoke(revoked.id);
    const refusals = await Promise.all(
      [
        holderOf(revoked.shortCode),
        holderOf(foreign.shortCode, stranger),
        holderOf(newToken()),
        holderOf('nonsense'),
      ].map((asked) => asked.catch((error: Error) => error.message)),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain('invalid-code');
  });

  it('can be revoked once, by staff of the area, and replaced then', async () => {
    const card = await issue();
    await expect(revoke(card.id, stranger)).rejects.toMatchObject({ document: { status: 404 } });
    expect(await revoke(card.id)).toMatchObject({ state: 'revoked' });
    await expect(revoke(card.id)).rejects.toMatchObject({ slug: 'conflict' });
    const next = await issue(card.personId);
    const query = { personId: card.personId };
    const { items } = await house.call(listResidentCards, { query }, officer);
    expect(items.map(({ id, state }) => [id, state])).toEqual([
      [next.id, 'active'],
      [card.id, 'revoked'],
    ]);
    expect((await house.call(listResidentCards, { query }, stranger)).items).toEqual([]);
  });

  it('is gone when its person leaves', async () => {
    const card = await issue();
    await house.deliver('codes', {
      eventId: newId(),
      eventName: personErased.name,
      producer: 'identity',
      payload: { personId: card.personId },
      requestId: 'test-request',
    });
    const query = { personId: card.personId };
    await eventually(
      async () => (await house.call(listResidentCards, { query }, officer)).items.length === 0,
    );
    await expect(holderOf(card.shortCode)).rejects.toMatchObject({ slug: 'invalid-code' });
  });
});
