import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  approveRule as approvalRoute,
  withdrawRuleDraft as withdrawalRoute,
} from '@ddp/contracts/points/rule-routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import {
  type DraftDecision,
  decideDraft,
  findDraft,
  type StoredDraft,
} from '../store/rule-drafts.ts';
import { findLatestVersion, insertVersion } from '../store/rules.ts';
import { toShownDraft } from './list-rule-drafts.ts';
import { refuseTerms } from './refuse-terms.ts';

/**
 * Makes a draft the next version of its rule, by another officer than drafted it and not after its
 * first day: nothing that was earned is decided anew.
 */
export async function approveRule(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof approvalRoute>,
): Promise<RouteResult<typeof approvalRoute>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const command = { actor: actorOf(principal), key, name: 'approve-rule', input: params };
  return runCommand(store, command, async (tx) => {
    const draft = await findDraft(tx, programmeId, params.id);
    if (!draft) throw new Problem(commonProblems.notFound);
    const { terms } = draft;
    if (draft.draftedBy === staff.personId) throw new Problem(pointsProblems.ownDraft);
    if (draft.state !== 'open') throw new Problem(pointsProblems.draftDecided);
    const today = civilDateOf(await readNow(tx, store.clock));
    if (terms.fromOn < today) throw new Problem(pointsProblems.draftOutdated);
    const latest = await findLatestVersion(tx, programmeId, terms.rule);
    refuseTerms(terms, latest, '');
    const version = (latest?.version ?? 0) + 1;
    await insertVersion(tx, programmeId, version, terms).catch((error: unknown) => {
      // Another draft of the rule was approved at the same moment.
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    });
    return writeDecision(deps, tx, { staff, programmeId, draft }, { state: 'approved', version });
  });
}

/** Takes a draft back, by any officer who may approve one or by its author. */
export async function withdrawRuleDraft(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof withdrawalRoute>,
): Promise<RouteResult<typeof withdrawalRoute>> {
  requirePermission('rules.manage', principal);
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'withdraw-rule-draft', input };
  return runCommand(deps.store, command, async (tx) => {
    const draft = await findDraft(tx, programmeId, params.id);
    if (!draft) throw new Problem(commonProblems.notFound);
    const { reason } = body;
    return writeDecision(deps, tx, { staff, programmeId, draft }, { state: 'withdrawn', reason });
  });
}

async function writeDecision(
  { store }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  by: { staff: PersonPrincipal; programmeId: string; draft: StoredDraft },
  decision: DraftDecision,
): Promise<RouteResult<typeof approvalRoute>> {
  const { staff, programmeId, draft } = by;
  const officer = { personId: staff.personId, role: staff.role };
  if (!(await decideDraft(tx, store.clock, draft.id, officer, decision))) {
    throw new Problem(pointsProblems.draftDecided);
  }
  const { rule } = draft.terms;
  await appendAudit(tx, store, {
    ...auditActor(staff),
    action: decision.state === 'approved' ? 'approve-rule' : 'withdraw-rule-draft',
    objectKind: 'rule-draft',
    objectId: draft.id,
    detail: { rule, ...(decision.state === 'approved' ? { version: decision.version } : {}) },
  });
  const decided = await findDraft(tx, programmeId, draft.id);
  if (!decided) throw new Error('the draft just decided is not there');
  return toShownDraft(decided, staff.personId);
}
