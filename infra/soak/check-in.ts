import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMyBalance } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { checkIn, confirmAttendances } from '@ddp/contracts/volunteering/attendance-routes';
import { listMyHours } from '@ddp/contracts/volunteering/hour-routes';
import { signUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { mapConcurrently } from '../bench/concurrently.ts';
import { percentileOf } from '../bench/measurement.ts';
import {
  type OpenedVolunteering,
  openVolunteering,
  volunteeringServices,
} from '../bench/prepare/open-volunteering.ts';
import { startServices } from '../bench/start-servers.ts';
import { findBroken } from '../demo/run-audit.ts';
import {
  openPrivateFolder,
  startPrivateDatabase,
  startPrivateRedis,
} from '../faults/private-engines.ts';
import { createSigner } from '../principals.ts';

/**
 * `npm run soak -- check-in [volunteers] [seconds]`: so many volunteers check in to one activity
 * within so many seconds, over HTTP, one in ten twice by one key; later they check out in as many. All
 * are confirmed: nobody is lost or counted twice, and hours, ledger and points agree.
 * Exit code 1 where something is wrong, or one answer in a hundred took half a second or more.
 */
const volunteers = Number(process.argv[2] ?? 2_000);
const seconds = Number(process.argv[3] ?? 60);
if (!(volunteers >= 1 && volunteers <= 5_000) || !(seconds >= 1 && seconds <= 600)) {
  process.stderr.write('npm run soak -- check-in [volunteers, at most 5000] [seconds]\n');
  process.exit(2);
}
const mostP99Ms = 500;
/** Six minutes are a point by the usual rule. */
const servedMs = 6 * 60_000;
const atOnce = 8;
const confirmedAtOnce = 100;
const codeEveryMs = 3_000;
const settleMs = 300_000;
const mostTries = 40;
const againMs = 250;
/** What came of signing up is told before it is measured. */
const calmMs = 10_000;

const engines = openPrivateFolder();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void engines.stop().finally(() => process.exit(1)));
}
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

interface Comer {
  person: PersonPrincipal;
  signUpId: string;
}

async function openHouse() {
  const database = await startPrivateDatabase(engines);
  const redis = await startPrivateRedis(engines);
  const masterKey = `k1:${randomBytes(32).toString('base64')}`;
  const env: NodeJS.ProcessEnv = {
    ...{ DATABASE_URL: database.url, DATABASE_PREFIX: 'soak' },
    ...{ REDIS_URL: redis.url, REDIS_PREFIX: 'soak' },
    ...{ DDP_MASTER_KEY: masterKey, DDP_LOG_LEVEL: 'warn' },
  };
  const services = await startServices(engines.undo, volunteeringServices, env);
  return { ...(await openVolunteering(masterKey, services)), env, masterKey };
}

type House = OpenedVolunteering & { env: NodeJS.ProcessEnv; masterKey: string };

/** The code that the place shows, read again and again as a screen there does. */
function watchCode(house: House, placeCodeId: string) {
  const done = new AbortController();
  const shown = { code: '' };
  const watch = async () => {
    while (!done.signal.aborted) {
      // One reading that is missed is made up by the next.
      shown.code = await house.codeOf(placeCodeId).catch(() => shown.code);
      await sleep(codeEveryMs, undefined, { signal: done.signal }).catch(() => {});
    }
  };
  const watching = watch();
  const stop = async () => {
    done.abort();
    await watching;
  };
  return { shown, stop };
}

const isToTryAgain = (response: Response | null) => response === null || response.status === 503;

/** Everybody scans once, evenly over the time, and waits for nobody: how long each answer took. */
async function scanAll(
  house: House,
  comers: readonly Comer[],
  kind: 'in' | 'out',
  place: string,
  within: number,
) {
  const sign = createSigner(house.masterKey, 'volunteering');
  const { shown, stop } = watchCode(house, place);
  while (shown.code === '') await sleep(10);
  const startedAt = performance.now();
  const refused: string[] = [];
  const post = ({ person, signUpId }: Comer, key: string, code: string) =>
    fetch(`${house.urls.volunteering}${checkIn.path}`, {
      method: 'POST',
      headers: { ...sign(person), 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ signUpId, kind, code }),
    });
  // A phone that got no answer, or is asked to come again, tries again by the same key.
  const send = async (comer: Comer, key: string, dueAt: number) => {
    const { code } = shown;
    let response = await post(comer, key, code).catch(() => null);
    for (let tries = 1; isToTryAgain(response) && tries < mostTries; tries += 1) {
      await response?.body?.cancel();
      await sleep(againMs);
      response = await post(comer, key, code).catch(() => null);
    }
    const answer = (await response?.text()) ?? 'no connection';
    if (response?.status !== checkIn.status) refused.push(answer);
    return performance.now() - dueAt;
  };
  const sent = comers.map(async (comer, index) => {
    const dueAt = startedAt + (index * within * 1_000) / comers.length;
    await sleep(dueAt - performance.now());
    const key = randomUUID();
    // A double tap is the same scan.
    const taps = index % 10 === 0 ? [key, key] : [key];
    return Math.max(...(await Promise.all(taps.map((one) => send(comer, one, dueAt)))));
  });
  const latencies = Float64Array.from(await Promise.all(sent)).sort();
  await stop();
  const at = (share: number) => Math.round(percentileOf(latencies, share));
  print({ kind, within, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1), refused: refused.length });
  if (refused[0] !== undefined) print({ refused: refused[0] });
  return { p99Ms: at(0.99), refused: refused.length };
}

async function confirmAll(house: House, leader: PersonPrincipal, comers: readonly Comer[]) {
  let verified = 0;
  for (let from = 0; from < comers.length; from += confirmedAtOnce) {
    const signUpIds = comers.slice(from, from + confirmedAtOnce).map(({ signUpId }) => signUpId);
    const { results } = await house.call(leader, confirmAttendances, { body: { signUpIds } });
    verified += results.filter(({ outcome }) => outcome === 'verified').length;
  }
  return verified;
}

/** Whether somebody has the points of their minutes, once all of it has come through. */
async function hasEarned(house: House, { person }: Comer): Promise<boolean> {
  const { items, verifiedMinutes } = await house.call(person, listMyHours, { query: {} });
  if (items.length !== 1 || verifiedMinutes < servedMs / 60_000) return false;
  const wanted = Math.floor(verifiedMinutes / 6);
  for (const endsAt = performance.now() + settleMs; performance.now() < endsAt; ) {
    const { points } = await house.call(person, readMyBalance, {});
    if (points >= wanted) return points === wanted;
    await sleep(200);
  }
  return false;
}

async function awaitClean(env: NodeJS.ProcessEnv): Promise<string[]> {
  const services = ['volunteering', 'points', 'codes', 'notices'];
  const endsAt = performance.now() + settleMs;
  for (;;) {
    const broken = findBroken(env, services);
    if (broken.length === 0 || performance.now() > endsAt) return broken;
    await sleep(2_000);
  }
}

try {
  const house = await openHouse();
  const leader = await house.newVolunteer();
  const people = await mapConcurrently([...Array(volunteers).keys()], atOnce, house.newVolunteer);
  print({ volunteers, seconds });
  const startsAt = new Date(Date.now() + 60_000 + volunteers * 60);
  const { shiftId, placeCodeId } = await house.openShift(leader, { startsAt, places: volunteers });
  const comers = await mapConcurrently(people, atOnce, async (person): Promise<Comer> => {
    const { id: signUpId } = await house.call(person, signUp, { body: { shiftId } });
    return { person, signUpId };
  });
  print({ signedUp: comers.length });
  await sleep(calmMs);
  const entered = await scanAll(house, comers, 'in', placeCodeId, seconds);
  await sleep(Math.max(startsAt.getTime(), Date.now()) + servedMs + 1_000 - Date.now());
  const left = await scanAll(house, comers, 'out', placeCodeId, seconds);
  const verified = await confirmAll(house, leader, comers);
  const earned = await mapConcurrently(comers, atOnce, (comer) => hasEarned(house, comer));
  const short = earned.filter((isRight) => !isRight).length;
  const broken = await awaitClean(house.env);
  print({ verified, short, broken });
  const isWhole = entered.refused + left.refused + short === 0 && verified === volunteers;
  const isQuick = entered.p99Ms < mostP99Ms;
  process.exitCode = isWhole && isQuick && broken.length === 0 ? 0 : 1;
} finally {
  await engines.stop();
}
