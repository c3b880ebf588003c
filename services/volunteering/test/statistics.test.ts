import { correctHours, recordHours } from '@ddp/contracts/volunteering/hour-routes';
import { confirmOrder } from '@ddp/contracts/volunteering/order-routes';
import { exportStatistic, readStatistic } from '@ddp/contracts/volunteering/statistic-routes';
import { createSkill } from '@ddp/contracts/volunteering/volunteer-routes';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statisticColumns } from '../src/catalogue/table-columns.ts';
import { rebuildStatistics } from '../src/operations/rebuild-statistics.ts';
import { city, type House, openHouse, programmeId } from './house.ts';
import { createMenu } from './menu-world.ts';
import { createServing } from './serving.ts';

let house: House;
let at: ReturnType<typeof createServing>;
beforeAll(async () => {
  house = await openHouse();
  at = createServing(house);
});
afterAll(async () => {
  try {
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const november = '2026-11';
const overseer = personAs('city-officer', { areaPaths: [city], programmeId });
const read = (areaCode: string, period = november, by = overseer) =>
  house.call(readStatistic, { query: { areaCode, period } }, by);
const run = (text: string) => house.db.executeQuery(CompiledQuery.raw(text));
const untold = async () => {
  const { rows } = await house.db.executeQuery(
    CompiledQuery.raw('SELECT 1 FROM volunteering_hours WHERE tally_at IS NOT NULL'),
  );
  return rows.length;
};
const allTold = () => eventually(async () => (await untold()) === 0);
const told = (rebuilt: { corrected: number }) => rebuilt.corrected;
const rebuild = () => rebuildStatistics({ store: { db: house.db, clock: house.clock } });

describe('statistics', () => {
  it('tell of nobody while fewer than five have served', async () => {
    const { confirm } = await at.serve();
    await confirm();
    await allTold();
    const figures = await read('150603');
    expect(figures).toMatchObject({ people: null, verifiedMinutes: null, services: null });
    expect(figures).toMatchObject({ teams: 1, activities: 1, shifts: 1, recordedMinutes: 0 });
  });

  it('count people once, minutes and recorded ones apart, in the area and all above it', async () => {
    for (let one = 0; one < 4; one += 1) await (await at.serve()).confirm();
    const { confirm, signUpId, leader, team } = await at.serve();
    await confirm();
    const body = { minutes: 60, reason: '提前离开' };
    await house.call(correctHours, { params: { id: signUpId }, body }, house.officer);
    const typed = { teamId: team.id, on: '2026-11-09', minutes: 45, words: '入户探访' };
    await house.call(recordHours, { body: { ...typed, personId: leader.personId } }, leader);
    await allTold();
    const counted = { people: 6, services: 6, verifiedMinutes: 660, shifts: 6, activities: 6 };
    // One typed in is one person.
    const rest = { teams: 6, orders: 0, recordedMinutes: null };
    expect(await read('150603')).toMatchObject({ ...counted, ...rest });
    expect(await read('150603001')).toMatchObject({ ...counted, orders: 0, recordedMinutes: 0 });
    expect(await read('1506', '2026-Q4')).toMatchObject({ ...counted, ...rest });
    expect(await read('1506', '2026-10')).toMatchObject({ people: 0, verifiedMinutes: 0 });
  });

  it('count a service of the menu as an order, and by what it wanted', async () => {
    const menu = createMenu(house);
    const { id: skillId } = await house.call(createSkill, { body: { name: '理发' } }, overseer);
    const { params, resident } = await menu.finishedOrder();
    await run(
      `UPDATE volunteering_menu_item SET skill_id = UNHEX('${skillId.replaceAll('-', '')}')`,
    );
    await house.call(confirmOrder, { params }, resident);
    await allTold();
    const figures = await read('150603');
    expect(figures).toMatchObject({ people: 7, services: 7, orders: 1, activities: 6 });
    expect(figures.skills).toEqual([
      { skillId, name: '理发', people: null, verifiedMinutes: null, services: null },
    ]);
  });

  it('are told to those whose posts reach over the area', async () => {
    const [unseen, unknown] = [{ slug: 'not-found' }, { slug: 'unknown-area' }];
    await expect(read('150603', november, house.stranger)).rejects.toMatchObject(unseen);
    await expect(read('159999')).rejects.toMatchObject(unknown);
    await expect(read('150603', '2026-13')).rejects.toMatchObject({ slug: 'invalid-request' });
  });

  it('are taken out as a table that says what is not told, and who took it', async () => {
    const body = { areaCode: '150603', period: '2026-Q4' };
    const file = await house.call(exportStatistic, { body }, overseer);
    const { rows } = await readTable(Buffer.from(file), statisticColumns, { maxRows: 10 });
    expect(rows?.[0]?.cells).toMatchObject({
      ...{ areaCode: '150603', period: '2026-Q4', people: '7', recordedMinutes: '不足 5 人' },
      verifiedMinutes: String(Math.round(((660 + 50) / 60) * 100) / 100),
    });
    const taken = await run("SELECT 1 FROM volunteering_audit WHERE action = 'export-statistic'");
    expect(taken.rows).toHaveLength(1);
  });

  it('equal a rebuild, which mends whatever was wrong and finds nothing then', async () => {
    expect(told(await rebuild())).toBe(0);
    await run('UPDATE volunteering_statistic SET people = people + 3, verified_minutes = 1');
    await run("DELETE FROM volunteering_statistic_member WHERE kind = 'shift' LIMIT 3");
    await run('UPDATE volunteering_hours SET tallied_minutes = tallied_minutes - 1 LIMIT 2');
    expect(await house.audit()).toEqual(['V40', 'V41', 'V42']);
    expect(told(await rebuild())).toBeGreaterThan(3);
    expect(await house.audit()).toEqual([]);
    expect(told(await rebuild())).toBe(0);
    await run('DELETE FROM volunteering_statistic');
    await run('DELETE FROM volunteering_statistic_member');
    expect(told(await rebuild())).toBeGreaterThan(3);
    expect(await house.audit()).toEqual([]);
    expect(await read('150603')).toMatchObject({ people: 7, verifiedMinutes: 710, shifts: 6 });
  });

  it.each([
    ['V40', 'UPDATE volunteering_hours SET tallied_minutes = 7 LIMIT 1'],
    ['V41', "UPDATE volunteering_statistic_member SET uses = 2 WHERE kind = 'person' LIMIT 1"],
    ['V41', "DELETE FROM volunteering_statistic_member WHERE kind = 'team' LIMIT 1"],
    ['V42', 'UPDATE volunteering_statistic SET services = services + 1 LIMIT 1'],
    ['V42', "DELETE FROM volunteering_statistic WHERE period = '2026-Q4' LIMIT 1"],
  ])('%s names what is wrong: %s', async (name, fault) => {
    expect(await house.auditWith(fault)).toContain(name);
  });
});
