import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  draftRuleEnding as endingRoute,
  draftRule as route,
} from '@ddp/contracts/points/rule-routes';
import type { RuleTerms } from '@ddp/contracts/points/rule-schemas';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { termsOf } from '../domain/rule-terms.ts';
import { findDraft, insertDraft } from '../store/rule-drafts.ts';
import { findLatestVersion, findRule } from '../store/rules.ts';
import { toShownDraft } from './list-rule-drafts.ts';
import { refuseTerms } from './refuse-terms.ts';

/** Proposes a new version of a rule, or a new rule; another officer approves it. */
export async function draftRule(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const command = { actor: actorOf(principal), key, name: 'draft-rule', input: body };
  return runCommand(store, command, async (tx) => {
    const { terms, reason } = body;
    const today = civilDateOf(await readNow(tx, store.clock));
    if (terms.fromOn < today) throw new Problem(commonProblems.dayInPast);
    refuseTerms(terms, await findLatestVersion(tx, programmeId, terms.rule), '/terms');
    return writeDraft(deps, tx, { staff, programmeId, terms, reason });
  });
}

/** Proposes the end of a rule: the same terms once more, with a last day. */
export async function draftRuleEnding(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof endingRoute>,
): Promise<RouteResult<typeof endingRoute>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'draft-rule-ending', input };
  return runCommand(store, command, async (tx) => {
    const { toOn, reason } = body;
    const today = civilDateOf(await readNow(tx, store.clock));
    if (toOn < today) throw new Problem(commonProblems.dayInPast);
    const rule = await findRule(tx, programmeId, params.rule, today);
    if (!rule) throw new Problem(pointsProblems.ruleNotInForce);
    // It begins on its last day, so that the approval has until then.
    const terms = { ...termsOf(rule), fromOn: toOn, toOn };
    return writeDraft(deps, tx, { staff, programmeId, terms, reason });
  });
}

interface Proposal {
  staff: PersonPrincipal;
  programmeId: string;
  terms: RuleTerms;
  reason: string;
}

async function writeDraft(
  { store }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  { staff, programmeId, terms, reason }: Proposal,
): Promise<RouteResult<typeof route>> {
  const id = newId();
  const draftedBy = { personId: staff.personId, role: staff.role };
  await insertDraft(tx, store.clock, { id, programmeId, terms, reason, draftedBy });
  await appendAudit(tx, store, {
    ...auditActor(staff),
    action: 'draft-rule',
    objectKind: 'rule-draft',
    objectId: id,
    detail: { rule: terms.rule, fromOn: terms.fromOn, toOn: terms.toOn },
  });
  const draft = await findDraft(tx, programmeId, id);
  if (!draft) throw new Error('the draft just written is not there');
  return toShownDraft(draft, staff.personId);
}
