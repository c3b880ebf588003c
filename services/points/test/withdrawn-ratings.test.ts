import { personErased } from '@ddp/contracts/identity/events';
import {
  appealReversal,
  decideReversal,
  listMyReversals,
  listReversals,
} from '@ddp/contracts/points/reversal-routes';
import {
  leaveProgramme,
  postHold,
  readHold,
  readMyStatement,
  voidHold,
} from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { ratingLeftOut, ratingRestored, ratingWithdrawn } from '@ddp/contracts/ratings/events';
import type { FlagReason } from '@ddp/contracts/ratings/review-schemas';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({}, { startAt: new Date('2026-11-02T02:00:00.000Z') });
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const hour = 3_600_000;
const day = 24 * hour;
const ratedOn = '2026-11-02';

/** A resident whose rating has earned its point, which waits. */
async function rated(resident?: PersonPrincipal, ratingId = newId()) {
  const rater = resident ?? (await house.joined());
  const before = await house.balance(rater);
  await house.rated(rater, ratedOn, ratingId);
  await eventually(async () => (await house.balance(rater)).standing === before.standing + 1);
  return { resident: rater, ratingId };
}
const of = ({ resident, ratingId }: { resident: PersonPrincipal; ratingId: string }) => ({
  ...{ programmeId: house.programmeId, personId: resident.personId, ratingId },
});
const withdraw = async (one: Parameters<typeof of>[0]) => {
  await house.tell(ratingWithdrawn, of(one));
  await house.digested();
};
const officer = () =>
  personAs('community-officer', {
    ...{ areaPaths: ['/1506/150603/'], programmeId: house.programmeId },
  });
const leaveOut = async (
  one: Parameters<typeof of>[0],
  reason: FlagReason,
  flagId = newId(),
  by = officer(),
) => {
  const flagged = { flaggedBy: by.personId, flaggedByRole: by.role };
  await house.tell(ratingLeftOut, { ...of(one), ...flagged, flagId, reason });
  await house.digested();
};
const restore = async (one: Parameters<typeof of>[0], flagId: string) => {
  const by = officer();
  const lifted = { liftedBy: by.personId, liftedByRole: by.role };
  await house.tell(ratingRestored, { ...of(one), ...lifted, flagId });
  await house.digested();
};
const reversalsOf = async (resident: PersonPrincipal) =>
  (await house.call(listMyReversals, {}, resident)).items;

describe('a rating that its rater withdraws', () => {
  it('takes its waiting point and its standing along, once, and the statement says why', async () => {
    const one = await rated();
    await withdraw(one);
    expect(await house.balance(one.resident)).toMatchObject({
      ...{ standing: 0, points: 0, maturing: 0 },
    });
    const statement = await house.call(readMyStatement, {}, one.resident);
    expect(statement.items[0]).toMatchObject({
      ...{ kind: 'undoing', standingChange: -1, pointsChange: 0, rule: 'rating' },
      ...{ standingAfter: 0, why: expect.stringContaining('本人已撤回评价') },
    });
    await house.rated(one.resident, ratedOn, one.ratingId);
    await house.digested();
    expect(await house.balance(one.resident)).toMatchObject({ standing: 0, maturing: 0 });
    expect(await house.kinds(one.resident)).toEqual(['undoing', 'award']);
  });

  it('leaves the three of its day to ratings that stay', async () => {
    const first = await rated();
    const { resident } = first;
    await rated(resident);
    await rated(resident);
    await withdraw(first);
    await rated(resident);
    await house.rated(resident, ratedOn);
    await house.digested();
    expect(await house.balance(resident)).toMatchObject({ standing: 3, maturing: 3 });
    expect(await house.audit()).toEqual([]);
  });

  it('earns nothing where the withdrawal is told of first', async () => {
    const one = { resident: await house.joined(), ratingId: newId() };
    await withdraw(one);
    await house.rated(one.resident, ratedOn, one.ratingId);
    await house.digested();
    expect(await house.balance(one.resident)).toMatchObject({ standing: 0, maturing: 0 });
    expect(await house.kinds(one.resident)).toEqual([]);
  });

  it('earns nothing in whatever order both are told at once', async () => {
    const some = await Promise.all(
      Array.from({ length: 8 }, async () => ({
        ...{ resident: await house.joined(), ratingId: newId() },
      })),
    );
    await Promise.all(
      some.flatMap((one) => [
        house.rated(one.resident, ratedOn, one.ratingId),
        house.tell(ratingWithdrawn, of(one)),
      ]),
    );
    await house.digested();
    for (const { resident } of some) {
      expect(await house.balance(resident)).toMatchObject({ standing: 0, maturing: 0 });
    }
    expect(await house.audit()).toEqual([]);
  });

  it('gives its point back also where it has matured meanwhile, and never makes a debt', async () => {
    const free = await rated();
    const spent = await rated();
    house.clock.advanceMs(25 * hour);
    await eventually(async () => (await house.balance(free.resident)).points === 1);
    await eventually(async () => (await house.balance(spent.resident)).points === 1);
    const hold = await house.hold(spent.resident, 1);
    await house.call(postHold, { params: { id: hold.id } }, house.rewards);
    await withdraw(free);
    await withdraw(spent);
    for (const { resident } of [free, spent]) {
      expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0, lots: [] });
    }
    expect(await house.audit()).toEqual([]);
  });

  /** A rater whose point has matured and is held. */
  async function holding(resident?: PersonPrincipal) {
    const one = await rated(resident);
    house.clock.advanceMs(25 * hour);
    await eventually(async () => (await house.balance(one.resident)).points === 1);
    const expiresAt = new Date(house.clock.now().getTime() + 9 * day).toISOString();
    const { id } = await house.hold(one.resident, 1, { expiresAt });
    return { ...one, params: { id } };
  }

  it('takes a point along that is held, when its hold gives it back, and nothing of later ones', async () => {
    const one = await holding();
    await withdraw(one);
    expect(await house.balance(one.resident)).toMatchObject({ points: 0, held: 1 });
    await house.enrich(one.resident);
    const later = await house.hold(one.resident, 5);
    await house.call(voidHold, { params: { id: later.id } }, house.rewards);
    await house.call(voidHold, { params: one.params }, house.rewards);
    expect(await house.balance(one.resident)).toMatchObject({ points: 20, held: 0 });
    const { entries } = await house.call(readHold, { params: one.params }, house.rewards);
    expect(entries.map(({ kind }) => kind)).toEqual(['placed', 'voided', 'recovered']);
    const statement = await house.call(readMyStatement, {}, one.resident);
    expect(statement.items[0]).toMatchObject({
      ...{ kind: 'recovery', pointsChange: -1, standingChange: 0, pointsAfter: 20 },
      why: expect.stringContaining('冻结期间'),
    });
    expect(await house.audit()).toEqual([]);
  });

  it('leaves a held point that is spent where it went, and lets it lapse with who leaves', async () => {
    const spent = await holding();
    const left = await holding();
    await withdraw(spent);
    await withdraw(left);
    await house.call(postHold, { params: spent.params }, house.rewards);
    await house.call(leaveProgramme, { body: { confirm: 'LEAVE' } }, left.resident);
    await house.call(voidHold, { params: left.params }, house.rewards);
    expect(await house.balance(spent.resident)).toMatchObject({ points: 0, held: 0 });
    expect((await house.kinds(spent.resident))[0]).toBe('spending');
    expect((await house.kinds(left.resident)).slice(0, 2)).toEqual(['leaving', 'return']);
    expect(await house.audit()).toEqual([]);
  });

  it('keeps its place of the day where its point was spent, so that no day pays for a fourth', async () => {
    const resident = await house.joined();
    await rated(resident);
    await rated(resident);
    const third = await rated(resident);
    house.clock.advanceMs(25 * hour);
    await eventually(async () => (await house.balance(resident)).points === 3);
    const { id } = await house.hold(resident, 3);
    await house.call(postHold, { params: { id } }, house.rewards);
    await withdraw(third);
    await house.rated(resident, ratedOn);
    await house.digested();
    expect(await house.balance(resident)).toMatchObject({ standing: 2, points: 0, maturing: 0 });
    expect(await house.audit()).toEqual([]);
  });

  it('takes the standing along also from who has left', async () => {
    const one = await rated();
    await house.call(leaveProgramme, { body: { confirm: 'LEAVE' } }, one.resident);
    await withdraw(one);
    const statement = await house.call(readMyStatement, {}, one.resident);
    expect(statement).toMatchObject({ standing: 0, points: 0 });
    expect(await house.audit()).toEqual([]);
  });

  it('changes nothing of who was erased', async () => {
    const one = await rated();
    await house.tell(personErased, { personId: one.resident.personId });
    await house.digested();
    await withdraw(one);
    expect(await house.audit()).toEqual([]);
  });
});

describe('a rating that is left out', () => {
  it.each(['insult', 'coerced', 'mistaken', 'appeal-upheld'] as const)(
    'as %s keeps what an honest rating earned',
    async (reason) => {
      const one = await rated();
      await leaveOut(one, reason);
      expect(await reversalsOf(one.resident)).toEqual([]);
      expect(await house.balance(one.resident)).toMatchObject({ standing: 1, maturing: 1 });
    },
  );

  it('as malicious is given notice of, and loses its point only once nobody appeals', async () => {
    const one = await rated();
    const flagId = newId();
    await leaveOut(one, 'malicious', flagId);
    const [reversal] = await reversalsOf(one.resident);
    expect(reversal).toMatchObject({ state: 'noticed', reason: 'false-evidence', rule: 'rating' });
    expect(await house.balance(one.resident)).toMatchObject({ standing: 1, maturing: 1 });
    house.clock.advanceMs(16 * day);
    await eventually(async () => (await house.balance(one.resident)).standing === 0);
    expect(await house.balance(one.resident)).toMatchObject({ points: 0, maturing: 0 });
    await restore(one, flagId);
    expect(await reversalsOf(one.resident)).toMatchObject([{ state: 'reversed' }]);
  });

  it('does not name its rater to officers before the rater appeals', async () => {
    const one = await rated();
    const author = officer();
    await leaveOut(one, 'test', newId(), author);
    const [own] = await reversalsOf(one.resident);
    const id = own?.id ?? '';
    const seen = async () => {
      const { items } = await house.call(listReversals, { query: { limit: 100 } }, house.officer);
      return items.find((item) => item.id === id);
    };
    expect(await seen()).toMatchObject({ personId: null, noticedBy: null });
    await house.call(
      appealReversal,
      { params: { id }, body: { text: '是真实的评价' } },
      one.resident,
    );
    expect(await seen()).toMatchObject({ personId: one.resident.personId });
    const decision = { params: { id }, body: { verdict: 'lifted' as const, reason: '情况属实' } };
    await expect(house.call(decideReversal, decision, author)).rejects.toMatchObject({
      slug: 'own-decision',
    });
    await house.call(decideReversal, decision, house.officer);
    expect(await house.balance(one.resident)).toMatchObject({ standing: 1 });
  });

  it('keeps its point where the flag is lifted, also where that is told of first', async () => {
    const later = await rated();
    const flagId = newId();
    await leaveOut(later, 'malicious', flagId);
    await restore(later, flagId);
    expect(await reversalsOf(later.resident)).toMatchObject([{ state: 'lifted' }]);
    const before = await rated();
    const other = newId();
    await restore(before, other);
    await leaveOut(before, 'malicious', other);
    expect(await reversalsOf(before.resident)).toEqual([]);
  });

  it('is not noticed again once it was withdrawn, and its notice ends with a withdrawal', async () => {
    const one = await rated();
    await leaveOut(one, 'malicious');
    await withdraw(one);
    expect(await reversalsOf(one.resident)).toMatchObject([{ state: 'lifted' }]);
    const other = await rated();
    await withdraw(other);
    await leaveOut(other, 'malicious');
    expect(await reversalsOf(other.resident)).toEqual([]);
    expect(await house.balance(other.resident)).toMatchObject({ standing: 0 });
  });

  it('earns nothing where it is left out as false before it is told of', async () => {
    const one = { resident: await house.joined(), ratingId: newId() };
    await leaveOut(one, 'not-a-service');
    await house.rated(one.resident, ratedOn, one.ratingId);
    await house.digested();
    expect(await house.kinds(one.resident)).toEqual([]);
  });
});
