import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { readVoucherQr as qrRoute, readVoucher as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { renderSvg } from '@ddp/qr/svg';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { codeOfStep, endOfStep, stepAt } from '../domain/rotating-code.ts';
import { findVerificationOf } from '../store/verifications.ts';
import { findVoucherOf } from '../store/vouchers.ts';

/** The holder's own voucher with the code of this moment; another's looks as if it were not there. */
export async function readVoucher(
  { store, clock, voucherKeys }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const voucher = await findVoucherOf(store.db, params.id, requirePerson(principal).personId);
  if (!voucher) throw new Problem(commonProblems.notFound);
  const now = clock.now();
  const isOver = voucher.state === 'issued' && voucher.expiresAt <= now;
  const state = isOver ? 'expired' : voucher.state;
  const step = stepAt(now);
  const use = state === 'used' ? await findVerificationOf(store.db, voucher.id) : null;
  const code = () =>
    `${voucher.voucherNumber}${codeOfStep(voucherKeys.secretOf(voucher.id, voucher), step)}`;
  return {
    id: voucher.id,
    benefitTitle: voucher.benefitTitle,
    merchantName: voucher.merchantName,
    state,
    expiresAt: voucher.expiresAt.toISOString(),
    code: state === 'issued' ? code() : null,
    codeValidUntil: state === 'issued' ? endOfStep(step).toISOString() : null,
    usedAt: voucher.usedAt?.toISOString() ?? null,
    usedShopName: use?.shopName ?? null,
  };
}

export async function readVoucherQr(
  deps: RewardsDeps,
  caller: Caller,
  request: RouteRequest<typeof qrRoute>,
): Promise<RouteResult<typeof qrRoute>> {
  const { code } = await readVoucher(deps, caller, request);
  if (code === null) throw new Problem(commonProblems.conflict);
  return new TextEncoder().encode(renderSvg(code));
}
