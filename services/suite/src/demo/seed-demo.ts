import { createSimulatedClock, type SimulatedClock } from '@ddp/calendar/clock';
import {
  createPost,
  createUnit,
  importAreas,
  listUnits,
  startProgramme,
} from '@ddp/contracts/directory/routes';
import { createHouseClient } from '@ddp/contracts/house-client';
import { demoStaff } from '@ddp/contracts/identity/demo-account';
import { changePassword, createStaff, signInByPassword } from '@ddp/contracts/identity/routes';
import { deriveId } from '@ddp/db-kit/ids';
import type { ModuleContext } from '@ddp/service-kit/module';
import { composeHouse, type House } from '../compose.ts';
import { createActors, type MakeActor } from './actor.ts';
import { addCertificates, addGrids, addStages, addStations } from './directory.ts';
import { readDivisions } from './divisions.ts';
import { createDraw } from './draw.ts';
import { liveHistory } from './history.ts';
import { populate } from './people.ts';
import { createSettler } from './settle.ts';

const dayMs = 24 * 3_600_000;
const lastUnit = '鄂尔多斯市社会工作指导中心';
const bannerCodes = ['150602', '150603', '150622', '150627'];
const communityLimit = 80;

export interface SeedOptions {
  days: number;
  say: (line: string) => void;
}

/**
 * Fills an empty install with the demo programme, through the services' own operations, on a clock
 * that walks the last days. Does nothing where the `present` house has the demo already, and goes on
 * where an interrupted filling stopped.
 */
export async function seedDemo(
  context: ModuleContext,
  present: House,
  options: SeedOptions,
): Promise<void> {
  if (await isSeeded(present, context)) return;
  const clock = createSimulatedClock(new Date(Date.now() - options.days * dayMs));
  const house = await composeHouse({ ...context, clock });
  await house.start();
  try {
    options.say('demo: filling the programme, one or two minutes');
    await fill(context, house, clock, options);
  } finally {
    await house.stop();
  }
}

/** An officer over the whole city, who acts by a principal of this process alone. */
export function actAsOfficer(
  makeActor: MakeActor,
  programmeId: string | null,
  who: 'officer' | 'approver' = 'officer',
) {
  return makeActor({
    personId: deriveId('demo', who),
    role: 'city-officer',
    areaPaths: ['/1506/'],
    programmeId,
  });
}

/** The administrator of the demo, who acts by a principal of this process alone. */
function demoAdministrator(makeActor: MakeActor) {
  return makeActor({
    personId: deriveId('demo', 'administrator'),
    role: 'administrator',
    areaPaths: ['/'],
    programmeId: null,
  });
}

async function isSeeded(house: House, { host }: ModuleContext): Promise<boolean> {
  const administrator = demoAdministrator(createActors(house, host));
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor ? { cursor } : {}) };
    const page = await administrator.call(listUnits, { query });
    if (page.items.some(({ name }) => name === lastUnit)) return true;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return false;
}

async function fill(
  context: ModuleContext,
  house: House,
  clock: SimulatedClock,
  { days, say }: SeedOptions,
): Promise<void> {
  const makeActor = createActors(house, context.host);
  const draw = createDraw(2026);
  const settle = await createSettler(context);
  try {
    const divisions = await readDivisions();
    const administrator = demoAdministrator(makeActor);
    await administrator.call(importAreas, { body: { areas: divisions } });
    const body = { areaCode: '1506', name: '鄂尔多斯市品德积分' };
    const programme = await administrator.call(startProgramme, { body });
    await settle.now();
    const officer = actAsOfficer(makeActor, programme.id);
    const inBanners = divisions.filter(
      (one) => one.level === 'community' && bannerCodes.some((code) => one.code.startsWith(code)),
    );
    const communities = Array.from({ length: communityLimit }, () => draw.one(inBanners));
    const shared = { officer, makeActor, draw, communities, settle: settle.now };
    const directoryDraw = createDraw(2027);
    await addStations(officer, directoryDraw, divisions, communities);
    await addGrids(officer, directoryDraw, communities);
    const people = await populate({ ...shared, programmeId: programme.id });
    await addCertificates(officer, directoryDraw, people.workers, clock.now());
    await addStages(officer, people.organizations);
    say('demo: people registered');
    const approver = actAsOfficer(makeActor, programme.id, 'approver');
    await liveHistory({ ...shared, approver, clock, people, days, say });
    for (const account of demoStaff) await addOfficer(house, administrator, account);
    // The last thing to be made: where it stands, the demo is whole.
    const unit = { name: lastUnit, kind: 'guidance-centre' as const, areaCode: '1506' };
    await administrator.call(createUnit, { body: unit });
    await settle.now();
    say('demo: ready');
  } finally {
    await settle.close();
  }
}

/** An account of staff over the whole city. */
async function addOfficer(
  house: House,
  administrator: ReturnType<MakeActor>,
  { login, password, name }: (typeof demoStaff)[number],
): Promise<void> {
  const created = await administrator.call(createStaff, { body: { login, name } });
  const post = { personId: created.personId, role: 'city-officer' as const, unitId: null };
  await administrator.call(createPost, {
    body: { ...post, areaCode: '1506', fromOn: '2026-01-01', toOn: null },
  });
  const client = createHouseClient('http://localhost', (request) => house.fetch(request));
  const oneTime = created.oneTimePassword;
  // An interrupted filling may have come as far as the new password.
  const isFirst = await client
    .call(signInByPassword, { body: { login, password: oneTime } })
    .then(() => true)
    .catch(() => false);
  if (isFirst) {
    await client.call(changePassword, {
      body: { currentPassword: oneTime, newPassword: password },
    });
  }
}
