import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  hoursQuerySchema,
  hoursSchema,
  ledHoursPageSchema,
  myHoursPageSchema,
  newCorrectionSchema,
  newRecordedHoursSchema,
  newReviewOutcomeSchema,
  reviewPageSchema,
  reviewQuerySchema,
  reviewSchema,
  wholeHoursSchema,
} from './hours.ts';
import { volunteeringProblems } from './problems.ts';

const service = 'volunteering';
const { notFound, conflict } = commonProblems;
const { unknownVolunteer, dayInFuture, ownCorrection, ownReview, beyondShift } =
  volunteeringProblems;

export const listMyHours = defineRoute({
  service,
  name: 'list-my-hours',
  method: 'GET',
  path: '/v1/me/hours',
  permission: 'resident',
  summary: { zh: '我的时长', en: 'My hours, verified and recorded apart' },
  query: hoursQuerySchema,
  status: 200,
  response: myHoursPageSchema,
  problems: [],
});

export const listHours = defineRoute({
  service,
  name: 'list-hours',
  method: 'GET',
  path: '/v1/hours',
  permission: 'volunteering.read',
  summary: { zh: '时长记录', en: 'Hours of the area' },
  query: hoursQuerySchema,
  status: 200,
  response: ledHoursPageSchema,
  problems: [],
});

/** By whom they are of, by who leads the team, or by staff of the area. */
export const readHours = defineRoute({
  service,
  name: 'read-hours',
  method: 'GET',
  path: '/v1/hours/{id}',
  permission: 'volunteering.lead',
  summary: { zh: '时长详情', en: 'Hours with their corrections' },
  params: idParams,
  status: 200,
  response: wholeHoursSchema,
  problems: [notFound],
});

export const recordHours = defineRoute({
  service,
  name: 'record-hours',
  method: 'POST',
  path: '/v1/recorded-hours',
  permission: 'volunteering.lead',
  summary: { zh: '补录时长', en: 'Type in hours that nobody scanned; they earn nothing' },
  body: newRecordedHoursSchema,
  status: 201,
  response: hoursSchema,
  problems: [notFound, unknownVolunteer, dayInFuture],
});

export const correctHours = defineRoute({
  service,
  name: 'correct-hours',
  method: 'POST',
  path: '/v1/hours/{id}/corrections',
  permission: 'volunteering.manage',
  summary: { zh: '更正时长', en: 'Correct hours, with a reason that stays' },
  params: idParams,
  body: newCorrectionSchema,
  status: 200,
  response: wholeHoursSchema,
  problems: [notFound, conflict, ownCorrection, beyondShift],
});

export const listReviews = defineRoute({
  service,
  name: 'list-reviews',
  method: 'GET',
  path: '/v1/reviews',
  permission: 'volunteering.read',
  summary: { zh: '抽查回访', en: 'What is to be asked about' },
  query: reviewQuerySchema,
  status: 200,
  response: reviewPageSchema,
  problems: [],
});

export const noteReview = defineRoute({
  service,
  name: 'note-review',
  method: 'POST',
  path: '/v1/reviews/{id}/outcome',
  permission: 'volunteering.manage',
  summary: { zh: '登记回访结果', en: 'Note what a call-back found' },
  params: idParams,
  body: newReviewOutcomeSchema,
  status: 200,
  response: reviewSchema,
  problems: [notFound, conflict, ownReview],
});
