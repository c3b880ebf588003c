import { spawnSync } from 'node:child_process';
import { addDays, civilDateOf, monthOf } from '@ddp/calendar/civil-date';
import { createCaller } from '../../principals.ts';
import { programOf } from '../../processes/program.ts';
import type { Bench, BenchContext } from '../context.ts';
import { toSample } from '../load/to-sample.ts';
import { conclude, interleave, type Measurement, type Sample } from '../measurement.ts';
import { loadedId, loadedPeople, loadedTeams, loadShifts } from '../prepare/load-shifts.ts';
import { openArea } from '../prepare/open-area.ts';
import { schemaUrlOf } from '../schema-url.ts';
import { createTraffic, type ShiftListsConfig, shiftListNames } from '../traffic/shift-lists.ts';

const usualSizes = { small: 10_000, large: 1_000_000 };
/** Tells of a query that reads all there is within a minute. */
const quickSizes = { small: 1_000, large: 10_000 };
const title = { unit: 'ms', kind: 'baseline', better: 'lower' } as const;
const some = 500;

async function openLoaded(context: BenchContext, shifts: number, most: number) {
  const env = await context.environment();
  const services = await context.startServices(['directory', 'volunteering'], env);
  const { directory, volunteering } = services;
  const masterKey = env.DDP_MASTER_KEY ?? '';
  const { areaPath, areaCode, programmeId } = await openArea(
    createCaller(masterKey, { directory: directory.url }),
  );
  const home = `${areaPath}${areaCode}/`;
  const { say } = context;
  await loadShifts(schemaUrlOf(env, 'volunteering'), { shifts, programmeId, home, say });
  rebuildStatistics(env);
  say(`${shifts} shifts are loaded`);
  const idsOf = (kind: Parameters<typeof loadedId>[0], count: number) =>
    Array.from({ length: Math.min(some, count) }, (_none, at) =>
      loadedId(kind, Math.floor((at * count) / Math.min(some, count))),
    );
  const today = civilDateOf(new Date());
  const around = (from: number, count: number) =>
    Array.from({ length: count }, (_none, at) => addDays(today, from + at));
  const config: Omit<ShiftListsConfig, 'list'> = {
    ...{ masterKey, home, programmeId },
    personIds: idsOf('person', loadedPeople(shifts)),
    teamIds: idsOf('team', loadedTeams),
    activityIds: idsOf('activity', Math.ceil(shifts / 5)),
    skillIds: idsOf('skill', 5),
    comingOn: around(1, 2),
    months: around(-150, 100).map(monthOf),
    pastOn: around(-280, 150),
    exportDays: Math.max(1, Math.round(most / shifts)),
  };
  return { url: volunteering.url, config };
}

/** The statistics of what was loaded, by the command that an operator has. */
function rebuildStatistics(env: NodeJS.ProcessEnv): void {
  const script = programOf('volunteering', 'rebuild');
  const { status, stderr } = spawnSync(process.execPath, [script], {
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`the statistics could not be rebuilt: ${stderr.toString()}`);
}

type Opened = Awaited<ReturnType<typeof openLoaded>>;

/** So many first pages of a list, one after another: their 99th percentile. */
async function sampleList(
  { url, config }: Opened,
  list: ShiftListsConfig['list'],
  requests: number,
): Promise<Sample> {
  const next = createTraffic({ ...config, list });
  const latencies: number[] = [];
  let errors = 0;
  const startedAt = performance.now();
  for (let index = 0; index < requests; index += 1) {
    const { path = '', method = 'GET', headers = {}, body } = next();
    const sentAt = performance.now();
    const request = { method, headers, ...(body === undefined ? {} : { body }) };
    const response = await fetch(`${url}${path}`, request);
    await response.arrayBuffer();
    latencies.push(performance.now() - sentAt);
    if (!response.ok) errors += 1;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const sample = toSample(latencies, requests - errors, errors, seconds);
  return { ...sample, value: sample.p99Ms ?? Number.NaN };
}

/**
 * Every list, the statistics and an export on a million shifts and on ten thousand, in turn. Value and
 * reference are the 99th percentile; it may grow by a half.
 */
export const bench: Bench = {
  name: 'shifts.large',
  isLarge: true,
  async run(context) {
    const isQuick = context.pace.rounds < 5;
    const sizes = isQuick ? quickSizes : usualSizes;
    const requests = isQuick ? 40 : 300;
    const small = await openLoaded(context, sizes.small, sizes.large);
    const large = await openLoaded(context, sizes.large, sizes.large);
    const measurements: Measurement[] = [];
    for (const list of shiftListNames) {
      for (const each of [small, large]) await sampleList(each, list, requests);
      const { subject, reference } = await interleave(
        context.pace.rounds,
        () => sampleList(large, list, requests),
        () => sampleList(small, list, requests),
      );
      measurements.push(conclude({ ...title, name: `large.${list}` }, subject, reference));
    }
    return measurements;
  },
};
