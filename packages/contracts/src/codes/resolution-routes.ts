import * as z from 'zod';
import { defineRoute } from '../route.ts';
import { resolvedScanSchema } from './schemas.ts';

export const mostTokens = 40;

/** What a list of tokens is joined of; anything else is asked for by itself. */
export const listableToken = /^[A-Za-z0-9_-]{1,64}$/;

export const resolveScans = defineRoute({
  service: 'codes',
  name: 'resolve-scans',
  method: 'GET',
  path: '/v1/resolved-scans',
  permission: 'service',
  summary: { zh: '一次解析多个评价码', en: 'Resolve several codes for another service' },
  query: z.strictObject({
    /** Tokens, with commas between them. */
    tokens: z
      .string()
      .max(65 * mostTokens)
      .regex(/^[A-Za-z0-9_-]{1,64}(,[A-Za-z0-9_-]{1,64}){0,39}$/),
  }),
  status: 200,
  response: z.object({
    /** Null for whatever is not in force. */
    scans: z.array(z.object({ token: z.string(), scan: resolvedScanSchema.nullable() })),
  }),
  problems: [],
});
