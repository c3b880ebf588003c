import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { idSchema } from '../primitives.ts';

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
