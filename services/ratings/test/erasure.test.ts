import { personErased } from '@ddp/contracts/identity/events';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse, street } from './house.ts';
import { dayMs, rateTimes, tellAll } from './telling.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

it('a rater who left stays one rater of a subject, and leads from none to another', async () => {
  const token = house.addCode();
  const subjectId = house.subjectOf(token);
  const other = house.addCode();
  const rater = personAs('resident');
  for (let day = 0; day < 5; day += 1) {
    await house.rate(token, rater, { level: 1 });
    house.clock.advanceMs(dayMs);
  }
  await house.rate(other, rater);
  await house.tell(personErased, { personId: rater.personId }, 'identity');
  await eventually(async () => {
    const [left] = await house.sql('SELECT COUNT(person_id) AS count FROM ratings_rating');
    return Number(left?.count) === 0;
  });
  const keys = await house.sql(
    'SELECT DISTINCT HEX(rater_key) AS mark, HEX(subject_id) AS subject FROM ratings_rating',
  );
  expect(keys).toHaveLength(2);
  expect(new Set(keys.map(({ mark }) => mark)).size).toBe(2);
  await rateTimes(house, token, [5, 5, 5]);
  await tellAll(house);
  expect(await house.score(subjectId)).toMatchObject({ count: 0 });
  await rateTimes(house, token, [5]);
  await tellAll(house);
  expect(await house.score(subjectId)).toMatchObject({ levels: [5, 0, 0, 0, 4] });
});

const tables = [
  ...['assistance', 'flag', 'case', 'follow_up_terms', 'question_set', 'screened_word'],
  ...['post_card', 'reply', 'appeal', 'rating'],
];

/** Everything that is kept, as text. */
async function readAll(): Promise<string> {
  const rows = await Promise.all(
    tables.map((table) => house.sql(`SELECT * FROM ratings_${table}`)),
  );
  return JSON.stringify(rows.flat(), (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value,
  );
}

const bytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

/** A rating with words of others about it, by staff who did everything that staff does. */
async function plantWords(personId: string, staffId: string): Promise<void> {
  const [id, staff] = [bytes(newId()), bytes(staffId)];
  const rating = await house.rate(house.addCode(), personAs('resident', { personId }));
  const of = bytes(rating.id);
  const insert = (table: string, row: Record<string, unknown>) =>
    house.sql(
      `INSERT INTO ratings_${table} (${Object.keys(row).join()})
        VALUES (${Object.keys(row).map(() => '?')})`,
      ...Object.values(row),
    );
  const at = new Date('2026-10-12');
  const place = { area_path: street };
  await insert('assistance', {
    ...{ rating_id: of, ...place, assisted_by: staff, assisted_by_role: 'grid-worker' },
    ...{ consent: 'spoken', consent_words: 'SECRET', consented_on: '2026-10-12' },
    ...{ elder_ref: 'SECRET', recorded_at: at },
  });
  await insert('flag', {
    ...{ id, rating_id: of, ...place, reason: 'insult', evidence: 'SECRET', flagged_by: staff },
    ...{ flagged_by_role: 'x', flagged_at: at, lifted_by: staff, lifted_words: 'SECRET' },
  });
  await insert('reply', {
    ...{ rating_id: of, id, ...place, text: 'SECRET', state: 'held', replied_at: at },
  });
  await insert('appeal', {
    ...{ id, rating_id: of, follow_up_id: id, text: 'SECRET', state: 'upheld', appealed_at: at },
    ...{ decision: 'SECRET', decided_by: staff, decided_at: at },
  });
  await insert('case', {
    ...{ id, pattern: 'pair', once_key: id, ...place, ratings: 0, state: 'harmless' },
    ...{ opened_at: at, due_at: at, decided_by: staff, decided_at: at },
  });
  await insert('follow_up_terms', {
    ...{ programme_id: id, version: 1, from_on: '2036-01-01', terms: '{}', set_by: staff },
    set_at: at,
  });
  await insert('question_set', {
    ...{ id, programme_id: id, state: 'draft', content: '{}', from_on: '2036-01-01' },
    ...{ drafted_by: staff, drafted_at: at },
  });
  const word = { id, word: '词', folded: id, added_by: staff, added_at: at };
  await insert('screened_word', word);
  await insert('post_card', {
    ...{ post_id: id, person_id: staff, from_on: '2020-01-01', version: 1 },
  });
}

it('leaves neither words about a person who left nor who of the staff they were', async () => {
  const [personId, staffId] = [newId(), newId()];
  await plantWords(personId, staffId);
  expect(await readAll()).toContain('SECRET');
  expect(await readAll()).toContain(bytes(staffId).toString('hex'));
  await house.tell(personErased, { personId }, 'identity');
  await eventually(async () => !(await readAll()).includes('SECRET'));
  await house.tell(personErased, { personId: staffId }, 'identity');
  await eventually(async () => !(await readAll()).includes(bytes(staffId).toString('hex')));
  await house.sql('DELETE FROM ratings_appeal');
});
