import type { Subject } from '@ddp/contracts/directory/schemas';
import { subjectChangeSchema } from '@ddp/contracts/directory/subjects';
import { idSchema, nameSchema } from '@ddp/contracts/primitives';
import { newId } from '@ddp/db-kit/ids';
import type { ReadRow } from '@ddp/paper/spreadsheet/read-table';
import { keyOfWord, subjectColumns, subjectKindWords } from '../catalogue/table-columns.ts';
import { nearestProgramme } from '../domain/area-tree.ts';
import { listProgrammes } from '../store/programmes.ts';
import {
  insertSubjects,
  listSubjectsAt,
  type NewSubject,
  updateSubject,
} from '../store/subjects.ts';
import { checkCell } from './check-cell.ts';
import { findUnitsByName } from './find-units-by-name.ts';
import {
  type Faults,
  type ImportContext,
  placeRows,
  type TableImporter,
  withoutRepeats,
} from './table-importer.ts';
import { tellSubjects } from './tell-subjects.ts';

type Key = (typeof subjectColumns)[number]['key'];
type Row = NewSubject & { row: number };
type Known = Pick<
  NewSubject,
  'id' | 'kind' | 'name' | 'title' | 'unitId' | 'areaCode' | 'personId'
>;

/**
 * A worker or volunteer is known by their person in an area, an organization by its name there; what
 * else a row says may change. Only active subjects are known.
 */
export const subjectImporter: TableImporter<Key> = {
  columns: subjectColumns,
  async bring(context, rows) {
    const { tx, store, faults, principal } = context;
    const subjects = withoutRepeats(faults, await toSubjects(context, rows), keyOf);
    const codes = subjects.map(({ areaCode }) => areaCode);
    const known = new Map((await listSubjectsAt(tx, codes)).map((one) => [keyOf(one), one]));
    const added = subjects.filter((one) => !known.has(keyOf(one)));
    const changed = subjects.filter((one) => differs(one, known.get(keyOf(one))));
    if (faults.isEmpty) {
      await insertSubjects(tx, store.clock, added);
      const ids = added.map(({ id }) => id);
      for (const one of changed) {
        const id = known.get(keyOf(one))?.id ?? '';
        const { name, title, unitId } = one;
        await updateSubject(tx, id, { name, title, unitId });
        ids.push(id);
      }
      await tellSubjects(tx, store, ids, principal.requestId);
    }
    const unchanged = subjects.length - added.length - changed.length;
    return { added: added.length, changed: changed.length, unchanged };
  },
};

async function toSubjects(context: ImportContext, rows: readonly ReadRow<Key>[]): Promise<Row[]> {
  const { tx, faults } = context;
  const placed = await placeRows(context, rows, 'areaCode', '区划代码');
  const unitOf = await findUnitsByName(tx, placed);
  const programmes = await listProgrammes(tx);
  return placed.flatMap(({ row, cells, area }) => {
    const kind = keyOfWord(subjectKindWords, cells.kind);
    if (kind === null) {
      faults.add(row, '类型', '没有这种类型', 'no such kind');
      return [];
    }
    const { name, title = '', personId = '' } = cells;
    checkCell(faults, row, '名称', nameSchema, name);
    checkCell(faults, row, '职务', subjectChangeSchema.shape.title, title);
    if (!hasRightPerson(faults, row, kind, personId)) return [];
    const subject = {
      id: newId(),
      kind,
      name,
      title,
      areaCode: area.code,
      areaPath: area.areaPath,
    };
    const programmeId = nearestProgramme(area.areaPath, programmes)?.id ?? null;
    const unitId = unitOf(faults, { row, cells, area });
    return [{ ...subject, row, unitId, programmeId, personId: personId || null }];
  });
}

function hasRightPerson(faults: Faults, row: number, kind: Subject['kind'], id: string): boolean {
  if (kind === 'organization') {
    if (id === '') return true;
    faults.add(row, '人员编号', '社会组织不填人员编号', 'an organization is no person');
    return false;
  }
  if (id !== '') return checkCell(faults, row, '人员编号', idSchema, id);
  faults.add(row, '人员编号', '社工和志愿者须填人员编号', 'a worker or volunteer is a person');
  return false;
}

const keyOf = ({ kind, name, personId, areaCode }: Known) =>
  `${areaCode} ${kind} ${personId ?? name}`;

function differs(one: Known, known: Known | undefined): boolean {
  if (known === undefined) return false;
  return one.name !== known.name || one.title !== known.title || one.unitId !== known.unitId;
}
