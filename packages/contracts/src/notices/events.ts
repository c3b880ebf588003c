import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { areaPathSchema, civilDateSchema, idSchema } from '../primitives.ts';
import { audienceSchema, templateParamsSchema, templateSchema } from './schemas.ts';

/** A service asks that a person, or a role in an area, be told something. */
export const noticeRequested = defineEvent(
  'notices.notice-requested',
  z.strictObject({
    audience: audienceSchema,
    template: templateSchema,
    params: templateParamsSchema,
  }),
);

/** A service asks that something be put on the public board; `subjectRef` names it there. */
export const publicationRequested = defineEvent(
  'notices.publication-requested',
  z.strictObject({
    entryId: idSchema,
    subjectRef: z.string().max(64),
    authorPersonId: idSchema.nullable(),
    areaPath: areaPathSchema,
    title: z.string().max(80),
    text: z.string().max(500),
    fromOn: civilDateSchema,
    toOn: civilDateSchema,
  }),
);
