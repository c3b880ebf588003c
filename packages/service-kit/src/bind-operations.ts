import { actorOf, auditActor } from '@ddp/auth/authorize';
import { operationsRoutes } from '@ddp/contracts/operations';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { ServiceName } from '@ddp/contracts/service-name';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand, type ServiceStore } from '@ddp/db-kit/command';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { findDeadLetter, listDeadLetters } from '@ddp/queue-kit/dead-letter';
import type { ServiceQueue } from '@ddp/queue-kit/service-queue';
import { bindRoute } from './bind-route.ts';
import type { ServiceApp } from './service-app.ts';

/** Binds what an operator can do in every service: see dead letters, and replay one. */
export function bindOperations<DB>(
  app: ServiceApp,
  service: ServiceName,
  store: ServiceStore<DB>,
  queue: ServiceQueue,
): void {
  const routes = operationsRoutes(service);
  bindRoute(app, routes.listDeadLetters, async (_caller, { query }) => {
    const { cursor, limit, ...filter } = query;
    const before = decodeCursor(cursor, idCursor);
    const letters = await listDeadLetters(store, limit, { before, ...filter });
    return toPage(
      letters,
      limit,
      ({ producer, diedAt, ...letter }) => ({
        ...letter,
        producer: producer as ServiceName,
        diedAt: diedAt.toISOString(),
      }),
      (letter) => letter.eventId,
    );
  });
  bindRoute(app, routes.replayDeadLetter, async ({ principal, key }, { params }) => {
    const { id } = params;
    const command = { actor: actorOf(principal), key, name: 'replay-dead-letter', input: params };
    await runCommand(store, command, async (tx) => {
      const letter = await findDeadLetter({ ...store, db: tx }, id);
      if (!letter) throw new Problem(commonProblems.notFound);
      await appendAudit(tx, store, {
        ...auditActor(principal),
        action: 'replay-dead-letter',
        objectKind: 'event',
        objectId: id,
      });
    });
    // Also after a repeat: Redis may have been away the first time, and the inbox allows one effect.
    await queue.replayDeadLetter(id);
    return undefined;
  });
}
