import * as z from 'zod';
import { idParams, idSchema, instantSchema, pageOf, pageQuery } from './primitives.ts';
import { commonProblems } from './problem.ts';
import { defineRoute } from './route.ts';
import { type ServiceName, serviceNames } from './service-name.ts';

/** An event that a service could not digest; its payload holds ids and codes alone. */
export const deadLetterSchema = z.object({
  eventId: idSchema,
  producer: z.enum(serviceNames),
  eventName: z.string(),
  payload: z.unknown(),
  reason: z.string(),
  requestId: z.string(),
  diedAt: instantSchema,
});

const deadLetterQuerySchema = z.strictObject({
  ...pageQuery,
  eventName: z
    .string()
    .regex(/^[a-z]+\.[a-z-]{1,60}$/, '事件名称 · the name of an event')
    .optional(),
  /** Something that the payload names. */
  about: idSchema.optional(),
});

/** What an operator can do in every service: see what stands still, and let it go on. */
export function operationsRoutes<S extends ServiceName>(service: S) {
  return {
    listDeadLetters: defineRoute({
      service,
      name: 'list-dead-letters',
      method: 'GET',
      path: '/v1/dead-letters',
      permission: 'operations',
      summary: { zh: '未能处理的事件', en: 'Events that could not be digested' },
      query: deadLetterQuerySchema,
      status: 200,
      response: pageOf(deadLetterSchema),
      problems: [],
    }),
    replayDeadLetter: defineRoute({
      service,
      name: 'replay-dead-letter',
      method: 'POST',
      path: '/v1/dead-letters/{id}/replays',
      permission: 'operations',
      summary: { zh: '重新处理事件', en: 'Let an event be digested again' },
      params: idParams,
      status: 204,
      problems: [commonProblems.notFound],
    }),
  } as const;
}
