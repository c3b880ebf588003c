import * as z from 'zod';
import { areaCodeSchema, idParams, pageQuery } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { newPostSchema, postEndSchema } from './posts.ts';
import { directoryProblems } from './problems.ts';
import {
  areaImportSchema,
  areaPageSchema,
  areaQuerySchema,
  areaSchema,
  newProgrammeSchema,
  postSchema,
  programmeSchema,
  subjectSchema,
} from './schemas.ts';
import { newSubjectSchema, subjectPageSchema, subjectQuerySchema } from './subjects.ts';
import { newUnitSchema, unitPageSchema, unitQuerySchema, unitSchema } from './units.ts';

const { notFound, conflict, unknownArea } = commonProblems;
const service = 'directory';

export const importAreas = defineRoute({
  service,
  name: 'import-areas',
  method: 'POST',
  path: '/v1/area-imports',
  permission: 'areas.manage',
  summary: { zh: '导入行政区划', en: 'Import divisions' },
  body: areaImportSchema,
  bodyLimitBytes: 1024 * 1024,
  status: 200,
  response: z.object({ added: z.number().int(), renamed: z.number().int() }),
  problems: [directoryProblems.orphanArea],
});

export const listAreas = defineRoute({
  service,
  name: 'list-areas',
  method: 'GET',
  path: '/v1/areas',
  permission: 'public',
  summary: { zh: '查询区划', en: 'List areas' },
  query: areaQuerySchema,
  status: 200,
  response: areaPageSchema,
  problems: [],
});

export const readArea = defineRoute({
  service,
  name: 'read-area',
  method: 'GET',
  path: '/v1/areas/{code}',
  permission: 'public',
  summary: { zh: '查看区划', en: 'Read an area' },
  params: z.strictObject({ code: areaCodeSchema }),
  status: 200,
  response: areaSchema,
  problems: [notFound],
});

export const startProgramme = defineRoute({
  service,
  name: 'start-programme',
  method: 'POST',
  path: '/v1/programmes',
  permission: 'areas.manage',
  summary: { zh: '在一个区划启用方案', en: 'Start a programme in an area' },
  body: newProgrammeSchema,
  status: 201,
  response: programmeSchema,
  problems: [unknownArea, directoryProblems.programmeInForce],
});

export const readProgramme = defineRoute({
  service,
  name: 'read-programme',
  method: 'GET',
  path: '/v1/programmes/{id}',
  permission: 'service',
  summary: { zh: '查看方案', en: 'Read a programme' },
  params: idParams,
  status: 200,
  response: programmeSchema,
  problems: [notFound],
});

export const listProgrammes = defineRoute({
  service,
  name: 'list-programmes',
  method: 'GET',
  path: '/v1/programmes',
  permission: 'public',
  summary: { zh: '方案列表', en: 'List programmes' },
  query: z.strictObject(pageQuery),
  status: 200,
  response: z.object({ items: z.array(programmeSchema), nextCursor: z.string().nullable() }),
  problems: [],
});

export const createUnit = defineRoute({
  service,
  name: 'create-unit',
  method: 'POST',
  path: '/v1/units',
  permission: 'directory.manage',
  summary: { zh: '登记单位', en: 'Register a unit' },
  body: newUnitSchema,
  status: 201,
  response: unitSchema,
  problems: [
    unknownArea,
    notFound,
    directoryProblems.unitKindMismatch,
    directoryProblems.areaClosed,
  ],
});

export const listUnits = defineRoute({
  service,
  name: 'list-units',
  method: 'GET',
  path: '/v1/units',
  permission: 'directory.read',
  summary: { zh: '单位列表', en: 'List units' },
  query: unitQuerySchema,
  status: 200,
  response: unitPageSchema,
  problems: [unknownArea],
});

export const createSubject = defineRoute({
  service,
  name: 'create-subject',
  method: 'POST',
  path: '/v1/subjects',
  permission: 'directory.manage',
  summary: { zh: '登记被评价对象', en: 'Register a subject' },
  body: newSubjectSchema,
  status: 201,
  response: subjectSchema,
  problems: [
    unknownArea,
    directoryProblems.unknownUnit,
    directoryProblems.personRequired,
    directoryProblems.areaClosed,
    notFound,
  ],
});

export const listSubjects = defineRoute({
  service,
  name: 'list-subjects',
  method: 'GET',
  path: '/v1/subjects',
  permission: 'directory.read',
  summary: { zh: '被评价对象列表', en: 'List subjects' },
  query: subjectQuerySchema,
  status: 200,
  response: subjectPageSchema,
  problems: [unknownArea],
});

export const readSubject = defineRoute({
  service,
  name: 'read-subject',
  method: 'GET',
  path: '/v1/subjects/{id}',
  permission: 'service',
  summary: { zh: '查看被评价对象', en: 'Read a subject' },
  params: idParams,
  status: 200,
  response: subjectSchema,
  problems: [notFound],
});

export const createPost = defineRoute({
  service,
  name: 'create-post',
  method: 'POST',
  path: '/v1/posts',
  permission: 'directory.manage',
  summary: { zh: '任命岗位', en: 'Appoint to a post' },
  body: newPostSchema,
  status: 201,
  response: postSchema,
  problems: [
    unknownArea,
    directoryProblems.unknownUnit,
    directoryProblems.postPeriodInvalid,
    directoryProblems.roleMismatch,
    directoryProblems.unknownPerson,
    directoryProblems.areaClosed,
    notFound,
  ],
});

export const endPost = defineRoute({
  service,
  name: 'end-post',
  method: 'POST',
  path: '/v1/posts/{id}/ending',
  permission: 'directory.manage',
  summary: { zh: '免去岗位', en: 'End a post' },
  params: idParams,
  body: postEndSchema,
  status: 200,
  response: postSchema,
  problems: [notFound, conflict],
});

export const readPost = defineRoute({
  service,
  name: 'read-post',
  method: 'GET',
  path: '/v1/posts/{id}',
  permission: 'service',
  summary: { zh: '查看岗位', en: 'Read a post' },
  params: idParams,
  status: 200,
  response: postSchema,
  problems: [notFound],
});
