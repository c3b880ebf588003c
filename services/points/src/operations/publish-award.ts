import { publicationRequested, publicationReworded } from '@ddp/contracts/notices/events';
import { type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import { entryOf } from '../domain/publicity.ts';
import type { Rule } from '../domain/rule.ts';
import type { Award } from '../store/awards.ts';
import { findPublicity } from '../store/publicity.ts';

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
  const { awardedBy, approvedBy, personId } = award;
  return outgoing(publicationRequested, {
    entryId: award.id,
    subjectRef: subjectRefOf(award.id),
    authorPersonId: awardedBy,
    excludedPersonIds: [approvedBy, personId].filter((id) => id !== null),
    areaPath: award.areaPath,
    ...(await wordsOf(tx, award, rule)),
    workingDays: rule.publicityDays,
  });
}

/** Gives the entry of an award its words anew, after the person has changed how they are named. */
export async function rewordPublication(tx: Tx, award: Award, rule: Rule): Promise<OutgoingEvent> {
  return rewordedAs(award, await wordsOf(tx, award, rule));
}

/** Takes the name out of an entry that has ended; none where it named nobody. */
export async function unnamePublication(
  tx: Tx,
  award: Award,
  rule: Rule,
): Promise<OutgoingEvent[]> {
  if ((await findPublicity(tx, award.participationId)) === null) return [];
  return [rewordedAs(award, anonymousWords(award, rule))];
}

function rewordedAs({ id }: Award, words: { title: string; text: string }): OutgoingEvent {
  return outgoing(publicationReworded, { entryId: id, subjectRef: subjectRefOf(id), ...words });
}

function anonymousWords({ amountPoints: points, awardedOn }: Award, rule: Rule) {
  return entryOf({ ruleTitle: rule.title.zh, points, awardedOn, nickname: null });
}

async function wordsOf(tx: Tx, award: Award, rule: Rule) {
  const publicity = await findPublicity(tx, award.participationId);
  return entryOf({
    ruleTitle: rule.title.zh,
    points: award.amountPoints,
    awardedOn: award.awardedOn,
    nickname: publicity?.nickname ?? null,
  });
}
