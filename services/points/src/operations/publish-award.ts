import { publicationNamed, publicationRequested } from '@ddp/contracts/notices/events';
import { type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import { entryOf } from '../domain/publicity.ts';
import type { Rule } from '../domain/rule.ts';
import type { Award } from '../store/awards.ts';
import { readNaming } from '../store/publicity.ts';

type Tx = Transaction<PointsDatabase>;

/** How an award is called on the board. */
export function subjectRefOf(awardId: string): string {
  return `points-award:${awardId}`;
}

/**
 * Asks the board for an entry about an award, under the award's own id, so that asking twice makes
 * one. Who proposed or approved it may not answer objections.
 */
export async function requestPublication(tx: Tx, award: Award, rule: Rule): Promise<OutgoingEvent> {
  const { awardedBy, approvedBy, personId, amountPoints: points, awardedOn } = award;
  return outgoing(publicationRequested, {
    entryId: award.id,
    subjectRef: subjectRefOf(award.id),
    authorPersonId: awardedBy,
    excludedPersonIds: [approvedBy, personId].filter((id) => id !== null),
    areaPath: award.areaPath,
    ...entryOf({ ruleTitle: rule.title.zh, points, awardedOn }),
    workingDays: rule.publicityDays,
    ...(await readNaming(tx, award.participationId)),
  });
}

/** Tells the board how the person of an award wants to be named now. */
export async function namePublication(tx: Tx, award: Award): Promise<OutgoingEvent> {
  return outgoing(publicationNamed, {
    entryId: award.id,
    subjectRef: subjectRefOf(award.id),
    ...(await readNaming(tx, award.participationId)),
  });
}
