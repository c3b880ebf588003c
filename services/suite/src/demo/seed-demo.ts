import { createSimulatedClock, type SimulatedClock } from '@ddp/calendar/clock';
import { CallProblem } from '@ddp/contracts/call';
import { createPost, importAreas, startProgramme } from '@ddp/contracts/directory/routes';
import { createHouseClient } from '@ddp/contracts/house-client';
import { changePassword, createStaff, signInByPassword } from '@ddp/contracts/identity/routes';
import { deriveId } from '@ddp/db-kit/ids';
import type { ModuleContext } from '@ddp/service-kit/module';
import { composeHouse, type House } from '../compose.ts';
import { createActors, type MakeActor } from './actor.ts';
import { readDivisions } from './divisions.ts';
import { createDraw } from './draw.ts';
import { liveHistory } from './history.ts';
import { populate } from './people.ts';
import { createSettler } from './settle.ts';

export const demoOfficer = { login: 'officer', password: 'officer-demo-2026' };

const dayMs = 24 * 3_600_000;
const historyDays = 90;
const bannerCodes = ['150602', '150603', '150622', '150627'];
const communityLimit = 80;

/**
 * Fills an empty install with the demo programme, through the services' own operations, on a clock
 * that walks the last ninety days. Does nothing where the `present` house has the demo already, and
 * goes on where an interrupted filling stopped.
 */
export async function seedDemo(
  context: ModuleContext,
  present: House,
  say: (line: string) => void,
): Promise<void> {
  if (await isSeeded(present)) return;
  const clock = createSimulatedClock(new Date(Date.now() - historyDays * dayMs));
  const house = await composeHouse({ ...context, clock });
  await house.start();
  try {
    say('demo: filling the programme, one or two minutes');
    await fill(context, house, clock, say);
  } finally {
    await house.stop();
  }
}

async function isSeeded(house: House): Promise<boolean> {
  const client = createHouseClient('http://localhost', (request) => house.fetch(request));
  try {
    await client.call(signInByPassword, { body: demoOfficer });
    return true;
  } catch (error) {
    if (error instanceof CallProblem && error.document.status < 500) return false;
    throw error;
  }
}

async function fill(
  context: ModuleContext,
  house: House,
  clock: SimulatedClock,
  say: (line: string) => void,
): Promise<void> {
  const makeActor = createActors(house, context.host);
  const draw = createDraw(2026);
  const settle = await createSettler(context);
  try {
    const divisions = await readDivisions();
    const administrator = makeActor({
      personId: deriveId('demo', 'administrator'),
      role: 'administrator',
      areaPaths: ['/'],
      programmeId: null,
    });
    await administrator.call(importAreas, { body: { areas: divisions } });
    const body = { areaCode: '1506', name: '鄂尔多斯市品德积分' };
    const programme = await administrator.call(startProgramme, { body });
    await settle.now();
    const officer = makeActor({
      personId: deriveId('demo', 'officer'),
      role: 'city-officer',
      areaPaths: ['/1506/'],
      programmeId: programme.id,
    });
    const inBanners = divisions.filter(
      (one) => one.level === 'community' && bannerCodes.some((code) => one.code.startsWith(code)),
    );
    const communities = Array.from({ length: communityLimit }, () => draw.one(inBanners));
    const shared = { officer, makeActor, draw, communities, settle: settle.now };
    const people = await populate({ ...shared, programmeId: programme.id });
    say('demo: people registered');
    await liveHistory({ ...shared, clock, people, say });
    await addOfficer(house, administrator, say);
    await settle.now();
  } finally {
    await settle.close();
  }
}

/** The demo account for staff comes last: it marks the demo as complete. */
async function addOfficer(
  house: House,
  administrator: ReturnType<MakeActor>,
  say: (line: string) => void,
): Promise<void> {
  const { login, password } = demoOfficer;
  const created = await administrator.call(createStaff, { body: { login, name: '演示管理员' } });
  const post = { personId: created.personId, role: 'city-officer' as const, unitId: null };
  await administrator.call(createPost, {
    body: { ...post, areaCode: '1506', fromOn: '2026-01-01', toOn: null },
  });
  const client = createHouseClient('http://localhost', (request) => house.fetch(request));
  const oneTime = created.oneTimePassword;
  await client.call(signInByPassword, { body: { login, password: oneTime } });
  await client.call(changePassword, { body: { currentPassword: oneTime, newPassword: password } });
  say('demo: ready');
}
