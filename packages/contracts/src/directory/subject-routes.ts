import * as z from 'zod';
import { maxPictureText } from '../pictures.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { directoryProblems } from './problems.ts';
import { photoIdSchema, subjectSchema } from './schemas.ts';
import {
  ownSubjectListSchema,
  stageChangeSchema,
  stageListSchema,
  subjectChangeSchema,
  subjectClosingSchema,
  subjectPhotoSchema,
  subjectTransferSchema,
} from './subjects.ts';

const { notFound, unknownArea } = commonProblems;
const { subjectClosed } = directoryProblems;

const service = 'directory';

export const changeSubject = defineRoute({
  service,
  name: 'change-subject',
  method: 'POST',
  path: '/v1/subjects/{id}/changes',
  permission: 'directory.manage',
  summary: { zh: '修改被评价对象资料', en: 'Change what is told of a subject' },
  params: idParams,
  body: subjectChangeSchema,
  status: 200,
  response: subjectSchema,
  problems: [notFound, subjectClosed],
});

export const transferSubject = defineRoute({
  service,
  name: 'transfer-subject',
  method: 'POST',
  path: '/v1/subjects/{id}/transfers',
  permission: 'directory.manage',
  summary: { zh: '调往另一单位或区划', en: 'Transfer a subject to another unit or area' },
  params: idParams,
  body: subjectTransferSchema,
  status: 200,
  response: subjectSchema,
  problems: [
    notFound,
    unknownArea,
    subjectClosed,
    directoryProblems.unknownUnit,
    directoryProblems.areaClosed,
  ],
});

export const closeSubject = defineRoute({
  service,
  name: 'close-subject',
  method: 'POST',
  path: '/v1/subjects/{id}/closing',
  permission: 'directory.manage',
  summary: { zh: '停用被评价对象', en: 'Close a subject' },
  params: idParams,
  body: subjectClosingSchema,
  status: 200,
  response: subjectSchema,
  problems: [notFound, subjectClosed],
});

export const setStage = defineRoute({
  service,
  name: 'set-stage',
  method: 'POST',
  path: '/v1/subjects/{id}/stages',
  permission: 'directory.manage',
  summary: { zh: '记录社会组织的阶段', en: 'Record the stage of an organization' },
  params: idParams,
  body: stageChangeSchema,
  status: 201,
  response: subjectSchema,
  problems: [notFound, directoryProblems.notAnOrganization, directoryProblems.stageNotNext],
});

export const listStages = defineRoute({
  service,
  name: 'list-stages',
  method: 'GET',
  path: '/v1/subjects/{id}/stages',
  permission: 'directory.read',
  summary: { zh: '社会组织的历次阶段', en: 'List the stages of an organization' },
  params: idParams,
  status: 200,
  response: stageListSchema,
  problems: [notFound],
});

export const setSubjectPhoto = defineRoute({
  service,
  name: 'set-subject-photo',
  method: 'POST',
  path: '/v1/subjects/{id}/photo',
  permission: 'directory.manage',
  summary: { zh: '设置或移除被评价对象照片', en: 'Set or take away the photo of a subject' },
  params: idParams,
  body: subjectPhotoSchema,
  bodyLimitBytes: maxPictureText + 1_024,
  status: 200,
  response: subjectSchema,
  problems: [notFound, subjectClosed, directoryProblems.photoRefused],
});

export const readSubjectPhoto = defineRoute({
  service,
  name: 'read-subject-photo',
  method: 'GET',
  path: '/v1/subject-photos/{photoId}',
  permission: 'public',
  summary: { zh: '查看被评价对象照片', en: 'The photo of a subject, as those who scan see it' },
  params: z.strictObject({ photoId: photoIdSchema }),
  status: 200,
  mediaType: 'image/webp',
  problems: [notFound],
});

export const listOwnSubjects = defineRoute({
  service,
  name: 'list-own-subjects',
  method: 'GET',
  path: '/v1/me/subjects',
  permission: 'signed-in',
  summary: {
    zh: '我以什么身份被评价',
    en: 'What I am rated as, myself or an organization I serve in',
  },
  status: 200,
  response: ownSubjectListSchema,
  problems: [],
});
