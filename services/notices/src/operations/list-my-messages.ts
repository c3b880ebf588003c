import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { listMyMessages as route } from '@ddp/contracts/notices/routes';
import type { Message } from '@ddp/contracts/notices/schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { catalogues } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue-form.ts';
import type { NoticesDeps } from '../deps.ts';
import { fillGaps } from '../domain/fill-gaps.ts';
import { countUnread, listMessages, type StoredMessage } from '../store/messages.ts';

/** The person's messages and those of the role they act in, newest first. */
export async function listMyMessages(
  { store }: NoticesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const reader = requirePerson(principal);
  const { limit, cursor, language } = query;
  const before = decodeCursor(cursor, idCursor);
  const unreadOnly = query.unreadOnly === 'true';
  const rows = await listMessages(store.db, reader, { unreadOnly, before, limit });
  const page = toPage(
    rows,
    limit,
    (row) => toMessage(row, catalogues[language]),
    (row) => row.id,
  );
  return { ...page, unread: await countUnread(store.db, reader) };
}

function toMessage(row: StoredMessage, { messages, words }: Catalogue): Message {
  const { title, text } = messages[row.template];
  return {
    id: row.id,
    template: row.template,
    title: fillGaps(title, row.params, words),
    text: fillGaps(text, row.params, words),
    sentAt: row.sentAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
}
