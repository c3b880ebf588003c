import type { PersonPrincipal } from '@ddp/contracts/principal';
import { recordHours } from '@ddp/contracts/volunteering/hour-routes';
import { listRoster } from '@ddp/contracts/volunteering/sign-up-routes';
import * as tables from '@ddp/contracts/volunteering/table-routes';
import { applyForMembership, listMembers } from '@ddp/contracts/volunteering/team-routes';
import { createSkill, readMyProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { newId } from '@ddp/db-kit/ids';
import type { Column } from '@ddp/paper/spreadsheet/column';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activityColumns,
  hoursColumns,
  memberColumns,
  memberListColumns,
  rosterColumns,
  signUpColumns,
} from '../src/catalogue/table-columns.ts';
import { type House, openHouse } from './house.ts';
import { join, openActivity, shiftIn } from './world.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  try {
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const refused = (slug: string) => ({ slug });
const agreed = { consent: '口头', consentWords: '本人电话确认', consentOn: '2026-11-09' };
type Cells = Record<string, string>;
const fileOf = async (columns: readonly Column[], rows: readonly Cells[]) => {
  const bytes = await writeWorkbook([{ name: '名册', columns, rows: [...rows] }]);
  return Buffer.from(bytes).toString('base64');
};
async function cellsOf<K extends string>(file: unknown, columns: readonly Column<K>[]) {
  const { rows } = await readTable(Buffer.from(file as Uint8Array), columns, { maxRows: 50 });
  return rows?.map(({ cells }) => cells) ?? [];
}
const numberOf = async (person: PersonPrincipal) =>
  (await house.call(readMyProfile, {}, person)).number;
const newNumbered = async () => {
  const person = await house.newVolunteer();
  return { person, number: await numberOf(person) };
};

describe('a roster of members', () => {
  const send = async (
    teamId: string,
    rows: readonly Cells[],
    { dryRun = false, by = house.officer, key = newId() } = {},
  ) => {
    const body = { file: await fileOf(memberColumns, rows), dryRun };
    return house.call(tables.importMembers, { params: { id: teamId }, body }, by, key);
  };
  const rosterOf = async (teamId: string, by: PersonPrincipal) => {
    const { items } = await house.call(listMembers, { params: { id: teamId } }, by);
    return items.filter(({ state }) => state === 'active').map(({ personId }) => personId);
  };

  it('is brought in whole, once by its key, and who was in stays as they were', async () => {
    const { team, leader } = await openActivity(house, [shiftIn(house, 2)]);
    const people = [await newNumbered(), await newNumbered()];
    const applied = await newNumbered();
    await house.call(applyForMembership, { body: { teamId: team.id } }, applied.person);
    const rows = [...people, applied].map(({ number }) => ({ number, ...agreed }));
    rows.push({ number: await numberOf(leader), ...agreed });
    const dry = await send(team.id, rows, { dryRun: true });
    expect(dry).toEqual({ dryRun: true, rows: 4, added: 3, unchanged: 1, errors: [] });
    expect(await rosterOf(team.id, leader)).toEqual([leader.personId]);
    const key = newId();
    const both = await Promise.all([send(team.id, rows, { key }), send(team.id, rows, { key })]);
    expect(both.map(({ added }) => added)).toEqual([3, 3]);
    const members = [...people, applied].map(({ person }) => person.personId);
    expect((await rosterOf(team.id, leader)).sort()).toEqual([leader.personId, ...members].sort());
    expect(await send(team.id, rows)).toMatchObject({ added: 0, unchanged: 4 });
    const file = await house.call(tables.exportMembers, { params: { id: team.id } }, leader);
    const shown = await cellsOf(file, memberListColumns);
    expect(shown).toHaveLength(4);
    expect(shown.filter(({ role }) => role === '队长')).toHaveLength(1);
    const byOther = house.call(tables.exportMembers, { params: { id: team.id } }, house.stranger);
    await expect(byOther).rejects.toMatchObject(refused('not-found'));
  });

  it('with one error brings in nobody, and says which row it is', async () => {
    const { team, leader } = await openActivity(house, [shiftIn(house, 2)]);
    const { number } = await newNumbered();
    const rows = [
      { number, ...agreed },
      { number, ...agreed },
      { number: '00000000', ...agreed },
      { number: (await newNumbered()).number, ...agreed, consent: '默认' },
      { number: (await newNumbered()).number, ...agreed, consentOn: '2026-11-30' },
    ];
    const { errors } = await send(team.id, rows, { dryRun: true });
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [3, '志愿者编号'],
      [4, '志愿者编号'],
      [5, '同意方式'],
      [6, '同意日期'],
    ]);
    await expect(send(team.id, rows)).rejects.toMatchObject(refused('table-has-errors'));
    expect(await rosterOf(team.id, leader)).toEqual([leader.personId]);
    const whole = [{ number, ...agreed }];
    const foreign = send(team.id, whole, { by: house.stranger });
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
    await expect(send(team.id, whole, { by: leader })).rejects.toMatchObject(refused('forbidden'));
    const many = Array.from({ length: 201 }, () => ({ number, ...agreed }));
    expect((await send(team.id, many, { dryRun: true })).errors).toHaveLength(1);
  });

  it('has a template to fill in', async () => {
    const file = await house.call(tables.readMemberTemplate, {}, house.officer);
    const read = await readTable(Buffer.from(file), memberColumns);
    expect(read.errors?.[0]?.message.en).toContain('no row');
    const other = await house.call(tables.readSignUpTemplate, {}, house.officer);
    expect(await readTable(Buffer.from(other), signUpColumns)).toMatchObject({ rows: null });
  });
});

describe('a roster of a shift', () => {
  const send = async (shiftId: string, rows: readonly Cells[], dryRun = false) => {
    const body = { file: await fileOf(signUpColumns, rows), dryRun };
    return house.call(tables.importSignUps, { params: { id: shiftId }, body }, house.officer);
  };

  it('takes places as each would by themselves, and waits behind them', async () => {
    const { id: skillId } = await house.call(
      createSkill,
      { body: { name: '急救' } },
      house.officer,
    );
    const skillPlaces = [{ skillId, places: 1 }];
    const { shift, leader } = await openActivity(house, [
      shiftIn(house, 4, { places: 2, skillPlaces }),
    ]);
    const able = await house.newVolunteer('1990-05', [skillId]);
    const [first, second, third] = [await newNumbered(), await newNumbered(), await newNumbered()];
    await join(house, shift.id, first.person);
    const plain = [first, second, third].map(({ number }) => ({ number, ...agreed }));
    const unable = { number: second.number, ...agreed, skill: '急救' };
    const faulty = await send(shift.id, [unable], true);
    expect(faulty.errors).toMatchObject([{ row: 2, message: { zh: expect.any(String) } }]);
    const skilled = { number: await numberOf(able), ...agreed, skill: '急救' };
    const sent = await send(shift.id, [...plain, skilled]);
    expect(sent).toMatchObject({ rows: 4, added: 3, unchanged: 1 });
    const roster = await house.call(listRoster, { params: { id: shift.id } }, leader);
    expect(roster.items.map(({ state }) => state).sort()).toEqual([
      ...['signed', 'signed', 'signed', 'waiting'],
    ]);
    const file = await house.call(tables.exportRoster, { params: { id: shift.id } }, leader);
    const shown = await cellsOf(file, rosterColumns);
    expect(shown.map(({ assisted }) => assisted).sort()).toEqual(['', '是', '是', '是']);
    expect(shown.filter(({ skill }) => skill === '急救')).toMatchObject([{ state: '已报名' }]);
  });
});

describe('lists', () => {
  it('are taken out by their filters, as texts to whoever opens them', async () => {
    const { leader, team } = await openActivity(house, [shiftIn(house, 2)], { title: '=1+1' });
    const typed = { teamId: team.id, personId: leader.personId, minutes: 30 };
    for (const on of ['2026-10-31', '2026-11-01', '2026-11-09']) {
      await house.call(recordHours, { body: { ...typed, on, words: '=HYPERLINK("x")' } }, leader);
    }
    const body = { kind: 'recorded' as const, from: '2026-11-01', to: '2026-11-08' };
    const file = await house.call(tables.exportHours, { body }, house.officer);
    expect(await cellsOf(file, hoursColumns)).toMatchObject([
      { on: '2026-11-01', kind: '补录', minutes: '30', title: '=HYPERLINK("x")' },
    ]);
    expect(Buffer.from(file).includes('<f>')).toBe(false);
    const elsewhere = { areaCode: '150602' };
    const foreign = house.call(tables.exportHours, { body: elsewhere }, house.officer);
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
    const found = await house.call(
      tables.exportActivities,
      { body: { state: 'published', search: '=1' } },
      house.officer,
    );
    const shown = await cellsOf(found, activityColumns);
    expect(shown).toMatchObject([{ title: '=1+1', state: '已发布', place: '滨河公园' }]);
    const taken = await house.db
      .selectFrom('volunteering_audit')
      .select('action')
      .where('action', 'like', 'export-%')
      .execute();
    expect(new Set(taken.map(({ action }) => action))).toEqual(
      new Set(['export-team', 'export-shift', 'export-hours', 'export-activities']),
    );
  });
});
