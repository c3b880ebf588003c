import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { postPageSchema, postQuerySchema, substitutionSchema } from './posts.ts';
import { directoryProblems } from './problems.ts';
import { postSchema } from './schemas.ts';

const { notFound, unknownArea } = commonProblems;

const service = 'directory';

export const listPosts = defineRoute({
  service,
  name: 'list-posts',
  method: 'GET',
  path: '/v1/posts',
  permission: 'directory.read',
  summary: { zh: '岗位列表', en: 'List posts' },
  query: postQuerySchema,
  status: 200,
  response: postPageSchema,
  problems: [unknownArea],
});

export const appointSubstitute = defineRoute({
  service,
  name: 'appoint-substitute',
  method: 'POST',
  path: '/v1/posts/{id}/substitutions',
  permission: 'directory.manage',
  summary: { zh: '指定代岗人', en: 'Let somebody stand in' },
  params: idParams,
  body: substitutionSchema,
  status: 201,
  response: postSchema,
  problems: [
    notFound,
    directoryProblems.unknownPerson,
    directoryProblems.postPeriodInvalid,
    directoryProblems.substituteIsHolder,
    directoryProblems.substitutionOutside,
    directoryProblems.substitutionOverlaps,
  ],
});
