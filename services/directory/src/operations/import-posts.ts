import { postChanged } from '@ddp/contracts/directory/events';
import type { PostRole } from '@ddp/contracts/directory/schemas';
import { civilDateSchema, idSchema } from '@ddp/contracts/primitives';
import { newId } from '@ddp/db-kit/ids';
import type { ReadRow } from '@ddp/paper/spreadsheet/read-table';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import { keyOfWord, postColumns, postRoleWords } from '../catalogue/table-columns.ts';
import { isRoleOfLevel } from '../domain/area-levels.ts';
import { insertPosts, listPostsOf, type StoredPost } from '../store/posts.ts';
import { checkCell } from './check-cell.ts';
import { findUnitsByName } from './find-units-by-name.ts';
import { isKnownPerson } from './require-known-person.ts';
import {
  type Faults,
  type ImportContext,
  placeRows,
  type TableImporter,
  withoutRepeats,
} from './table-importer.ts';

type Key = (typeof postColumns)[number]['key'];
type Row = StoredPost & { row: number };

/** People asked for at the same time. */
const lanes = 8;
const eventsAtOnce = 500;

/** A post is known by its person, role, area and first day; one that is known is left as it is. */
export const postImporter: TableImporter<Key> = {
  columns: postColumns,
  async check(deps, rows, faults, requestId) {
    const valid = rows.filter(({ row, cells }) =>
      checkCell(faults, row, '人员编号', idSchema, cells.personId),
    );
    const asked = new Set(valid.map(({ cells }) => cells.personId));
    const queue = [...asked];
    const unknown = new Set<string>();
    const askNext = async (): Promise<void> => {
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        if (!(await isKnownPerson(deps, id, requestId))) unknown.add(id);
      }
    };
    await Promise.all(Array.from({ length: lanes }, askNext));
    for (const { row, cells } of valid) {
      if (unknown.has(cells.personId)) {
        faults.add(row, '人员编号', '没有这个人员', 'there is no such person');
      }
    }
  },
  async bring(context, rows) {
    const { tx, store, faults, principal } = context;
    const posts = withoutRepeats(faults, await toPosts(context, rows), keyOf);
    const people = posts.map(({ personId }) => personId);
    const known = new Map((await listPostsOf(tx, people)).map((post) => [keyOf(post), post]));
    const added = posts.filter((post) => !known.has(keyOf(post)));
    for (const post of posts) refuseOtherEnd(faults, post, known.get(keyOf(post)));
    if (faults.isEmpty) {
      await insertPosts(tx, store.clock, added);
      for (let start = 0; start < added.length; start += eventsAtOnce) {
        const some = added.slice(start, start + eventsAtOnce);
        const events = some.map(({ id }) => outgoing(postChanged, { postId: id }));
        await appendEvents(tx, store, events, principal.requestId);
      }
    }
    return { added: added.length, changed: 0, unchanged: posts.length - added.length };
  },
};

async function toPosts(context: ImportContext, rows: readonly ReadRow<Key>[]): Promise<Row[]> {
  const { faults } = context;
  const placed = await placeRows(context, rows, 'areaCode', '区划代码');
  const unitOf = await findUnitsByName(context.tx, placed);
  return placed.flatMap(({ row, cells, area }) => {
    const { personId, fromOn, toOn = '' } = cells;
    if (!hasRightDays(faults, row, fromOn, toOn)) return [];
    const role = readRole(faults, row, cells.role ?? '');
    if (role === undefined) return [];
    if (!isRoleOfLevel(role, area.level)) {
      const [zh, en] = ['岗位角色与区划级别不符', 'belongs to an area of another level'];
      faults.add(row, '角色', zh, en);
    }
    const unitId = unitOf(faults, { row, cells, area });
    const period = { fromOn, toOn: toOn || null };
    const own = { substituteFor: null, reason: null, version: 1 };
    const post = { id: newId(), personId, role, unitId, areaPath: area.areaPath };
    return [{ ...post, ...period, ...own, row }];
  });
}

/** Null for a post without authority, undefined for a word that is no role. */
function readRole(faults: Faults, row: number, word: string): PostRole | null | undefined {
  if (word === '') return null;
  const role = keyOfWord(postRoleWords, word);
  if (role !== null) return role;
  faults.add(row, '角色', '没有这种角色', 'no such role');
  return undefined;
}

function hasRightDays(faults: Faults, row: number, fromOn: string, toOn: string): boolean {
  if (!checkCell(faults, row, '开始日期', civilDateSchema, fromOn)) return false;
  if (toOn === '') return true;
  if (!checkCell(faults, row, '截止日期', civilDateSchema, toOn)) return false;
  if (toOn >= fromOn) return true;
  faults.add(row, '截止日期', '截止日期不能早于开始日期', 'comes before the first day');
  return false;
}

/** Ending a post takes authority away, which nobody does by bringing in a list. */
function refuseOtherEnd(faults: Faults, post: Row, known: StoredPost | undefined): void {
  if (known === undefined || known.toOn === post.toOn) return;
  const [zh, en] = ['已有同一岗位，截止日期不同，请在岗位中办理', 'is there with another last day'];
  faults.add(post.row, '截止日期', zh, en);
}

const keyOf = ({ personId, role, areaPath, fromOn }: StoredPost) =>
  `${personId} ${role ?? ''} ${areaPath} ${fromOn}`;
