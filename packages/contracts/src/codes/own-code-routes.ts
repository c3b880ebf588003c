import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { codePageSchema, ownCodeQuerySchema } from './schemas.ts';

const service = 'codes';

/** Codes in force of subjects that the caller is, as others scan them. */
export const listOwnCodes = defineRoute({
  service,
  name: 'list-own-codes',
  method: 'GET',
  path: '/v1/me/codes',
  permission: 'signed-in',
  summary: { zh: '我的评价码', en: 'The codes that I am rated by' },
  query: ownCodeQuerySchema,
  status: 200,
  response: codePageSchema,
  problems: [],
});

export const readOwnCodeSvg = defineRoute({
  service,
  name: 'read-own-code-svg',
  method: 'GET',
  path: '/v1/me/codes/{id}/qr.svg',
  permission: 'signed-in',
  summary: { zh: '我的评价码图片', en: 'A code that I am rated by, as SVG' },
  params: idParams,
  status: 200,
  mediaType: 'image/svg+xml',
  problems: [commonProblems.notFound],
});
