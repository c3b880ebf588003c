import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { areaPathSchema, civilDateSchema, idSchema } from '../primitives.ts';
import {
  audienceSchema,
  entryOutcomes,
  publicityDaysSchema,
  templateParamsSchema,
  templateSchema,
} from './schemas.ts';

/** A service asks that a person, or a role in an area, be told something. */
export const noticeRequested = defineEvent(
  'notices.notice-requested',
  z.strictObject({
    audience: audienceSchema,
    template: templateSchema,
    params: templateParamsSchema,
  }),
);

const entryOfService = {
  entryId: idSchema,
  /** What the entry is about, in the words of the service that asked for it. */
  subjectRef: z.string().max(64),
};

const naming = {
  /** A name of the person's own choice, with their separate consent; shown while the entry is up. */
  namedAs: z.string().max(20).nullable(),
  namingVersion: z.number().int().min(0),
};

/**
 * A service asks that something be put on the public board. It goes up on the day this is handled
 * and stays to the end of the n-th working day after, so that a late delivery shortens nothing.
 */
export const publicationRequested = defineEvent(
  'notices.publication-requested',
  z.strictObject({
    ...entryOfService,
    authorPersonId: idSchema.nullable(),
    /** Who had a part in it besides the author: none of them may answer an objection. */
    excludedPersonIds: z.array(idSchema).max(200),
    areaPath: areaPathSchema,
    title: z.string().max(80),
    text: z.string().max(500),
    workingDays: publicityDaysSchema,
    ...naming,
  }),
);

/** A service takes back what it asked for; an entry that has ended stays as it ended. */
export const publicationWithdrawn = defineEvent(
  'notices.publication-withdrawn',
  z.strictObject({ ...entryOfService, reason: z.string().min(1).max(200) }),
);

/**
 * How an entry of a service names the person it tells of has changed. A later version wins in
 * whatever order they come.
 */
export const publicationNamed = defineEvent(
  'notices.publication-named',
  z.strictObject({ ...entryOfService, ...naming }),
);

/** What a service asked for is up, from the first day to the end of the last. */
export const entryPosted = defineEvent(
  'notices.entry-posted',
  z.strictObject({
    ...entryOfService,
    reference: z.string().max(20),
    fromOn: civilDateSchema,
    toOn: civilDateSchema,
  }),
);

export const objectionSubmitted = defineEvent(
  'notices.objection-submitted',
  z.strictObject({ ...entryOfService, objectionId: idSchema }),
);

export const objectionAnswered = defineEvent(
  'notices.objection-answered',
  z.strictObject({
    ...entryOfService,
    objectionId: idSchema,
    verdict: z.enum(['upheld', 'rejected']),
    /** Who answered it; not known of answers before this was told. */
    answeredBy: idSchema.nullable().default(null),
  }),
);

/**
 * How an entry of a service ended, once. `unopposed` and `objections-rejected` say that it was up
 * for its whole period and no objection is left open or was upheld.
 */
export const entryClosed = defineEvent(
  'notices.entry-closed',
  z.strictObject({ ...entryOfService, outcome: z.enum(entryOutcomes) }),
);
