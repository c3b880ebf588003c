import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import type { listRuleDrafts as route } from '@ddp/contracts/points/rule-routes';
import type { RuleDraft } from '@ddp/contracts/points/rule-schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { listDrafts, type StoredDraft } from '../store/rule-drafts.ts';

/** What was proposed for the rules of the programme, and what became of it, newest first. */
export async function listRuleDrafts(
  { store }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rules.read', principal);
  const staff = requirePerson(principal);
  const filter = { programmeId: requireProgramme(staff), state: query.state };
  const before = decodeCursor(query.cursor, idCursor);
  const rows = await listDrafts(store.db, filter, before, query.limit);
  return toPage(
    rows,
    query.limit,
    (draft) => toShownDraft(draft, staff.personId),
    ({ id }) => id,
  );
}

/** Who drafted it is shown as a role; its author sees that it is theirs. */
export function toShownDraft({ draftedBy, ...draft }: StoredDraft, readerId: string): RuleDraft {
  return { ...draft, isOwn: draftedBy === readerId };
}
