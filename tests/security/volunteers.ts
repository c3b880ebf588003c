import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { listTransfers } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  addShift,
  approveActivity,
  createActivity,
  publishActivity,
  submitActivity,
} from '@ddp/contracts/volunteering/activity-routes';
import { confirmAttendances, scanVolunteer } from '@ddp/contracts/volunteering/attendance-routes';
import {
  readServiceCertificate,
  requestCertificate,
} from '@ddp/contracts/volunteering/certificate-routes';
import { recordHours } from '@ddp/contracts/volunteering/hour-routes';
import { decideMenuItem, proposeMenuItem } from '@ddp/contracts/volunteering/menu-routes';
import { assistOrder, takeOrder } from '@ddp/contracts/volunteering/order-routes';
import { createTeamProject } from '@ddp/contracts/volunteering/project-routes';
import { offerSubstitution, signUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { listMyStars, setRecognitionRules } from '@ddp/contracts/volunteering/star-routes';
import { readStatistic } from '@ddp/contracts/volunteering/statistic-routes';
import { applyForMembership, createTeam } from '@ddp/contracts/volunteering/team-routes';
import {
  assistProfile,
  readMyCode,
  saveMyProfile,
} from '@ddp/contracts/volunteering/volunteer-routes';
import { eventually } from '@ddp/testing/module-harness';
import { personAs, serviceAs } from '@ddp/testing/principals';
import type { SecurityHouse } from './security-house.ts';

interface People {
  officer: PersonPrincipal;
  /** Leads the team. */
  resident: PersonPrincipal;
  /** Comes to its shift. */
  comerId: string;
  /** Without a phone, registered by staff. */
  elderId: string;
  home: string;
}

/** One of everything in volunteering: a team, a draft, a shift, who came to it, and hours. */
export async function openVolunteering(house: SecurityHouse, people: People) {
  const { officer, resident, comerId, elderId, home } = people;
  const comer = personAs('resident', {
    personId: comerId,
    areaPaths: [home],
    programmeId: officer.programmeId,
  });
  const profile = { birthMonth: '1980-05' };
  const leading = await house.call(saveMyProfile, { body: profile }, resident);
  await house.call(saveMyProfile, { body: profile }, comer);
  const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-24' };
  const elder = { ...profile, personId: elderId, consent };
  await house.call(assistProfile, { body: elder }, officer);
  const founding = { name: '邻里互助队', areaCode: '150603', leaderId: resident.personId };
  const team = await house.call(createTeam, { body: founding }, officer);
  const { id: membershipId } = await house.call(
    applyForMembership,
    { body: { teamId: team.id } },
    comer,
  );
  const activity = { teamId: team.id, title: '清洁河岸', areaCode: '150603', place: '河岸' };
  const draft = await house.call(createActivity, { body: activity }, resident);
  const recognised = await recognise(house, { ...people, comer });
  const { shiftId } = await openShift(house, { officer, resident, activity });
  const { id: signUpId } = await house.call(signUp, { body: { shiftId } }, comer);
  const { code } = await house.call(readMyCode, {}, comer);
  await house.call(scanVolunteer, { body: { shiftId, kind: 'in', code } }, resident);
  const ask = { signUpId, number: leading.number };
  const { id: substitutionId } = await house.call(offerSubstitution, { body: ask }, comer);
  const typed = { teamId: team.id, on: '2026-11-24', minutes: 60, words: '入户探访' };
  const typedFor = { ...typed, personId: resident.personId };
  const { id: hoursId } = await house.call(recordHours, { body: typedFor }, officer);
  await eventually(async () => {
    const query = { reference: `hours:${hoursId}` };
    const page = await house.call(listTransfers, { query }, serviceAs('volunteering'));
    return page.items.length > 0;
  });
  const dated = { fromOn: '2026-11-01', toOn: '2026-12-31' };
  const project = { title: '暖冬行动', goal: '探访独居老人', ...dated };
  const drafting = { params: { id: team.id }, body: project };
  const { id: projectId } = await house.call(createTeamProject, drafting, resident);
  // Who typed in hours is counted, and one alone is not told.
  await eventually(async () => {
    const query = { areaCode: '150603', period: '2026-11' };
    const { recordedMinutes } = await house.call(readStatistic, { query }, officer);
    return recordedMinutes === null;
  });
  const { menuItemId, orderId } = await openOrder(house, { ...people, teamId: team.id });
  return {
    ...{ menuItemId, orderId, projectId },
    ...{ teamId: team.id, draftActivityId: draft.id, shiftId, signUpId, substitutionId },
    ...{ membershipId, hoursId, elderId, ...recognised },
  };
}

/** A star and a certificate of the resident, who served with a team that somebody else leads. */
async function recognise(
  house: SecurityHouse,
  { officer, resident, comer, home }: People & { comer: PersonPrincipal },
) {
  const programmeId = officer.programmeId;
  const manager = personAs('city-officer', { areaPaths: ['/1506/'], programmeId });
  const issuer = { issuer: '志愿服务指导中心', contact: '0477-8588123' };
  const rules = { starHours: [1, 3, 5, 7, 9], ...issuer };
  await house.call(setRecognitionRules, { body: rules }, manager);
  const founding = { name: '河岸清洁队', areaCode: '150603', leaderId: comer.personId };
  const team = await house.call(createTeam, { body: founding }, officer);
  const activity = { teamId: team.id, title: '河岸清洁', areaCode: '150603', place: home };
  const { shiftId } = await openShift(house, { officer, resident: comer, activity });
  const { id: signUpId } = await house.call(signUp, { body: { shiftId } }, resident);
  for (const kind of ['in', 'out'] as const) {
    const { code } = await house.call(readMyCode, {}, resident);
    await house.call(scanVolunteer, { body: { shiftId, kind, code } }, comer);
    house.clock.advanceMs(140 * 60_000);
  }
  await house.call(confirmAttendances, { body: { signUpIds: [signUpId] } }, comer);
  const starId = await eventually(async () => {
    const { items } = await house.call(listMyStars, {}, resident);
    return items.find(({ state }) => state === 'published')?.id;
  });
  const untilOn = civilDateOf(house.clock.now());
  const period = { fromOn: addDays(untilOn, -2), untilOn };
  const { id } = await house.call(requestCertificate, { body: period }, resident);
  await eventually(async () => {
    const seen = await house.call(readServiceCertificate, { params: { id } }, resident);
    return seen.state === 'issued';
  });
  return { starId, serviceCertificateId: id };
}

/** What the team offers, ordered for who has no phone and taken by its leader. */
async function openOrder(
  house: SecurityHouse,
  { officer, resident, elderId, teamId }: People & { teamId: string },
) {
  const offer = { teamId, title: '上门理发', minutes: 60 };
  const { id: menuItemId } = await house.call(proposeMenuItem, { body: offer }, resident);
  const agree = { params: { id: menuItemId }, body: { verdict: 'approved' as const } };
  await house.call(decideMenuItem, agree, officer);
  const inHours = (hours: number) =>
    new Date(house.clock.now().getTime() + hours * 3_600_000).toISOString();
  const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-24' };
  const wanted = { wantedFrom: inHours(26), wantedUntil: inHours(30), place: '3 号楼 501' };
  const order = { itemId: menuItemId, personId: elderId, consent, ...wanted };
  const { id: orderId } = await house.call(assistOrder, { body: order }, officer);
  const taking = { params: { id: orderId }, body: { startsAt: inHours(27) } };
  await house.call(takeOrder, taking, resident);
  return { menuItemId, orderId };
}

/** A shift that begins in a while and whose doors are open. */
async function openShift(
  house: SecurityHouse,
  {
    officer,
    resident,
    activity,
  }: Pick<People, 'officer' | 'resident'> & {
    activity: { teamId: string; title: string; areaCode: string; place: string };
  },
): Promise<{ shiftId: string }> {
  const { id } = await house.call(createActivity, { body: activity }, resident);
  const params = { id };
  const startsAt = new Date(house.clock.now().getTime() + 20 * 60_000).toISOString();
  const body = { startsAt, minutes: 120, places: 5 };
  await house.call(addShift, { params, body }, resident);
  await house.call(submitActivity, { params }, resident);
  await house.call(approveActivity, { params }, officer);
  const published = await house.call(publishActivity, { params }, resident);
  return { shiftId: published.shifts[0]?.id ?? '' };
}
