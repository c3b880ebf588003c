import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { markMessageRead as route } from '@ddp/contracts/notices/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { NoticesDeps } from '../deps.ts';
import { insertReading, isVisible } from '../store/messages.ts';

/** Marks a message read for the person who asks, not for others of the same role. */
export async function markMessageRead(
  { store }: NoticesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const reader = requirePerson(principal);
  if (!(await isVisible(store.db, reader, params.id))) throw new Problem(commonProblems.notFound);
  await insertReading(store.db, store.clock, params.id, reader.personId);
}
