import { actorOf, auditActor } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  readPaper as paperRoute,
  readPaperQr as qrRoute,
  printVoucher as route,
} from '@ddp/contracts/rewards/assistance-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { layOutVoucherPage } from '@ddp/paper/reports/voucher-page';
import { createMatrix } from '@ddp/qr/matrix';
import { renderPng } from '@ddp/qr/png';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { lastDayOf } from '../domain/deadlines.ts';
import { printedCode } from '../domain/printed-code.ts';
import { lockRedemption } from '../store/redemptions.ts';
import { findVoucherOfRedemption, markPrinted, type Voucher } from '../store/vouchers.ts';
import { requireAssistant, requireAssisted, showAssisted } from './assist-redemption.ts';

/**
 * Gives a voucher that was redeemed for somebody the secret of a new paper: the one before is worth
 * nothing from then on.
 */
export async function printVoucher(
  { store, voucherKeys }: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const staff = requireAssistant(principal);
  const command = { actor: actorOf(principal), key, name: 'print-voucher', input: params };
  return runCommand(store, command, async (tx) => {
    const { redemptionId } = await requireAssisted(tx, params.id, staff);
    await lockRedemption(tx, redemptionId);
    const voucher = await findVoucherOfRedemption(tx, redemptionId);
    // What was given away is its receiver's to show, and never on the giver's paper.
    if (!voucher || voucher.holderId !== voucher.personId) {
      throw new Problem(commonProblems.conflict);
    }
    if (!(await markPrinted(tx, store.clock, voucher.id, voucherKeys.newSeal()))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'print-voucher',
      objectKind: 'voucher',
      objectId: voucher.id,
      detail: { print: voucher.prints + 1 },
    });
    return showAssisted(tx, await requireAssisted(tx, redemptionId, staff));
  });
}

/** The latest paper of a voucher that is good: one page with nothing of the person on it. */
export async function readPaper(
  deps: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof paperRoute>,
): Promise<RouteResult<typeof paperRoute>> {
  const { voucher, code } = await readPrinted(deps, principal, params.id);
  const { benefitTitle, merchantName, prints } = voucher;
  const page = layOutVoucherPage({
    ...{ benefitTitle, merchantName, prints, code },
    matrix: createMatrix(code),
    lastDay: lastDayOf(voucher.expiresAt),
    printedOn: civilDateOf(deps.clock.now()),
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of renderPdf([page], `${benefitTitle}兑换券`)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

export async function readPaperQr(
  deps: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof qrRoute>,
): Promise<RouteResult<typeof qrRoute>> {
  const { code } = await readPrinted(deps, principal, params.id);
  return new Uint8Array(await renderPng(code));
}

async function readPrinted(
  { store, clock, voucherKeys }: RewardsDeps,
  principal: Caller['principal'],
  id: string,
): Promise<{ voucher: Voucher; code: string }> {
  const { redemptionId } = await requireAssisted(store.db, id, requireAssistant(principal));
  const voucher = await findVoucherOfRedemption(store.db, redemptionId);
  const isGood = voucher?.state === 'issued' && voucher.expiresAt > clock.now();
  if (!isGood || voucher.paperSeal === null) throw new Problem(commonProblems.conflict);
  const digits = printedCode(voucherKeys.paperSecretOf(voucher.id, voucher.paperSeal));
  return { voucher, code: `${voucher.voucherNumber}${digits}` };
}
