import { codesModule } from '@ddp/codes/module';
import { importAreas, startProgramme } from '@ddp/contracts/directory/routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme, readMyBalance } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  addShift,
  approveActivity,
  createActivity,
  publishActivity,
  submitActivity,
} from '@ddp/contracts/volunteering/activity-routes';
import { scanVolunteer } from '@ddp/contracts/volunteering/attendance-routes';
import { createTeam } from '@ddp/contracts/volunteering/team-routes';
import { readMyCode, saveMyProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { directoryModule } from '@ddp/directory/module';
import { gatewayModule } from '@ddp/gateway/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { volunteeringModule } from '@ddp/volunteering/module';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, parentCode: null },
  { code: '150603', name: '康巴什区', level: 'banner' as const, parentCode: '1506' },
];
const home = '/1506/150603/';
const audited = [volunteeringModule, pointsModule, codesModule];

type Bare = Awaited<ReturnType<typeof createHarness>>;

/** Everything that volunteering stands on, with a programme over a city. */
async function openBare(startAt: Date) {
  const house = await createHarness({
    modules: [
      ...[identityModule, directoryModule, codesModule],
      ...[pointsModule, noticesModule, volunteeringModule, gatewayModule],
    ],
    environment: { SMS_PROVIDER: 'fake', SMS_URL: 'http://127.0.0.1:9', SMS_KEY: 'volunteering' },
    startAt,
  });
  const administrator = personAs('administrator', { areaPaths: ['/'] });
  await house.call(importAreas, { body: { areas } }, administrator);
  const programme = { areaCode: '1506', name: '品德积分' };
  const { id: programmeId } = await house.call(startProgramme, { body: programme }, administrator);
  const officerOf = () => personAs('banner-officer', { areaPaths: [home], programmeId });
  const manager = personAs('city-officer', { areaPaths: ['/1506/'], programmeId });
  const officers = { officer: officerOf(), otherOfficer: officerOf(), manager };
  return { house, programmeId, ...officers };
}

interface ShiftTerms {
  startsAt: Date;
  minutes: number;
  placeCodeId: string;
  places: number;
}

/** A shift that a new team runs and residents can sign up for. */
async function openShiftOf(
  house: Bare,
  { leader, officer }: { leader: PersonPrincipal; officer: PersonPrincipal },
  { startsAt, ...terms }: ShiftTerms,
) {
  const founding = { name: '夜间守护队', areaCode: '150603', leaderId: leader.personId };
  const team = await house.call(createTeam, { body: founding }, officer);
  const activity = { teamId: team.id, title: '寒夜巡护', areaCode: '150603', place: '车站' };
  const { id } = await house.call(createActivity, { body: activity }, leader);
  const params = { id };
  const shift = { startsAt: startsAt.toISOString(), ...terms };
  await house.call(addShift, { params, body: shift }, leader);
  await house.call(submitActivity, { params }, leader);
  await house.call(approveActivity, { params }, officer);
  const published = await house.call(publishActivity, { params }, leader);
  return { teamId: team.id, shiftId: published.shifts[0]?.id ?? '' };
}

/** Names of the invariants of the services that some row breaks. */
async function auditAll(database: Connection, prefix: string): Promise<string[]> {
  const broken: string[] = [];
  for (const { name, invariants } of audited) {
    await database.changeUser({ database: `${prefix}_${name}` });
    for (const invariant of invariants) {
      const [rows] = await database.query<RowDataPacket[]>(`${invariant.sql} LIMIT 3`);
      if (rows.length > 0) broken.push(`${invariant.name}: ${JSON.stringify(rows[0])}`);
    }
  }
  return broken;
}

/** Volunteering with all that it stands on, on a clock that can be moved. */
export async function openVolunteeringHouse(startAt: Date) {
  const { house, programmeId, officer, otherOfficer, manager } = await openBare(startAt);
  const database = await createConnection(readTestEngines().databaseUrl);

  async function register(name: string): Promise<string> {
    const body = { name, phone: null, areaCode: '150603', consent: 'signed' as const };
    return (await house.call(registerPerson, { body }, officer)).id;
  }

  return {
    ...house,
    officer,
    otherOfficer,
    /** Over the whole programme. */
    manager,
    register,
    advance: (minutes: number) => house.clock.advanceMs(minutes * 60_000),
    /** A resident who takes part in the programme and volunteers. */
    async newVolunteer(name: string, birthMonth = '1985-05'): Promise<PersonPrincipal> {
      const personId = await register(name);
      const person = personAs('resident', { personId, areaPaths: [home], programmeId });
      await house.call(joinProgramme, { body: { consentVersion } }, person);
      await house.call(saveMyProfile, { body: { birthMonth } }, person);
      return person;
    },
    openShift: (
      leader: PersonPrincipal,
      startsAt: Date,
      minutes: number,
      placeCodeId: string,
      places = 20,
    ) => openShiftOf(house, { leader, officer }, { startsAt, minutes, placeCodeId, places }),
    async scan(leader: PersonPrincipal, shiftId: string, kind: 'in' | 'out', of: PersonPrincipal) {
      const { code } = await house.call(readMyCode, {}, of);
      return house.call(scanVolunteer, { body: { shiftId, kind, code } }, leader);
    },
    /** Waits until a person has so many points. */
    async expectPoints(person: PersonPrincipal, points: number): Promise<void> {
      await eventually(async () => {
        const balance = await house.call(readMyBalance, {}, person);
        return balance.points === points;
      });
    },
    audit: () => auditAll(database, house.prefix),
    async stop() {
      await database.end();
      await house.stop();
    },
  };
}

export type VolunteeringHouse = Awaited<ReturnType<typeof openVolunteeringHouse>>;
