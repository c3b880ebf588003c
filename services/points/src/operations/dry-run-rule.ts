import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { addDays, civilDateOf, parseCivilDate } from '@ddp/calendar/civil-date';
import type { dryRunRule as route } from '@ddp/contracts/points/rule-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { personCapsOf } from '../domain/caps.ts';
import { type Days, isRangeValid, lastQuarterBefore, monthsAround } from '../domain/quarter.ts';
import type { Rule } from '../domain/rule.ts';
import { type Earning, type Replay, replayRule } from '../domain/rule-replay.ts';
import { listEarnings } from '../store/earnings.ts';
import { findLatestVersion, listAllVersions } from '../store/rules.ts';
import { listSettingsVersions, readSettingsVersion } from '../store/settings.ts';
import { refuseTerms } from './refuse-terms.ts';

/** Versions of rules, and of settings, that may have decided what was recorded. */
const mostVersions = 5_000;

/** Tries a version of a rule on what was recorded, and changes nothing. */
export async function dryRunRule(
  deps: PointsDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rules.read', principal);
  const programmeId = requireProgramme(requirePerson(principal));
  const { db, clock } = deps.store;
  const { terms } = body;
  refuseTerms(terms, await findLatestVersion(db, programmeId, terms.rule), '/terms');
  const asked = daysOf(body, civilDateOf(await readNow(db, clock)));
  const { earnings, lastOn } = await readWhole(deps, programmeId, monthsAround(asked));
  const isCut = lastOn !== null && lastOn < asked.toOn;
  const toOn = isCut ? lastOn : asked.toOn;
  const draft: Rule = { ...terms, version: 0, isDefault: false };
  const versions = await readVersions(deps, programmeId);
  const outcome = replayRule(earnings, { ...versions, draft, fromOn: asked.fromOn, toOn });
  const isNothing = toOn < asked.fromOn;
  return { ...outcome, fromOn: asked.fromOn, toOn: isNothing ? null : toOn, isCut };
}

function daysOf(body: RouteRequest<typeof route>['body'], today: Days['toOn']): Days {
  const quarter = lastQuarterBefore(today);
  const fromOn = body.fromOn === undefined ? quarter.fromOn : parseCivilDate(body.fromOn);
  const toOn = body.toOn === undefined ? quarter.toOn : parseCivilDate(body.toOn);
  if (isRangeValid({ fromOn, toOn })) return { fromOn, toOn };
  const message = {
    zh: '起止日期须在一年以内',
    en: 'The days lie within a year, first before last',
  };
  throw new Problem(commonProblems.invalidRequest, { errors: [{ pointer: '/toOn', message }] });
}

/**
 * The events of some days, or those of the first days where there are too many: whole days only,
 * the last of which is told.
 */
async function readWhole(
  { store, dryRunEvents }: PointsDeps,
  programmeId: string,
  days: Days,
): Promise<{ earnings: Earning[]; lastOn: Days['toOn'] | null }> {
  const found = await listEarnings(store.db, programmeId, days, dryRunEvents + 1);
  const tooMany = found[dryRunEvents];
  if (tooMany === undefined) return { earnings: found, lastOn: null };
  const earnings = found.filter(({ occurredOn }) => occurredOn < tooMany.occurredOn);
  return { earnings, lastOn: addDays(parseCivilDate(tooMany.occurredOn), -1) };
}

/** What decided the events: the versions of all rules, own before default, and of the settings. */
async function readVersions(
  { store: { db } }: PointsDeps,
  programmeId: string,
): Promise<Pick<Replay, 'versionOf' | 'personCapsOf'>> {
  const rules = new Map<string, Rule>();
  for (const rule of await listAllVersions(db, programmeId, mostVersions)) {
    const key = `${rule.rule}@${rule.version}`;
    if (!rules.has(key)) rules.set(key, rule);
  }
  const unset = await readSettingsVersion(db, programmeId, '0001-01-01');
  const settings = new Map([[unset.version, unset.settings]]);
  for (const one of await listSettingsVersions(db, programmeId, null, mostVersions)) {
    settings.set(one.version, one.settings);
  }
  return {
    versionOf(rule, version) {
      const found = rules.get(`${rule}@${version}`);
      if (!found) throw new Error(`there is no version ${version} of the rule ${rule}`);
      return found;
    },
    personCapsOf: (version) => personCapsOf(settings.get(version) ?? unset.settings),
  };
}
