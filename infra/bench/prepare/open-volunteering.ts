import { openPlaceCode, readPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  addShift,
  approveActivity,
  createActivity,
  publishActivity,
  submitActivity,
} from '@ddp/contracts/volunteering/activity-routes';
import { createTeam } from '@ddp/contracts/volunteering/team-routes';
import { saveMyProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { type Caller, createCaller, personAs } from '../../principals.ts';
import type { StartedServer } from '../start-servers.ts';
import { openArea } from './open-area.ts';

/** What volunteering stands on, each a process of its own. */
export const volunteeringServices = [
  'identity',
  'directory',
  'codes',
  'points',
  'notices',
  'volunteering',
] as const;
type Name = (typeof volunteeringServices)[number];

/** A programme over a city in which people volunteer, called at the services' own ports. */
export async function openVolunteering(masterKey: string, services: Record<Name, StartedServer>) {
  const urls = Object.fromEntries(
    Object.entries(services).map(([name, { url }]) => [name, url]),
  ) as Record<Name, string>;
  const call = createCaller(masterKey, urls);
  const area = await openArea(call);
  const { areaCode, areaPath, programmeId } = area;
  const home = `${areaPath}${areaCode}/`;
  const scope = { areaPath: home, programmeId };
  const officer = personAs('banner-officer', scope);

  async function newVolunteer(): Promise<PersonPrincipal> {
    const body = { name: '志愿者', phone: null, areaCode, consent: 'signed' as const };
    const { id: personId } = await call(officer, registerPerson, { body });
    const person = personAs('resident', { ...scope, personId });
    await call(person, joinProgramme, { body: { consentVersion } });
    await call(person, saveMyProfile, { body: { birthMonth: '1985-05' } });
    return person;
  }

  return {
    ...{ call, urls, officer, newVolunteer, programmeId, home },
    /** A shift of a new team, checked into by the changing code of a place. */
    async openShift(leader: PersonPrincipal, terms: { startsAt: Date; places: number }) {
      const placeCodeId = await openPlace(call, officer, areaCode);
      const shift = { ...terms, startsAt: terms.startsAt.toISOString(), minutes: 60, placeCodeId };
      const shiftId = await publishShift(call, { leader, officer }, areaCode, shift);
      return { shiftId, placeCodeId };
    },
    async codeOf(placeCodeId: string): Promise<string> {
      const { code } = await call(officer, readPlaceCode, { params: { id: placeCodeId } });
      if (code === null) throw new Error('the place is not open');
      return code;
    },
  };
}

export type OpenedVolunteering = Awaited<ReturnType<typeof openVolunteering>>;

async function openPlace(call: Caller, officer: PersonPrincipal, areaCode: string) {
  const opensAt = new Date(Date.now() - 60_000).toISOString();
  const place = { areaCode, name: '广场', opensAt, minutesOpen: 240 };
  return (await call(officer, openPlaceCode, { body: place })).id;
}

async function publishShift(
  call: Caller,
  { leader, officer }: { leader: PersonPrincipal; officer: PersonPrincipal },
  areaCode: string,
  shift: { startsAt: string; minutes: number; places: number; placeCodeId: string },
): Promise<string> {
  const founding = { name: '广场服务队', areaCode, leaderId: leader.personId };
  const { id: teamId } = await call(officer, createTeam, { body: founding });
  const activity = { teamId, title: '广场服务', areaCode, place: '广场' };
  const params = { id: (await call(leader, createActivity, { body: activity })).id };
  await call(leader, addShift, { params, body: shift });
  await call(leader, submitActivity, { params });
  await call(officer, approveActivity, { params });
  const { shifts } = await call(leader, publishActivity, { params });
  return shifts[0]?.id ?? '';
}
