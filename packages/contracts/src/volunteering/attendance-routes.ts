import { codesProblems } from '../codes/problems.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  attendancePageSchema,
  attendanceQuerySchema,
  attendanceSchema,
  beneficiaryConfirmationSchema,
  beneficiaryConfirmedSchema,
  confirmationsSchema,
  ledAttendancePageSchema,
  newCardScanSchema,
  newCheckInSchema,
  newConfirmationSchema,
  newLeavingSchema,
  newScanBatchSchema,
  newScanSchema,
  refusalSchema,
  scanResultsSchema,
} from './attendances.ts';
import { volunteeringProblems } from './problems.ts';

const service = 'volunteering';
const { notFound, conflict } = commonProblems;
const { placeCodeRefused, placeCodeUsed, placeNotOpen, invalidCode } = codesProblems;
const {
  scanOutside,
  presentElsewhere,
  notCheckedIn,
  ownScan,
  notSignedUp,
  wrongCode,
  leftOutside,
} = volunteeringProblems;
const scanProblems = [scanOutside, presentElsewhere, notCheckedIn, ownScan, notSignedUp];

export const checkIn = defineRoute({
  service,
  name: 'check-in',
  method: 'POST',
  path: '/v1/check-ins',
  permission: 'resident',
  summary: { zh: '扫码签到签退', en: 'Check in or out by the code at the place' },
  body: newCheckInSchema,
  status: 201,
  response: attendanceSchema,
  problems: [notFound, placeCodeRefused, placeCodeUsed, placeNotOpen, ...scanProblems],
});

export const scanVolunteer = defineRoute({
  service,
  name: 'scan-volunteer',
  method: 'POST',
  path: '/v1/scans',
  permission: 'volunteering.lead',
  summary: { zh: '队长扫码签到签退', en: 'Check a volunteer in or out by their code' },
  body: newScanSchema,
  status: 201,
  response: attendanceSchema,
  problems: [notFound, wrongCode, ...scanProblems],
});

export const scanCard = defineRoute({
  service,
  name: 'scan-card',
  method: 'POST',
  path: '/v1/card-scans',
  permission: 'volunteering.assist',
  summary: { zh: '凭便民卡签到签退', en: 'Check in or out who has a card and no phone' },
  body: newCardScanSchema,
  status: 201,
  response: attendanceSchema,
  problems: [notFound, invalidCode, ...scanProblems],
});

export const sendScans = defineRoute({
  service,
  name: 'send-scans',
  method: 'POST',
  path: '/v1/scan-batches',
  permission: 'volunteering.lead',
  summary: { zh: '补传离线签到', en: 'Send the scans that were made without a network' },
  body: newScanBatchSchema,
  status: 201,
  response: scanResultsSchema,
  problems: [notFound],
});

export const listAttendances = defineRoute({
  service,
  name: 'list-attendances',
  method: 'GET',
  path: '/v1/shifts/{id}/attendances',
  permission: 'volunteering.lead',
  summary: { zh: '班次签到情况', en: 'Who came to a shift' },
  params: idParams,
  query: attendanceQuerySchema,
  status: 200,
  response: ledAttendancePageSchema,
  problems: [notFound],
});

export const listMyAttendances = defineRoute({
  service,
  name: 'list-my-attendances',
  method: 'GET',
  path: '/v1/me/attendances',
  permission: 'resident',
  summary: { zh: '我的签到', en: 'Where I checked in' },
  query: attendanceQuerySchema,
  status: 200,
  response: attendancePageSchema,
  problems: [],
});

/** By the volunteer, or by who leads the shift. */
export const sayLeaving = defineRoute({
  service,
  name: 'say-leaving',
  method: 'POST',
  path: '/v1/attendances/{id}/leaving',
  permission: 'volunteering.lead',
  summary: { zh: '补签退', en: 'Say when one left where the check-out was forgotten' },
  params: idParams,
  body: newLeavingSchema,
  status: 200,
  response: attendanceSchema,
  problems: [notFound, conflict, leftOutside],
});

export const confirmAttendances = defineRoute({
  service,
  name: 'confirm-attendances',
  method: 'POST',
  path: '/v1/confirmations',
  permission: 'volunteering.lead',
  summary: { zh: '确认时长', en: 'Confirm that volunteers served' },
  body: newConfirmationSchema,
  status: 201,
  response: confirmationsSchema,
  problems: [],
});

export const refuseAttendance = defineRoute({
  service,
  name: 'refuse-attendance',
  method: 'POST',
  path: '/v1/attendances/{id}/refusal',
  permission: 'volunteering.lead',
  summary: { zh: '不予确认', en: 'Do not confirm, with a reason' },
  params: idParams,
  body: refusalSchema,
  status: 200,
  response: attendanceSchema,
  problems: [notFound, conflict],
});

export const confirmAsBeneficiary = defineRoute({
  service,
  name: 'confirm-as-beneficiary',
  method: 'POST',
  path: '/v1/beneficiary-confirmations',
  permission: 'resident',
  summary: { zh: '受益人确认', en: 'Say that one was served' },
  body: beneficiaryConfirmationSchema,
  status: 201,
  response: beneficiaryConfirmedSchema,
  problems: [notFound, conflict],
});
