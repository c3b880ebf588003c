import {
  exportScores,
  readAreaScore,
  readScoreHistory,
  readUnitScore,
} from '@ddp/contracts/ratings/score-routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildCounters } from '../src/operations/rebuild-counters.ts';
import { type House, openHouse } from './house.ts';
import { dayMs, plantWithdrawn, rateTimes as rateAll, tellAll as untilTold } from './telling.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({}, { startAt: new Date('2026-11-02T02:00:00.000Z') });
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const rateTimes = (token: string, levels: readonly number[]) => rateAll(house, token, levels);
const tellAll = () => untilTold(house);

describe('a score', () => {
  it('tells nothing of a day old four, nor of a fifth that may still be withdrawn', async () => {
    const token = house.addCode();
    const id = house.subjectOf(token);
    await rateTimes(token, [5, 5, 5, 5]);
    await tellAll();
    expect(await house.score(id)).toMatchObject({ count: 0, mean: null, margin: null });
    await rateTimes(token, [1]);
    expect(await house.score(id)).toMatchObject({ count: 0, mean: null });
    await tellAll();
    expect(await house.score(id)).toMatchObject({ count: 5, levels: [1, 0, 0, 0, 4], mean: 4.1 });
  });

  it('does not change by fewer than five raters, however often it is read', async () => {
    const token = house.addCode();
    const id = house.subjectOf(token);
    await rateTimes(token, [5, 5, 5, 5, 5]);
    await tellAll();
    const before = await house.score(id);
    for (let more = 0; more < 4; more += 1) {
      await rateTimes(token, [1]);
      await tellAll();
      expect(await house.score(id)).toEqual(before);
    }
    await rateTimes(token, [1]);
    await tellAll();
    expect(await house.score(id)).toMatchObject({ count: 10, levels: [5, 0, 0, 0, 5] });
  });

  it('is told also behind thousands of ratings that were withdrawn', async () => {
    const token = house.addCode();
    const id = house.subjectOf(token);
    await rateTimes(token, [5, 5, 5, 5]);
    await plantWithdrawn(house, id, 2_100);
    await rateTimes(token, [1]);
    await tellAll();
    expect(await house.score(id)).toMatchObject({ count: 5, levels: [1, 0, 0, 0, 4] });
  });

  it('that cannot be told is put off and holds up no other', async () => {
    const [broken, whole] = [house.addCode(), house.addCode()];
    const planted = idToBinary(newId());
    const subject = idToBinary(house.subjectOf(broken));
    await rateTimes(broken, [5, 5, 5, 5, 5]);
    await rateTimes(whole, [5, 5, 5, 5, 5]);
    // A group that stands where the next one has to begin.
    await house.sql(
      `INSERT INTO ratings_bin SELECT ?, subject_id, rater_class, programme_id, UNHEX(REPEAT('0', 32)),
        area_path, '2026-11', MIN(id), MIN(id), 5, 0, 0, 0, 0, 0, 'held', MIN(rated_at)
        FROM ratings_rating WHERE subject_id = ? GROUP BY 2, 3, 4, 6`,
      ...[planted, subject],
    );
    await tellAll();
    expect(await house.score(house.subjectOf(whole))).toMatchObject({ count: 5 });
    expect(await house.score(house.subjectOf(broken))).toMatchObject({ count: 0 });
    await house.sql('DELETE FROM ratings_bin WHERE id = ?', planted);
    await tellAll();
    expect(await house.score(house.subjectOf(broken))).toMatchObject({ count: 5 });
  });

  it('is not told of five ratings of one resident', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    for (let time = 0; time < 5; time += 1) {
      await house.rate(token, resident, { level: 1 });
      await tellAll();
    }
    expect(await house.score(house.subjectOf(token))).toMatchObject({ count: 0, mean: null });
  });

  it('shows guests apart and adds up by month, unit and area', async () => {
    const unitId = newId();
    const areaPath = '/1506/150603/150603777/';
    const token = house.addCode({ areaPath }, { unitId });
    const other = house.addCode({ areaPath }, { unitId });
    const id = house.subjectOf(token);
    const query = { areaCode: '150603777' };
    const area = () => house.call(readAreaScore, { query }, anonymous);
    await rateTimes(token, [5, 5, 5, 5, 5]);
    await Promise.all(Array.from({ length: 5 }, () => house.rate(token, house.guest())));
    await rateTimes(other, [3, 3, 3, 3]);
    await tellAll();
    expect(await house.score(id)).toMatchObject({ count: 5, guestCount: 5 });
    expect(await area()).toMatchObject({ count: 5, guestCount: 5 });
    const nextMonth = new Date('2026-12-05T02:00:00.000Z').getTime();
    house.clock.advanceMs(nextMonth - house.clock.now().getTime());
    await rateTimes(token, [1, 1, 1, 1, 1]);
    await rateTimes(other, [3]);
    await tellAll();
    const history = await house.call(readScoreHistory, { params: { id } }, anonymous);
    expect(history.months.map(({ month, count }) => [month, count])).toEqual([
      ['2026-11', 5],
      ['2026-12', 5],
    ]);
    expect(await area()).toMatchObject({ count: 15, levels: [5, 0, 5, 0, 5] });
    const unit = await house.call(readUnitScore, { params: { id: unitId } }, anonymous);
    expect(unit).toMatchObject({ count: 15 });
    const november = { fromMonth: '2026-11', toMonth: '2026-11' };
    expect(await house.score(id, november)).toMatchObject({ count: 5, levels: [0, 0, 0, 0, 5] });
    expect((await area()).notice).toContain('Ratings alone never decide pay or dismissal');
  });
});

describe('the workbook of an area', () => {
  it('holds each subject with n, interval and the rule, for staff of the area alone', async () => {
    const areaPath = '/1506/150603/150603888/';
    const token = house.addCode({ areaPath });
    await rateTimes(token, [5, 5, 5, 5, 5]);
    await rateTimes(house.addCode({ areaPath }), [1, 1, 1, 1]);
    await tellAll();
    const body = { areaCode: '150603888' };
    const bytes = await house.call(exportScores, { body }, house.officer);
    const headings = [
      '被评价对象',
      '编号',
      '得分',
      '95% 区间 ±',
      '评价数 n',
      '未登录评价数',
      '代评数',
    ];
    const faces = ['非常满意', '满意', '基本满意', '不满意', '非常不满意', '须知'];
    const sheet = await readTable(
      bytes,
      [...headings, ...faces].map((zh) => ({ key: zh, title: { zh, en: zh } })),
    );
    expect(sheet.rows).toHaveLength(1);
    expect(sheet.rows?.[0]?.cells).toMatchObject({
      ...{ 编号: house.subjectOf(token), '评价数 n': '5', 得分: '4.5', '95% 区间 ±': '0' },
      ...{ 非常满意: '5', 须知: expect.stringContaining('Ratings alone never decide pay') },
    });
    const elsewhere = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
    await expect(house.call(exportScores, { body }, elsewhere)).rejects.toMatchObject({
      slug: 'not-found',
    });
    const acts = await house.sql(
      `SELECT detail FROM ratings_audit WHERE action = 'export-scores' AND object_id = '150603888'`,
    );
    expect(acts.map((row) => JSON.parse(String(row.detail)).rows)).toEqual([1]);
  });
});

describe('the counters', () => {
  it('say what the ratings say, and are rebuilt equal from them', async () => {
    const tokens = Array.from({ length: 4 }, () => house.addCode());
    await Promise.all(
      tokens.flatMap((token) => [1, 2, 3].map((level) => rateTimes(token, [level]))),
    );
    expect(await house.audit()).toEqual([]);
    const everything = 'SELECT * FROM ratings_counter ORDER BY 1, 2, 3, 4, 5, 6';
    const before = await house.sql(everything);
    expect(await rebuildCounters(house)).toMatchObject({ corrected: 0 });
    await house.sql('UPDATE ratings_counter SET level_5 = level_5 + 1');
    expect(await house.audit()).toEqual(['R2']);
    expect(await rebuildCounters(house)).toMatchObject({ corrected: before.length });
    expect(await house.sql(everything)).toEqual(before);
  });

  it('are rebuilt while ratings come, and miss none', async () => {
    const token = house.addCode();
    const rating = rateTimes(
      token,
      Array.from({ length: 60 }, (_none, index) => (index % 5) + 1),
    );
    for (let time = 0; time < 5; time += 1) await rebuildCounters(house);
    await rating;
    expect(await house.audit()).toEqual([]);
  });
});

describe('the audit', () => {
  const planted = async (fault: string, mend: string): Promise<string[]> => {
    await house.sql(fault);
    const broken = await house.audit();
    await house.sql(mend);
    return broken;
  };

  it('names a group that is too small, or tells more than its ratings', async () => {
    expect(
      await planted(
        'UPDATE ratings_bin SET raters = raters - 1 WHERE raters = 5',
        'UPDATE ratings_bin SET raters = raters + 1 WHERE raters = 4',
      ),
    ).toEqual(['R3']);
    expect(
      await planted(
        'UPDATE ratings_bin SET level_2 = level_2 + 1',
        'UPDATE ratings_bin SET level_2 = level_2 - 1',
      ),
    ).toEqual(['R3']);
  });

  it('names groups that overlap', async () => {
    const token = house.addCode();
    for (let time = 0; time < 2; time += 1) {
      await rateTimes(token, [5, 5, 5, 5, 5]);
      await tellAll();
    }
    const id = Buffer.from(house.subjectOf(token).replaceAll('-', ''), 'hex');
    const [first, second] = await house.sql(
      'SELECT id, last_id FROM ratings_bin WHERE subject_id = ? ORDER BY first_id',
      id,
    );
    await house.sql('UPDATE ratings_bin SET last_id = ? WHERE id = ?', second?.last_id, first?.id);
    expect(await house.audit()).toEqual(['R4']);
    await house.sql('UPDATE ratings_bin SET last_id = ? WHERE id = ?', first?.last_id, first?.id);
  });

  it('names a second walk-up rating of one day', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    await house.rate(token, resident);
    house.clock.advanceMs(dayMs);
    await house.rate(token, resident);
    const person = Buffer.from(resident.personId.replaceAll('-', ''), 'hex');
    const rows = await house.sql(
      'SELECT id, rated_on FROM ratings_rating WHERE person_id = ? ORDER BY id',
      person,
    );
    const move = (on: unknown) =>
      house.sql('UPDATE ratings_rating SET rated_on = ? WHERE id = ?', on, rows[1]?.id);
    await move(rows[0]?.rated_on);
    expect(await house.audit()).toContain('I13');
    await move(rows[1]?.rated_on);
  });
});
