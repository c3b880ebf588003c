import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { areaCodeSchema, areaPathSchema, idSchema } from '../primitives.ts';

/** The subject is new or changed; its card is read by `directory.read-subject`. */
export const subjectChanged = defineEvent(
  'directory.subject-changed',
  z.strictObject({ subjectId: idSchema }),
);

/** A post is new, ended or changed; it is read by `directory.read-post`. */
export const postChanged = defineEvent(
  'directory.post-changed',
  z.strictObject({ postId: idSchema }),
);

/** A programme came into force or changed; it is read by `directory.read-programme`. */
export const programmeChanged = defineEvent(
  'directory.programme-changed',
  z.strictObject({ programmeId: idSchema }),
);

/**
 * The area and everything under it went from one path to another, by a move or a merge. Whoever keeps
 * paths of rows that are alive rewrites them; rows that tell what happened keep the area they had. It
 * is told twice, so that what came in with the old path in between is found too; the next change of
 * areas begins when both were followed everywhere.
 */
export const areaMoved = defineEvent(
  'directory.area-moved',
  z.strictObject({
    areaCode: areaCodeSchema,
    oldPath: areaPathSchema,
    newPath: areaPathSchema,
    round: z.enum(['first', 'last']),
  }),
);
