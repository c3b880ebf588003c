import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { community, type FollowUpHouse, openFollowUpHouse } from './follow-up-house.ts';

let house: FollowUpHouse;
beforeAll(async () => {
  house = await openFollowUpHouse(new Date('2026-10-12T09:00:00+08:00'));
});
afterAll(() => house?.stop());

const hex = (id: string) => id.replaceAll('-', '');

/** A new follow-up, sound until the fault is planted in it. */
async function plant(text: string, ...values: string[]): Promise<string[]> {
  const { followUp } = await house.openFollowUp();
  await house.accept(followUp.id, house.officerOver(community));
  expect(await house.audit()).toEqual([]);
  await house.sql(text, ...values, hex(followUp.id));
  const broken = (await house.audit(house.clock.now())).filter((name) => name.startsWith('F'));
  await house.sql('DELETE FROM ratings_appeal');
  await house.sql('DELETE FROM ratings_follow_up_step');
  await house.sql('DELETE FROM ratings_follow_up');
  await house.sql('DELETE FROM ratings_counter');
  await house.sql('DELETE FROM ratings_rating');
  return broken;
}
const update = (change: string) => `UPDATE ratings_follow_up SET ${change} WHERE id = UNHEX(?)`;

describe('the audit names', () => {
  it('a bad rating without its follow-up, F1', async () => {
    const text = 'DELETE FROM ratings_follow_up WHERE id = UNHEX(?)';
    expect(await plant(text)).toContain('F1');
  });

  it('a follow-up on a rating that is not bad, F1', async () => {
    const text = `UPDATE ratings_rating SET level = 4 WHERE id =
      (SELECT rating_id FROM ratings_follow_up WHERE id = UNHEX(?))`;
    expect(await plant(text)).toContain('F1');
  });

  it.each([
    'next_due_at = NULL',
    "next_due_at = '2036-01-01'",
    "state = 'closed', next_due_at = NULL",
    "outcome = 'fixed'",
  ])('a follow-up that nobody watches or that ended by halves, F2: %s', async (change) => {
    expect(await plant(update(change))).toContain('F2');
  });

  it('a deadline that was left behind, F3', async () => {
    expect(await plant(update("next_due_at = '2026-10-01'"))).toEqual(['F3']);
  });

  it.each(['climbs = 1', 'reopenings = 1'])(
    'a hand-over without its line, F4: %s',
    async (change) => {
      expect(await plant(update(change))).toEqual(['F4']);
    },
  );

  it('an officer over a case of their own, F5', async () => {
    expect(await plant(update('subject_person_id = owner_id'))).toEqual(['F5']);
  });

  it('an appeal decided by who handled the case or had no right to it, F6', async () => {
    const text = `INSERT INTO ratings_appeal (id, rating_id, follow_up_id, state, appealed_at,
        decided_by, decided_at)
      SELECT id, rating_id, id, 'upheld', opened_at, owner_id, opened_at FROM ratings_follow_up
      WHERE id = UNHEX(?)`;
    expect(await plant(text)).toEqual(['F6']);
  });
});
