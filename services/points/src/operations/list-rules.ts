import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type {
  listRules as route,
  listRuleVersions as versionsRoute,
} from '@ddp/contracts/points/rule-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import type { Rule } from '../domain/rule.ts';
import * as rules from '../store/rules.ts';

/** What earns points today, for everybody to read: a programme's rules, else the product's own. */
export async function listRules(
  { store }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('public', principal);
  const own = principal.kind === 'person' ? principal.programmeId : null;
  const after = decodeCursor(query.cursor, /^[a-z-]{1,32}$/);
  const today = civilDateOf(await readNow(store.db, store.clock));
  const all = await rules.listRules(store.db, query.programmeId ?? own, today);
  const rest = after === null ? all : all.filter(({ rule }) => rule > after);
  return toPage(rest, query.limit, toShownRule, ({ rule }) => rule);
}

/** Every version that a rule of the programme has had or will have, the newest first. */
export async function listRuleVersions(
  { store }: PointsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof versionsRoute>,
): Promise<RouteResult<typeof versionsRoute>> {
  requirePermission('rules.read', principal);
  const programmeId = requireProgramme(requirePerson(principal));
  const cursor = decodeCursor(query.cursor, /^[0-9]{1,9}$/);
  const before = cursor === null ? null : Number(cursor);
  const rows = await rules.listVersions(store.db, programmeId, params.rule, before, query.limit);
  return toPage(rows, query.limit, toShownRule, ({ version }) => String(version));
}

function toShownRule(rule: Rule): RouteResult<typeof route>['items'][number] {
  return { ...rule, options: rule.options === null ? null : [...rule.options] };
}
