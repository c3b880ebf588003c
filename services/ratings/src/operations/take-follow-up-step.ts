import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { FollowUp, FollowUpTerms } from '@ddp/contracts/ratings/follow-ups';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, type OutgoingEvent } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { isWithin } from '../domain/desk.ts';
import { nextDueAt } from '../domain/follow-up.ts';
import { insertSteps, type Step } from '../store/follow-up-steps.ts';
import { readTerms } from '../store/follow-up-terms.ts';
import { type FollowUpRow, findFollowUp, lockFollowUp, saveFollowUp } from '../store/follow-ups.ts';
import { toFollowUp } from './follow-up-views.ts';
import { refuseParty } from './refuse-party.ts';

export interface StepContext {
  tx: Transaction<RatingsDatabase>;
  officer: PersonPrincipal;
  now: Date;
  terms: FollowUpTerms;
}

/** What an officer's step does to a follow-up, and what its history says of it. */
export interface StepTaken {
  followUp: FollowUpRow;
  step: Pick<Step, 'step'> & Partial<Pick<Step, 'toPersonId' | 'code' | 'words'>>;
  events?: readonly OutgoingEvent[];
}

/**
 * One step of an officer, once: refuses whoever is out of reach of the desk or has a part in the
 * case, then writes what `decide` makes of the locked follow-up with its history and audit row.
 */
export async function takeFollowUpStep(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { name, id, input }: { name: string; id: string; input: unknown },
  decide: (followUp: FollowUpRow, context: StepContext) => Promise<StepTaken>,
): Promise<FollowUp> {
  requirePermission('follow-ups.handle', principal);
  const { store } = deps;
  const officer = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name, input: { id, input } };
  await runCommand(store, command, async (tx) => {
    const followUp = await lockFollowUp(tx, id, officer.areaPaths);
    if (!followUp || !isWithin(followUp.deskPath, officer.areaPaths)) {
      throw new Problem(commonProblems.notFound);
    }
    const now = await readNow(tx, store.clock);
    await refuseParty(tx, followUp, officer.personId, now);
    const { terms } = await readTerms(tx, followUp.programmeId, civilDateOf(now));
    const taken = await decide(followUp, { tx, officer, now, terms });
    await saveFollowUp(tx, taken.followUp, nextDueAt(taken.followUp));
    const { deskPath } = taken.followUp;
    const by = { personId: officer.personId, role: officer.role, deskPath };
    await insertSteps(tx, store.clock, [{ followUpId: id, ...by, ...taken.step }]);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'follow-up',
      objectId: id,
      detail: { step: taken.step.step, code: taken.step.code ?? null },
    });
    await appendEvents(tx, store, taken.events ?? [], principal.requestId);
  });
  // Read anew, so that no answer that is kept for a repeat holds words beyond an erasure.
  const after = await findFollowUp(store.db, id, officer.areaPaths);
  if (!after) throw new Problem(commonProblems.notFound);
  return toFollowUp(after);
}

/** Throws unless the officer owns a follow-up that still runs. */
export function requireOwner(followUp: FollowUpRow, officer: PersonPrincipal): void {
  requireRunning(followUp);
  if (followUp.state === 'open' || followUp.ownerId !== officer.personId) {
    throw new Problem(ratingsProblems.notOwner);
  }
}

export function requireRunning({ state }: FollowUpRow): void {
  if (state === 'resolved' || state === 'closed') throw new Problem(ratingsProblems.followUpEnded);
}
