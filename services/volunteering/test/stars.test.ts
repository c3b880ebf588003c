import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import { personErased } from '@ddp/contracts/identity/events';
import {
  entryClosed,
  entryPosted,
  noticeRequested,
  objectionAnswered,
  objectionSubmitted,
  publicationNamed,
  publicationRequested,
  publicationWithdrawn,
} from '@ddp/contracts/notices/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { correctHours, recordHours } from '@ddp/contracts/volunteering/hour-routes';
import {
  appealStar,
  consentToStarNaming,
  decideStarAppeal,
  listMyStars,
  listRecognitionRules,
  listStars,
  recordStarAppeal,
  setRecognitionRules,
  withdrawStarNaming,
} from '@ddp/contracts/volunteering/star-routes';
import type { Star } from '@ddp/contracts/volunteering/stars';
import { admitMember, applyForMembership } from '@ddp/contracts/volunteering/team-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { banner, city, type House, openHouse, programmeId } from './house.ts';
import { createServing } from './serving.ts';

let house: House;
let at: ReturnType<typeof createServing>;
const manager = personAs('city-officer', { areaPaths: [city], programmeId });
const refused = (slug: string) => ({ slug });
const day = 24 * 60;

beforeAll(async () => {
  house = await openHouse();
  at = createServing(house);
  // Two hours, one shift of these tests, make the first star.
  await house.call(setRecognitionRules, { body: { starHours: [2, 4, 6, 8, 10] } }, manager);
});
afterAll(async () => {
  try {
    await eventually(async () => (await house.audit()).length === 0);
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const mine = async (by: PersonPrincipal) => house.call(listMyStars, {}, by);
const waitFor = (by: PersonPrincipal, state: Star['state']) =>
  eventually(async () => (await mine(by)).items.find((star) => star.state === state));
const told = async (by: PersonPrincipal) =>
  (await at.payloadsOf(noticeRequested))
    .filter(({ audience }) => audience.personId === by.personId)
    .map(({ template }) => template);

/** What notices tells of the entry of a star. */
function boardOf(entryId: string) {
  const entry = { entryId, subjectRef: `volunteering-star:${entryId}` };
  const tell = <E extends EventDefinition>({ name }: E, payload: PayloadOf<E>) =>
    house.deliver('volunteering', {
      ...{ eventId: newId(), eventName: name, producer: 'notices', payload, requestId: 'board' },
    });
  const period = { reference: 'GS2026-000123', fromOn: '2026-11-10', toOn: '2026-11-17' };
  return {
    post: () => tell(entryPosted, { ...entry, ...period }),
    object: (objectionId: string) => tell(objectionSubmitted, { ...entry, objectionId }),
    answer: (objectionId: string, verdict: 'upheld' | 'rejected', answeredBy: string) =>
      tell(objectionAnswered, { ...entry, objectionId, verdict, answeredBy }),
    close: (outcome: 'unopposed' | 'objections-rejected' | 'objection-upheld' | 'withdrawn') =>
      tell(entryClosed, { ...entry, outcome }),
  };
}

/** Somebody who has served two verified hours, which propose their first star. */
async function rise() {
  const served = await at.serve();
  expect(await served.confirm()).toBe('verified');
  const star = await waitFor(served.volunteer, 'proposed');
  return { ...served, star, board: boardOf(star.id) };
}

/** The same, whose star has been on the board for its days. */
async function riseAndCount() {
  const risen = await rise();
  await risen.board.post();
  await waitFor(risen.volunteer, 'published');
  house.clock.advanceMs(10 * day * 60_000);
  await risen.board.close('unopposed');
  await waitFor(risen.volunteer, 'active');
  return risen;
}

const correct = (id: string, minutes: number, by = house.officer) =>
  house.call(correctHours, { params: { id }, body: { minutes, reason: '核对监控' } }, by);
const appeal = (star: Star, by: PersonPrincipal) =>
  house.call(appealStar, { params: { id: star.id }, body: { text: '我当天全程在场' } }, by);
const decide = (star: Star, verdict: 'granted' | 'rejected', by: PersonPrincipal) =>
  house.call(
    decideStarAppeal,
    { params: { id: star.id }, body: { verdict, reason: '核对签到记录' } },
    by,
  );

describe('the rules of recognition', () => {
  it('are set over the whole programme alone, and each version stays', async () => {
    const body = { starHours: [2, 4, 6, 8, 10], publicityDays: 3 };
    const banners = personAs('banner-officer', { areaPaths: [banner], programmeId });
    const set = (by: PersonPrincipal) => house.call(setRecognitionRules, { body }, by);
    await expect(set(banners)).rejects.toMatchObject(refused('not-found'));
    await expect(set(house.officer)).rejects.toMatchObject(refused('forbidden'));
    const unordered = { body: { starHours: [2, 2, 6, 8, 10] } };
    const odd = house.call(setRecognitionRules, unordered, manager);
    await expect(odd).rejects.toMatchObject(refused('invalid-request'));
    const { version } = await set(manager);
    const { items } = await house.call(listRecognitionRules, {}, house.newResident());
    expect(items.map((one) => one.version)).toEqual([version, version - 1]);
    expect(items[0]).toMatchObject({ publicityDays: 3, setBy: null });
  });
});

describe('a star', () => {
  it('is proposed by verified hours, never by recorded ones, and told of without a name', async () => {
    const { volunteer, leader, team, star } = await rise();
    const asked = (await at.payloadsOf(publicationRequested)).find(
      ({ entryId }) => entryId === star.id,
    );
    expect(asked).toMatchObject({ namedAs: null, authorPersonId: null, areaPath: banner });
    expect(asked.excludedPersonIds).toEqual([volunteer.personId, leader.personId]);
    expect(JSON.stringify(asked)).not.toContain('乌');
    const params = {
      id: (await house.call(applyForMembership, { body: { teamId: team.id } }, volunteer)).id,
    };
    await house.call(admitMember, { params }, leader);
    const typed = { teamId: team.id, personId: volunteer.personId, on: '2026-11-10', minutes: 600 };
    await house.call(recordHours, { body: { ...typed, words: '入户探访' } }, leader);
    await house.call(setRecognitionRules, { body: { starHours: [2, 4, 6, 8, 10] } }, manager);
    await eventually(async () => (await house.audit()).length === 0);
    expect((await mine(volunteer)).items).toHaveLength(1);
    expect((await mine(volunteer)).level).toBe(0);
  });

  it('counts once the board says that it was up, and never without', async () => {
    const { volunteer, board, star } = await rise();
    await board.close('unopposed');
    await board.post();
    await eventually(async () => (await mine(volunteer)).level === 1);
    const { items } = await mine(volunteer);
    expect(items[0]).toMatchObject({ state: 'active', reference: 'GS2026-000123' });
    expect(await told(volunteer)).toContain('star-granted');
    // The board of this test closed before its days were over, which the audit tells.
    expect(await house.audit()).toEqual(['V30']);
    house.clock.advanceMs(10 * day * 60_000);
    await house.db
      .updateTable('volunteering_star')
      .set({ active_at: house.clock.now() })
      .where('id', '=', Buffer.from(star.id.replaceAll('-', ''), 'hex'))
      .execute();
  });

  it('waits for the answer to an objection, which somebody without a part gives', async () => {
    const { volunteer, board } = await rise();
    const objectionId = newId();
    await board.post();
    await board.object(objectionId);
    await waitFor(volunteer, 'objected');
    await board.answer(objectionId, 'rejected', house.otherOfficer.personId);
    await waitFor(volunteer, 'published');
    house.clock.advanceMs(10 * day * 60_000);
    await board.close('objections-rejected');
    await waitFor(volunteer, 'active');
  });

  it('is withdrawn when its hours are corrected before it counts, and reached anew after', async () => {
    const { volunteer, signUpId, star } = await rise();
    await correct(signUpId, 60);
    const gone = await waitFor(volunteer, 'withdrawn');
    expect(gone).toMatchObject({ id: star.id, reason: 'hours-corrected' });
    const down = await at.payloadsOf(publicationWithdrawn);
    expect(down.map(({ entryId }) => entryId)).toContain(star.id);
    await correct(signUpId, 120);
    const again = await waitFor(volunteer, 'proposed');
    expect(again.id).not.toBe(star.id);
  });

  it('that was refused goes to the board again when somebody else grants the appeal', async () => {
    const { volunteer, board, star } = await rise();
    const objectionId = newId();
    await board.post();
    await board.object(objectionId);
    await board.answer(objectionId, 'upheld', house.officer.personId);
    await board.close('objection-upheld');
    await waitFor(volunteer, 'refused');
    await expect(appeal(star, house.newResident())).rejects.toMatchObject(refused('not-found'));
    await appeal(star, volunteer);
    await expect(appeal(star, volunteer)).rejects.toMatchObject(refused('no-star-appeal'));
    const query = { appealedOnly: 'true' as const };
    const waiting = await house.call(listStars, { query }, house.officer);
    expect(waiting.items.map(({ id }) => id)).toEqual([star.id]);
    await eventually(async () => {
      const answered = await decide(star, 'granted', house.officer).catch((error) => error);
      return answered.slug === 'own-star';
    });
    await expect(decide(star, 'granted', house.stranger)).rejects.toMatchObject(
      refused('not-found'),
    );
    const decided = await decide(star, 'granted', house.otherOfficer);
    expect(decided).toMatchObject({ state: 'refused', reason: 'appeal-granted' });
    const again = await waitFor(volunteer, 'proposed');
    expect(again.id).not.toBe(star.id);
  });

  it('whose hours go afterwards ends by notice, after its time to appeal', async () => {
    const { volunteer, signUpId } = await riseAndCount();
    await correct(signUpId, 30);
    const ending = await waitFor(volunteer, 'ending');
    expect((await mine(volunteer)).level).toBe(1);
    expect(ending.appealUntil).not.toBeNull();
    house.clock.advanceMs(17 * day * 60_000);
    await waitFor(volunteer, 'ended');
    expect((await mine(volunteer)).level).toBe(0);
    expect(await told(volunteer)).toEqual(expect.arrayContaining(['star-ending', 'star-ended']));
    await expect(appeal(ending, volunteer)).rejects.toMatchObject(refused('no-star-appeal'));
  });

  it('stays where an appeal is granted, and ends where it is not', async () => {
    const [kept, lost] = [await riseAndCount(), await riseAndCount()];
    const cases = [
      { ...kept, verdict: 'granted' as const, end: 'active' as const },
      { ...lost, verdict: 'rejected' as const, end: 'ended' as const },
    ];
    for (const { volunteer, signUpId, verdict, end, star } of cases) {
      await correct(signUpId, 90);
      await waitFor(volunteer, 'ending');
      const body = { text: '来到窗口申诉' };
      const written = { params: { id: star.id }, body };
      await house.call(recordStarAppeal, written, house.newGridWorker());
      house.clock.advanceMs(17 * day * 60_000);
      await expect(decide(star, verdict, house.officer)).rejects.toMatchObject(refused('own-star'));
      await decide(star, verdict, house.otherOfficer);
      await waitFor(volunteer, end);
    }
    // What was kept is measured by the hours it was kept with.
    await correct(kept.signUpId, 80);
    await waitFor(kept.volunteer, 'ending');
    await correct(kept.signUpId, 90);
    await waitFor(kept.volunteer, 'active');
  });

  it('is named on the board by consent alone, until the consent is taken back', async () => {
    const { volunteer, star } = await rise();
    const consent = { body: { nickname: '小马' } };
    expect(await house.call(consentToStarNaming, consent, volunteer)).toMatchObject(consent.body);
    const body = { confirm: 'WITHDRAW' as const };
    await house.call(withdrawStarNaming, { body }, volunteer);
    const named = (await at.payloadsOf(publicationNamed)).filter(
      ({ entryId }) => entryId === star.id,
    );
    expect(named.map(({ namedAs, namingVersion }) => [namedAs, namingVersion])).toEqual([
      ['小马', 1],
      [null, 2],
    ]);
  });

  it('leads to nobody once its person was erased', async () => {
    const { volunteer, star } = await rise();
    const { personId } = volunteer;
    await house.deliver('volunteering', {
      ...{ eventId: newId(), eventName: personErased.name, producer: 'identity' },
      ...{ payload: { personId }, requestId: 'erasure' },
    });
    const row = await eventually(async () => {
      const { items } = await house.call(listStars, { query: { limit: 100 } }, house.officer);
      return items.find(({ id, state }) => id === star.id && state === 'withdrawn');
    });
    expect(row.reason).toBe('person-left');
    expect(row.personId).not.toBe(personId);
  });
});

it.each([
  ['V30', "UPDATE volunteering_star SET entry_reference = NULL WHERE state = 'active' LIMIT 1"],
  ['V30', "UPDATE volunteering_star SET objections_open = 1 WHERE state = 'active' LIMIT 1"],
  [
    'V31',
    'UPDATE volunteering_star SET decided_by = appeal_recorded_by WHERE appeal_recorded_by IS NOT NULL AND decided_by IS NOT NULL LIMIT 1',
  ],
  [
    'V31',
    `UPDATE volunteering_star s JOIN volunteering_hours h ON h.person_id = s.person_id
      SET s.answered_by = h.counted_by WHERE s.answered_by IS NOT NULL`,
  ],
  ['V32', "UPDATE volunteering_star SET reached_minutes = 1 WHERE state = 'active' LIMIT 1"],
  [
    'V32',
    `UPDATE volunteering_star s JOIN volunteering_hours h ON h.person_id = s.person_id
      SET h.minutes = 0 WHERE s.state = 'active'`,
  ],
  ['V33', "UPDATE volunteering_star SET live_level = NULL WHERE state = 'active' LIMIT 1"],
])('%s names what is wrong: %s', async (name, fault) => {
  expect(await house.auditWith(fault)).toContain(name);
});
