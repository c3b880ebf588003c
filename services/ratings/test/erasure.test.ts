import { personErased } from '@ddp/contracts/identity/events';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
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
