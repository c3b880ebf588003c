import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { noticesProblems } from './problems.ts';
import {
  entryPageSchema,
  entryQuerySchema,
  entrySchema,
  messagePageSchema,
  messageQuerySchema,
  newEntrySchema,
  newObjectionSchema,
  objectionAnswerSchema,
  objectionPageSchema,
  objectionSchema,
  textMessageSchema,
  withdrawalSchema,
} from './schemas.ts';

const { notFound, conflict, unknownArea } = commonProblems;
const service = 'notices';

export const listMyMessages = defineRoute({
  service,
  name: 'list-my-messages',
  method: 'GET',
  path: '/v1/me/messages',
  permission: 'signed-in',
  summary: { zh: '我的消息', en: 'My messages' },
  query: messageQuerySchema,
  status: 200,
  response: messagePageSchema,
  problems: [],
});

export const markMessageRead = defineRoute({
  service,
  name: 'mark-message-read',
  method: 'POST',
  path: '/v1/me/messages/{id}/reading',
  permission: 'signed-in',
  summary: { zh: '标记已读', en: 'Mark a message as read' },
  params: idParams,
  status: 204,
  isKeyless: true,
  problems: [notFound],
});

export const publishEntry = defineRoute({
  service,
  name: 'publish-entry',
  method: 'POST',
  path: '/v1/board-entries',
  permission: 'board.manage',
  summary: { zh: '发布公示', en: 'Publish on the board' },
  body: newEntrySchema,
  status: 201,
  response: entrySchema,
  problems: [noticesProblems.periodInvalid, unknownArea, notFound],
});

export const listEntries = defineRoute({
  service,
  name: 'list-entries',
  method: 'GET',
  path: '/v1/board-entries',
  permission: 'public',
  summary: { zh: '公示栏', en: 'The public board' },
  query: entryQuerySchema,
  status: 200,
  response: entryPageSchema,
  problems: [],
});

export const readEntry = defineRoute({
  service,
  name: 'read-entry',
  method: 'GET',
  path: '/v1/board-entries/{id}',
  permission: 'public',
  summary: { zh: '查看公示', en: 'Read an entry' },
  params: idParams,
  status: 200,
  response: entrySchema,
  problems: [notFound],
});

export const withdrawEntry = defineRoute({
  service,
  name: 'withdraw-entry',
  method: 'POST',
  path: '/v1/board-entries/{id}/withdrawal',
  permission: 'board.manage',
  summary: { zh: '撤下公示', en: 'Withdraw an entry' },
  params: idParams,
  body: withdrawalSchema,
  status: 200,
  response: entrySchema,
  problems: [notFound, conflict],
});

export const submitObjection = defineRoute({
  service,
  name: 'submit-objection',
  method: 'POST',
  path: '/v1/board-entries/{id}/objections',
  permission: 'signed-in',
  summary: { zh: '提出异议', en: 'Object to an entry' },
  params: idParams,
  body: newObjectionSchema,
  status: 201,
  response: objectionSchema,
  problems: [
    notFound,
    noticesProblems.notOnBoard,
    noticesProblems.objectedAlready,
    noticesProblems.otherArea,
    noticesProblems.unknownPerson,
  ],
});

export const listObjections = defineRoute({
  service,
  name: 'list-objections',
  method: 'GET',
  path: '/v1/board-entries/{id}/objections',
  permission: 'board.manage',
  summary: { zh: '异议列表', en: 'Objections to an entry' },
  params: idParams,
  query: entryQuerySchema.pick({ limit: true, cursor: true }),
  status: 200,
  response: objectionPageSchema,
  problems: [notFound],
});

export const listMyObjections = defineRoute({
  service,
  name: 'list-my-objections',
  method: 'GET',
  path: '/v1/me/objections',
  permission: 'signed-in',
  summary: { zh: '我提出的异议', en: 'My objections and their answers' },
  query: entryQuerySchema.pick({ limit: true, cursor: true }),
  status: 200,
  response: objectionPageSchema,
  problems: [],
});

export const answerObjection = defineRoute({
  service,
  name: 'answer-objection',
  method: 'POST',
  path: '/v1/objections/{id}/answer',
  permission: 'board.manage',
  summary: { zh: '答复异议', en: 'Answer an objection' },
  params: idParams,
  body: objectionAnswerSchema,
  status: 200,
  response: objectionSchema,
  problems: [notFound, conflict, noticesProblems.ownEntry, noticesProblems.ownObjection],
});

export const sendText = defineRoute({
  service,
  name: 'send-text',
  method: 'POST',
  path: '/v1/text-messages',
  permission: 'service',
  summary: { zh: '发送短信', en: 'Send a text message' },
  body: textMessageSchema,
  status: 204,
  isKeyless: true,
  problems: [noticesProblems.textNotSent],
});
