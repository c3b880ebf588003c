/** A row of a table that asks for a code, its number as the sheet shows it. */
export interface SheetRow {
  row: number;
  subjectId: string;
  name: string;
  unit: string;
  place: string;
}

export interface RowError {
  row: number;
  /** Key of the column. */
  column: 'subjectId' | 'name' | 'unit' | 'place';
  message: { zh: string; en: string };
}

interface Candidate {
  subjectId: string;
  name: string;
  unitName: string;
}

export interface RowChoice {
  row: number;
  subjectId: string;
  place: string;
}

const longestPlace = 60;
const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isSubjectId(text: string): boolean {
  return idForm.test(text.toLowerCase());
}

/** The subject that a row means, or what is wrong with the row. */
export function chooseSubject(
  row: SheetRow,
  byId: ReadonlyMap<string, Candidate>,
  byName: ReadonlyMap<string, readonly Candidate[]>,
): RowChoice | RowError {
  const refuse = (column: RowError['column'], zh: string, en: string): RowError => ({
    ...{ row: row.row, column, message: { zh, en } },
  });
  if (row.place.length > longestPlace || /[\p{Cc}\p{Cf}]/u.test(row.place)) {
    return refuse('place', '位置最多 60 字，不能有特殊符号', 'a place of at most 60 characters');
  }
  const choose = ({ subjectId }: Candidate) => ({ row: row.row, subjectId, place: row.place });
  if (row.subjectId !== '') {
    const found = byId.get(row.subjectId.toLowerCase());
    if (!found) return refuse('subjectId', '辖区内没有这个编号', 'no such subject in your area');
    if (row.name !== '' && row.name !== found.name) {
      return refuse('name', `与编号不符，应为 ${found.name}`, `not the name of this subject`);
    }
    return choose(found);
  }
  if (row.name === '') return refuse('name', '请填编号或名称', 'an id or a name is wanted');
  const named = byName.get(row.name) ?? [];
  const matching = named.filter(({ unitName }) => row.unit === '' || unitName === row.unit);
  const [only, ...more] = matching;
  if (!only) return refuse('name', '辖区内没有这个名称', 'no such name in your area');
  if (more.length > 0) {
    const zh = `辖区内有 ${matching.length} 个同名对象，请填编号`;
    return refuse('name', zh, `${matching.length} subjects have this name: give the id`);
  }
  return choose(only);
}

/** The rows that ask for what another row above asks for. */
export function findRepeats(
  choices: readonly RowChoice[],
  keyOf: (choice: RowChoice) => string,
): RowError[] {
  const first = new Map<string, number>();
  return choices.flatMap((choice): RowError[] => {
    const above = first.get(keyOf(choice));
    if (above === undefined) {
      first.set(keyOf(choice), choice.row);
      return [];
    }
    const message = { zh: `与第 ${above} 行重复`, en: `the same as row ${above}` };
    return [{ row: choice.row, column: 'place', message }];
  });
}
