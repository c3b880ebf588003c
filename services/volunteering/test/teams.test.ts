import { personErased } from '@ddp/contracts/identity/events';
import {
  admitMember,
  applyForMembership,
  closeTeam,
  createTeam,
  endMembership,
  listMembers,
  listMyMemberships,
  listTeams,
  refuseMember,
  setLeadership,
} from '@ddp/contracts/volunteering/team-routes';
import {
  assistProfile,
  correctBirthMonth,
  countSkills,
  createSkill,
  listVolunteers,
  readMyCode,
  readMyCodeSvg,
  readMyProfile,
  readVolunteer,
  recordGuardianConsent,
  saveMyProfile,
} from '@ddp/contracts/volunteering/volunteer-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { foundTeam } from './world.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const consent = { kind: 'guardian' as const, words: '母亲当面签字', on: '2026-11-10' };
const refused = (slug: string) => ({ slug });

describe('a volunteer', () => {
  it('registers once, changes skills, and keeps the month of birth', async () => {
    const skill = await house.call(createSkill, { body: { name: '急救' } }, house.officer);
    const twice = house.call(createSkill, { body: { name: '急救' } }, house.officer);
    await expect(twice).rejects.toMatchObject(refused('skill-exists'));
    const person = house.newResident();
    const none = house.call(readMyProfile, {}, person);
    await expect(none).rejects.toMatchObject(refused('no-volunteer-profile'));
    const save = (birthMonth: string, skillIds: string[]) =>
      house.call(saveMyProfile, { body: { birthMonth, skillIds } }, person);
    await expect(save('1990-05', [newId()])).rejects.toMatchObject(refused('unknown-skill'));
    await expect(house.call(readMyProfile, {}, person)).rejects.toThrow();
    const first = await save('1990-05', []);
    const second = await save('1990-05', [skill.id]);
    expect(second).toMatchObject({ number: first.number, skills: [skill], isMinor: false });
    await expect(save('2010-05', [])).rejects.toMatchObject(refused('volunteer-registered'));
    const counts = await house.call(countSkills, { query: { areaCode: '150603' } }, house.officer);
    expect(counts.items).toEqual([{ ...skill, volunteers: 1 }]);
    const elsewhere = house.call(countSkills, { query: { areaCode: '150602' } }, house.officer);
    await expect(elsewhere).rejects.toMatchObject(refused('not-found'));
    const query = { skillId: skill.id };
    const page = await house.call(listVolunteers, { query }, house.officer);
    expect(page.items.map(({ personId }) => personId)).toEqual([person.personId]);
    expect((await house.call(listVolunteers, { query }, house.stranger)).items).toEqual([]);
  });

  it('shows a code that changes every half minute', async () => {
    const person = await house.newVolunteer();
    const { number } = await house.call(readMyProfile, {}, person);
    const { code, validUntil } = await house.call(readMyCode, {}, person);
    expect(code).toMatch(new RegExp(`^${number}[0-9]{6}$`));
    house.clock.advanceMs(30_000);
    const later = await house.call(readMyCode, {}, person);
    expect(later.code).not.toBe(code);
    expect(later.validUntil > validUntil).toBe(true);
    const svg = await house.call(readMyCodeSvg, {}, person);
    expect(Buffer.from(svg).toString()).toContain('<svg');
  });

  it('under age has a guardian’s consent recorded by somebody else', async () => {
    const minor = await house.newVolunteer('2011-01');
    const input = { params: { id: minor.personId }, body: { consent } };
    const adult = await house.newVolunteer();
    const needless = { ...input, params: { id: adult.personId } };
    const call = (one: typeof input, by = house.officer) =>
      house.call(recordGuardianConsent, one, by);
    await expect(call(needless)).rejects.toMatchObject(refused('not-a-minor'));
    await expect(call(input, house.stranger)).rejects.toMatchObject(refused('not-found'));
    expect(await call(input)).toMatchObject({ isMinor: true, guardianConsentOn: '2026-11-10' });
    const query = { minorsOnly: 'true' as const };
    const { items } = await house.call(listVolunteers, { query }, house.officer);
    expect(items.map(({ personId }) => personId)).toEqual([minor.personId]);
    const correction = { params: { id: minor.personId }, body: { birthMonth: '2001-01' } };
    const corrected = await house.call(correctBirthMonth, correction, house.officer);
    expect(corrected.isMinor).toBe(false);
  });

  it('without a phone is registered by staff with consent, once', async () => {
    const personId = newId();
    const body = {
      personId,
      birthMonth: '1950-01',
      consent: { ...consent, kind: 'spoken' as const },
    };
    const key = newId();
    const made = await house.call(assistProfile, { body }, house.officer, key);
    expect(await house.call(assistProfile, { body }, house.officer, key)).toEqual(made);
    const again = house.call(assistProfile, { body }, house.officer);
    await expect(again).rejects.toMatchObject(refused('volunteer-registered'));
    const own = { body: { ...body, personId: house.officer.personId } };
    const forSelf = house.call(assistProfile, own, house.officer);
    await expect(forSelf).rejects.toMatchObject(refused('own-consent'));
    const params = { id: personId };
    expect((await house.call(readVolunteer, { params }, house.officer)).personId).toBe(personId);
    const foreign = house.call(readVolunteer, { params }, house.stranger);
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
  });
});

describe('a team', () => {
  it('is founded with a leader who is a volunteer, and found by residents and staff', async () => {
    const body = { name: '无人队', areaCode: '150603', leaderId: newId() };
    const orphan = house.call(createTeam, { body }, house.officer);
    await expect(orphan).rejects.toMatchObject(refused('unknown-volunteer'));
    const { team } = await foundTeam(house);
    expect(team).toMatchObject({ members: 1, isClosed: false });
    const query = { search: '邻里' };
    const seen = await house.call(listTeams, { query }, house.newResident());
    expect(seen.items.map(({ id }) => id)).toContain(team.id);
    expect((await house.call(listTeams, { query }, house.stranger)).items).toEqual([]);
    const params = { id: team.id };
    await house.call(closeTeam, { params }, house.officer);
    const twice = house.call(closeTeam, { params }, house.officer);
    await expect(twice).rejects.toMatchObject(refused('conflict'));
    const later = await house.call(listTeams, { query }, house.newResident());
    expect(later.items.map(({ id }) => id)).not.toContain(team.id);
  });

  it('admits and refuses who applies, by its leader alone', async () => {
    const { leader, team } = await foundTeam(house);
    const body = { teamId: team.id };
    const stranger = house.newResident();
    const unregistered = house.call(applyForMembership, { body }, stranger);
    await expect(unregistered).rejects.toMatchObject(refused('no-volunteer-profile'));
    const [one, other] = [await house.newVolunteer(), await house.newVolunteer()];
    const applied = await house.call(applyForMembership, { body }, one);
    const again = house.call(applyForMembership, { body }, one);
    await expect(again).rejects.toMatchObject(refused('member-already'));
    const params = { id: applied.id };
    const byOther = house.call(admitMember, { params }, other);
    await expect(byOther).rejects.toMatchObject(refused('not-found'));
    expect((await house.call(admitMember, { params }, leader)).state).toBe('active');
    const late = house.call(refuseMember, { params }, leader);
    await expect(late).rejects.toMatchObject(refused('conflict'));
    const second = await house.call(applyForMembership, { body }, other);
    await house.call(refuseMember, { params: { id: second.id } }, leader);
    const roster = await house.call(listMembers, { params: { id: team.id } }, leader);
    expect(roster.items.map(({ state }) => state)).toEqual(['refused', 'active', 'active']);
    const mine = await house.call(listMyMemberships, {}, one);
    expect(mine.items).toMatchObject([{ teamName: '邻里互助队', role: 'member' }]);
  });

  it('keeps one leader at least, whoever of two goes first', async () => {
    const { leader, team } = await foundTeam(house);
    const { items } = await house.call(listMembers, { params: { id: team.id } }, leader);
    const first = { id: items[0]?.id ?? '' };
    const leave = (params: { id: string }, by: typeof leader) =>
      house.call(endMembership, { params }, by);
    await expect(leave(first, leader)).rejects.toMatchObject(refused('last-leader'));
    const other = await house.newVolunteer();
    const { id } = await house.call(applyForMembership, { body: { teamId: team.id } }, other);
    const second = { id };
    const appoint = (isLeader: boolean, params = second) =>
      house.call(setLeadership, { params, body: { isLeader } }, house.officer);
    await expect(appoint(true)).rejects.toMatchObject(refused('conflict'));
    await house.call(admitMember, { params: second }, leader);
    expect((await appoint(true)).role).toBe('leader');
    const both = await Promise.allSettled([leave(first, leader), leave(second, other)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await house.audit()).toEqual([]);
  });
});

it('forgets a person who leaves, and keeps the counts', async () => {
  const { leader, team } = await foundTeam(house);
  const member = await house.newVolunteer();
  const { id } = await house.call(applyForMembership, { body: { teamId: team.id } }, member);
  await house.call(admitMember, { params: { id } }, leader);
  const delivery = { eventId: newId(), eventName: personErased.name, producer: 'identity' };
  const payload = { personId: member.personId };
  await house.deliver('volunteering', { ...delivery, payload, requestId: 'test' });
  await eventually(async () => {
    const page = await house.call(listMembers, { params: { id: team.id } }, leader);
    return page.items[0]?.state === 'left' && page.items[0]?.personId !== member.personId;
  });
  const gone = house.call(readMyProfile, {}, member);
  await expect(gone).rejects.toMatchObject(refused('no-volunteer-profile'));
  const again = house.call(saveMyProfile, { body: { birthMonth: '1990-05' } }, member);
  await expect(again).rejects.toMatchObject(refused('conflict'));
  expect(await house.audit()).toEqual([]);
});
