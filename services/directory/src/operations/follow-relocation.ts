import { areaMoved, postChanged } from '@ddp/contracts/directory/events';
import type { Relocation } from '@ddp/contracts/directory/relocations';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/area-tree.ts';
import { rewritePath } from '../domain/relocation.ts';
import { listProgrammes } from '../store/programmes.ts';
import * as relocations from '../store/relocations.ts';
import { tellSubjects } from './tell-subjects.ts';

type Tx = Transaction<DirectoryDatabase>;

/** Rows that one transaction carries along, and transactions of one round of the sweep. */
const chunkRows = 200;
const mostChunks = 500;

/**
 * Longer than any request may take: what read an old path before the change has come in by then, and
 * is found when the services are told for the last time.
 */
const settlingSeconds = 60;

/** Takes the change of areas that is under way as far as it can go now. */
export async function followRelocation(deps: DirectoryDeps): Promise<void> {
  const { store } = deps;
  for (let chunk = 0; chunk < mostChunks; chunk += 1) {
    if (!(await stepRelocation(deps))) return;
    store.onCommit();
  }
}

/**
 * One step in a transaction of its own: some rows, or the next state. What was rewritten is no longer
 * found under the old path, so a step that is repeated, or resumed by another process, does what is
 * left. Returns whether there may be more to do at once.
 */
export async function stepRelocation(
  { store }: DirectoryDeps,
  limit = chunkRows,
): Promise<boolean> {
  const step = async (tx: Tx): Promise<boolean> => {
    const one = await relocations.findUnderWay(tx, 'lock');
    if (!one) return false;
    switch (one.state) {
      case 'rewriting': {
        if ((await rewriteSome({ store }, tx, one, limit)) > 0) return true;
        await relocations.beginSettling(tx, store.clock, one.id, settlingSeconds);
        return false;
      }
      case 'settling': {
        if (!(await relocations.hasSettled(tx, store.clock, one.id))) return false;
        const { id, areaCode, oldPath, newPath } = one;
        const last = outgoing(areaMoved, { areaCode, oldPath, newPath, round: 'last' });
        await appendEvents(tx, store, [last], requestIdOf(one));
        await relocations.markAnnounced(tx, id);
        return false;
      }
      case 'announced': {
        if (await relocations.isBeingFollowed(tx, areaMoved.name)) return false;
        await relocations.markDone(tx, store.clock, one.id);
        return false;
      }
      case 'done':
        return false;
    }
  };
  return transact(store.db, step, { isRepeatable: true });
}

/** Carries rows of one kind along; returns how many. */
async function rewriteSome(
  { store }: Pick<DirectoryDeps, 'store'>,
  tx: Tx,
  one: Relocation,
  limit: number,
): Promise<number> {
  const programmes = await listProgrammes(tx);
  const programmeOf = (path: string) => {
    const after = rewritePath(path, one.oldPath, one.newPath) ?? path;
    return nearestProgramme(after, programmes)?.id ?? null;
  };
  const subjects = await relocations.rewriteSubjects(tx, one, limit, programmeOf);
  await tellSubjects(tx, store, subjects, requestIdOf(one));
  if (subjects.length > 0) return subjects.length;
  const posts = await relocations.rewritePosts(tx, one, limit);
  const events = posts.map((postId) => outgoing(postChanged, { postId }));
  await appendEvents(tx, store, events, requestIdOf(one));
  if (posts.length > 0) return posts.length;
  return relocations.rewriteUnits(tx, one, limit);
}

const requestIdOf = (one: Relocation) => `relocation-${one.id}`;
