import { batchRequested, printRequested } from './codes/events.ts';
import { areaMoved, postChanged, programmeChanged, subjectChanged } from './directory/events.ts';
import type { EventDefinition } from './event.ts';
import { personErased } from './identity/events.ts';
import {
  entryClosed,
  entryPosted,
  noticeRequested,
  objectionAnswered,
  objectionSubmitted,
  publicationNamed,
  publicationRequested,
  publicationWithdrawn,
} from './notices/events.ts';
import {
  ratingLeftOut,
  ratingRestored,
  ratingSubmitted,
  ratingsCleared,
  ratingsListed,
  ratingWithdrawn,
} from './ratings/events.ts';
import {
  fundingChanged,
  merchantAdmitted,
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
  voucherVerified,
} from './rewards/events.ts';
import type { ServiceName } from './service-name.ts';
import { certificateRequested, hoursCorrected, hoursVerified } from './volunteering/events.ts';

/** Who consumes what: every event of the house and the services it is brought to. */
export const subscriptions: readonly [EventDefinition, readonly ServiceName[]][] = [
  [subjectChanged, ['codes', 'volunteering']],
  [postChanged, ['identity', 'ratings']],
  [programmeChanged, ['identity', 'rewards']],
  [areaMoved, ['identity', 'codes', 'points', 'rewards', 'ratings', 'volunteering']],
  [personErased, ['directory', 'codes', 'ratings', 'points', 'rewards', 'notices', 'volunteering']],
  [batchRequested, ['codes']],
  [printRequested, ['codes']],
  [ratingSubmitted, ['points']],
  [ratingWithdrawn, ['points']],
  [ratingLeftOut, ['points']],
  [ratingRestored, ['points']],
  [ratingsListed, ['points']],
  [ratingsCleared, ['points']],
  [noticeRequested, ['notices']],
  [publicationRequested, ['notices']],
  [publicationNamed, ['notices']],
  [publicationWithdrawn, ['notices']],
  [entryPosted, ['points', 'volunteering']],
  [objectionSubmitted, ['points', 'volunteering']],
  [objectionAnswered, ['points', 'volunteering']],
  [entryClosed, ['points', 'volunteering']],
  [redemptionRequested, ['rewards']],
  [redemptionHeld, ['rewards']],
  [redemptionReserved, ['rewards']],
  [voucherVerified, ['rewards']],
  [redemptionReleased, ['rewards']],
  [fundingChanged, ['points']],
  [merchantAdmitted, ['identity']],
  [hoursVerified, ['points']],
  [hoursCorrected, ['points']],
  [certificateRequested, ['volunteering']],
];

const consumers = new Map(subscriptions.map(([event, services]) => [event.name, services]));

/** The services an event is brought to. Throws for an event that is not in the list. */
export function consumersOf(eventName: string): readonly ServiceName[] {
  const services = consumers.get(eventName);
  if (!services) throw new Error(`no subscription is declared for ${eventName}`);
  return services;
}
