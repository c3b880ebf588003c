import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import {
  noticeRequested,
  publicationRequested,
  publicationWithdrawn,
} from '@ddp/contracts/notices/events';
import type { Template } from '@ddp/contracts/notices/schemas';
import type { StarReason } from '@ddp/contracts/volunteering/stars';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { starEntryOf } from '../domain/star.ts';
import type { StoredRules } from '../store/recognition.ts';
import { listCounters, type OfProgramme } from '../store/star-due.ts';
import { readStarNaming } from '../store/star-naming.ts';
import * as stars from '../store/stars.ts';

type Tx = Transaction<VolunteeringDatabase>;
type Deps = Pick<VolunteeringDeps, 'store'>;

/** How a star is called on the board. */
export const starRefOf = (starId: string): string => `volunteering-star:${starId}`;

export function starNotice(
  star: { personId: string; level: number },
  template: Template,
  params: Record<string, string> = {},
): OutgoingEvent {
  return outgoing(noticeRequested, {
    audience: { kind: 'person', personId: star.personId },
    template,
    params: { level: star.level, ...params },
  });
}

/**
 * A locked person has reached a star: it is asked for on the board under its own id. Who confirmed or
 * corrected the hours answers no objection.
 */
export async function proposeStar(
  { store }: Deps,
  tx: Tx,
  of: OfProgramme & { areaPath: string; level: number; minutes: number },
  rules: StoredRules,
  requestId: string,
): Promise<void> {
  const { personId, programmeId, areaPath, level } = of;
  const id = newId();
  await stars.insertStar(tx, store.clock, {
    ...{ id, programmeId, personId, areaPath, level, reachedMinutes: of.minutes },
    ...{ rulesVersion: rules.version, appealDays: rules.appealDays },
    thresholdMinutes: (rules.starHours[level - 1] ?? 0) * 60,
  });
  const counters = await listCounters(tx, of);
  const { namedAs, namingVersion } = await readStarNaming(tx, personId);
  const entry = outgoing(publicationRequested, {
    ...{ entryId: id, subjectRef: starRefOf(id), authorPersonId: null, areaPath },
    excludedPersonIds: [...new Set([personId, ...counters])],
    ...starEntryOf(level, civilDateOf(await readNow(tx, store.clock))),
    ...{ workingDays: rules.publicityDays, namedAs, namingVersion },
  });
  await appendEvents(tx, store, [entry, starNotice(of, 'star-proposed')], requestId);
}

/** All that the board says: why is the volunteer's business. */
const publicReason = '本条公示已由发起单位撤回 · withdrawn by the office that asked for it';

/** Ends a star before it counted, and its entry with it. */
export async function withdrawStar(
  { store }: Deps,
  tx: Tx,
  star: stars.StoredStar,
  { reason, requestId }: { reason: StarReason; requestId: string },
): Promise<void> {
  if (!(await stars.withdrawStar(tx, store.clock, star.id, reason))) return;
  const entry = { entryId: star.id, subjectRef: starRefOf(star.id), reason: publicReason };
  const told = reason === 'person-left' ? [] : [starNotice(star, 'star-withdrawn')];
  await appendEvents(tx, store, [outgoing(publicationWithdrawn, entry), ...told], requestId);
}

/** The end of the last day to appeal, and that day as people are told it. */
export async function appealTimeOf(
  { store }: Deps,
  tx: Tx,
  { appealDays }: stars.StoredStar,
): Promise<{ appealUntil: Date; until: string }> {
  const today = civilDateOf(await readNow(tx, store.clock));
  const until = addDays(today, appealDays);
  return { appealUntil: startOf(addDays(until, 1)), until };
}
