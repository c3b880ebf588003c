import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { rewardsProblems } from './problems.ts';
import { newUndoSchema, verificationSchema } from './schemas.ts';
import { voucherSettingsSchema } from './voucher-settings.ts';

const service = 'rewards';
const { notFound, conflict } = commonProblems;

/** Within the time that the programme gives for it, once for a voucher. */
export const undoVerification = defineRoute({
  service,
  name: 'undo-verification',
  method: 'POST',
  path: '/v1/verifications/{id}/undoing',
  permission: 'vouchers.verify',
  summary: { zh: '撤销核销', en: 'Undo a verification' },
  params: idParams,
  body: newUndoSchema,
  status: 200,
  response: verificationSchema,
  problems: [notFound, rewardsProblems.undoOver, rewardsProblems.undoneAlready],
});

export const readVoucherSettings = defineRoute({
  service,
  name: 'read-voucher-settings',
  method: 'GET',
  path: '/v1/voucher-settings',
  permission: 'signed-in',
  summary: { zh: '方案的用券设置', en: 'Settings of the programme for vouchers' },
  status: 200,
  response: voucherSettingsSchema,
  problems: [conflict],
});

/** What was verified before keeps the time that it was given. */
export const setVoucherSettings = defineRoute({
  service,
  name: 'set-voucher-settings',
  method: 'POST',
  path: '/v1/voucher-settings',
  permission: 'rules.manage',
  summary: { zh: '修改用券设置', en: 'Set the programme for vouchers' },
  body: voucherSettingsSchema,
  status: 200,
  response: voucherSettingsSchema,
  problems: [notFound, conflict],
});
