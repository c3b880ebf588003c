import { requirePermission } from '@ddp/auth/authorize';
import { noticesProblems } from '@ddp/contracts/notices/problems';
import type { sendText as route } from '@ddp/contracts/notices/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import { catalogues } from '../catalogue/catalogue.ts';
import type { NoticesDeps } from '../deps.ts';
import { fillGaps } from '../domain/fill-gaps.ts';

/** Sends a one-time code at once; it is written down nowhere. */
export async function sendText(
  { sendSms }: NoticesDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const { texts, signature, words } = catalogues.zh;
  const text = `${signature}${fillGaps(texts[body.template], body.params, words)}`;
  try {
    await sendSms({ phone: body.phone, text, id: newId() });
  } catch (error) {
    throw new Problem(noticesProblems.textNotSent, { retryAfterSeconds: 5, cause: error });
  }
}
