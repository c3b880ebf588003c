import type { PersonPrincipal } from '@ddp/contracts/principal';
import { confirmAttendances, scanVolunteer } from '@ddp/contracts/volunteering/attendance-routes';
import * as routes from '@ddp/contracts/volunteering/project-routes';
import { newId } from '@ddp/db-kit/ids';
import { anonymous } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, programmeId } from './house.ts';
import { createServing } from './serving.ts';
import { join, openActivity, shiftIn } from './world.ts';

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

const refused = (slug: string) => ({ slug });
const body = { title: '暖冬行动', goal: '探访独居老人', fromOn: '2026-11-01', toOn: '2026-11-30' };
const approve = (id: string, by = house.officer) =>
  house.call(routes.approveProject, { params: { id } }, by);
const start = (id: string, by: PersonPrincipal) =>
  house.call(routes.startProject, { params: { id } }, by);
const close = (id: string, by: PersonPrincipal) =>
  house.call(routes.closeProject, { params: { id } }, by);
const bring = (activityId: string, projectId: string | null, by: PersonPrincipal) =>
  house.call(routes.setProjectOfActivity, { params: { id: activityId }, body: { projectId } }, by);
const told = async (id: string) => {
  const query = { programmeId, limit: 100 };
  const { items } = await house.call(routes.listPublicProjects, { query }, anonymous);
  return items.find((one) => one.id === id);
};

describe('a project', () => {
  it('is approved by an officer who has not written it, and read by anybody from then on', async () => {
    const { team, leader } = await openActivity(house, [shiftIn(house, 2)]);
    const draft = async (by: PersonPrincipal, key = newId()) =>
      house.call(routes.createTeamProject, { params: { id: team.id }, body }, by, key);
    await expect(draft(house.newResident())).rejects.toMatchObject(refused('not-found'));
    const key = newId();
    const [{ id }, again] = await Promise.all([draft(leader, key), draft(leader, key)]);
    expect(again.id).toBe(id);
    expect(await told(id)).toBeUndefined();
    const late = { ...body, toOn: '2026-10-31' };
    const change = (by: PersonPrincipal, of: object) =>
      house.call(routes.changeProject, { params: { id }, body: { ...body, ...of } }, by);
    await expect(change(leader, late)).rejects.toMatchObject(refused('days-unfit'));
    await change(house.officer, { title: '寒冬行动', targetPeople: 20 });
    await expect(approve(id)).rejects.toMatchObject(refused('own-activity'));
    await expect(approve(id, house.stranger)).rejects.toMatchObject(refused('not-found'));
    const asLeader = { ...house.otherOfficer, personId: leader.personId };
    await expect(approve(id, asLeader)).rejects.toMatchObject(refused('own-activity'));
    await expect(start(id, leader)).rejects.toMatchObject(refused('conflict'));
    const twice = await Promise.allSettled([
      approve(id, house.otherOfficer),
      approve(id, house.otherOfficer),
    ]);
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await told(id)).toMatchObject({ title: '寒冬行动', state: 'approved', people: 0 });
    await expect(change(leader, {})).rejects.toMatchObject(refused('conflict'));
    await start(id, leader);
    expect((await close(id, leader)).state).toBe('closed');
    await expect(start(id, leader)).rejects.toMatchObject(refused('conflict'));
    const query = { state: 'closed' as const };
    const led = { params: { id: team.id }, query };
    expect((await house.call(routes.listTeamProjects, led, leader)).items).toHaveLength(1);
    const area = await house.call(routes.listAreaProjects, { query }, house.stranger);
    expect(area.items).toEqual([]);
  });

  it('has the activities of its team alone, each once, until it is closed', async () => {
    const own = await openActivity(house, [shiftIn(house, 2)]);
    const other = await openActivity(house, [shiftIn(house, 3)]);
    const params = { id: own.team.id };
    const { id } = await house.call(routes.createTeamProject, { params, body }, own.leader);
    const activityId = own.activity.id;
    await expect(bring(activityId, id, own.leader)).rejects.toMatchObject(refused('conflict'));
    await approve(id);
    await expect(bring(other.activity.id, id, other.leader)).rejects.toMatchObject(
      refused('project-unfit'),
    );
    await expect(bring(activityId, newId(), own.leader)).rejects.toMatchObject(
      refused('project-unfit'),
    );
    await expect(bring(activityId, id, other.leader)).rejects.toMatchObject(refused('not-found'));
    await bring(activityId, id, own.leader);
    expect(await told(id)).toMatchObject({ activities: 1, people: 0 });
    await bring(activityId, null, own.leader);
    expect(await told(id)).toMatchObject({ activities: 0 });
    await bring(activityId, id, own.leader);
    await start(id, own.leader);
    await close(id, own.leader);
    await expect(bring(activityId, null, own.leader)).rejects.toMatchObject(refused('conflict'));
  });

  it('of an area counts what any of its teams did, from the records, and tells of nobody', async () => {
    const area = { ...body, areaCode: '150603', targetHours: 12 };
    const { id } = await house.call(routes.createAreaProject, { body: area }, house.officer);
    await approve(id, house.otherOfficer);
    const shift = shiftIn(house, 1, { places: 9 });
    const opened = await openActivity(house, [shift]);
    const { activity, leader } = opened;
    await bring(activity.id, id, leader);
    const served: string[] = [];
    const people: PersonPrincipal[] = [];
    for (let one = 0; one < 5; one += 1) {
      const person = await house.newVolunteer();
      people.push(person);
      served.push((await join(house, opened.shift.id, person)).id);
    }
    const scanAll = async (kind: 'in' | 'out') => {
      for (const one of people) {
        const scan = { shiftId: opened.shift.id, kind, code: await at.codeOf(one) };
        await house.call(scanVolunteer, { body: scan }, leader);
      }
    };
    at.advance(50);
    await scanAll('in');
    at.advance(135);
    await scanAll('out');
    const confirm = (signUpIds: string[]) =>
      house.call(confirmAttendances, { body: { signUpIds } }, leader);
    await confirm(served.slice(0, 4));
    expect(await told(id)).toMatchObject({ activities: 1, people: null, verifiedMinutes: null });
    await confirm(served.slice(4));
    const counted = { activities: 1, people: 5, services: 5, verifiedMinutes: 600 };
    expect(await told(id)).toMatchObject({ ...counted, targetHours: 12, teamId: null });
    const elsewhere = { ...body, areaCode: '150602' };
    const foreign = house.call(routes.createAreaProject, { body: elsewhere }, house.officer);
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
  });

  it.each([
    ['V45', "UPDATE volunteering_project SET decided_by = NULL WHERE state = 'closed' LIMIT 1"],
    ['V45', 'UPDATE volunteering_project SET decided_by = changed_by LIMIT 1'],
    ['V46', "UPDATE volunteering_project SET state = 'draft', decided_by = NULL"],
    ['V46', 'UPDATE volunteering_activity SET project_id = UNHEX(MD5(1)) LIMIT 1'],
  ])('%s names what is wrong: %s', async (name, fault) => {
    expect(await house.auditWith(fault)).toContain(name);
  });
});
