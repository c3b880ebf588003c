import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { issueSheetBatch as route } from '@ddp/contracts/codes/batch-routes';
import { codesProblems } from '@ddp/contracts/codes/problems';
import { type FieldError, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import {
  chooseSubject,
  findRepeats,
  isSubjectId,
  type RowChoice,
  type RowError,
  type SheetRow,
} from '../domain/batch-sheet.ts';
import { activeSlot } from '../domain/code-state.ts';
import { findBySlots } from '../store/many-codes.ts';
import { findSubjects, type NamedSubject } from '../store/subject-search.ts';
import { requestBatch } from './request-batch.ts';

const columns = [
  { key: 'subjectId', title: { zh: '对象编号', en: 'Subject id' } },
  { key: 'name', title: { zh: '名称', en: 'Name' } },
  { key: 'unit', title: { zh: '单位', en: 'Unit' } },
  { key: 'place', title: { zh: '位置', en: 'Place' } },
] as const;
const mostRows = 10_000;
const mostErrors = 100;
const keysPerStatement = 500;

type Tx = Transaction<CodesDatabase>;

/** Codes for the rows of a table: for all of them, or for none and a list of what is wrong. */
export async function issueSheetBatch(
  deps: CodesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.issue', principal);
  const { areaPaths } = requirePerson(principal);
  const rows = await readRows(body.file);
  const command = { actor: actorOf(principal), key, name: 'issue-sheet-batch', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const { choices, home } = await chooseSubjects(tx, rows, areaPaths);
    return requestBatch(deps, tx, principal, { kind: 'sheet', areaPath: home, rows: choices });
  });
}

async function readRows(file: string): Promise<SheetRow[]> {
  const reading = await readTable(Buffer.from(file, 'base64'), columns, { maxRows: mostRows });
  if (reading.rows) {
    return reading.rows.map(({ row, cells }) => ({
      row,
      subjectId: cells.subjectId ?? '',
      name: cells.name ?? '',
      unit: cells.unit ?? '',
      place: (cells.place ?? '').normalize('NFC'),
    }));
  }
  throw refuse(
    reading.errors.map(({ row, column, message }) => ({
      pointer: ['/rows', row, column].filter((part) => part !== null).join('/'),
      message,
    })),
  );
}

function refuse(errors: FieldError[]): Problem {
  return new Problem(codesProblems.rowsRefused, { errors: errors.slice(0, mostErrors) });
}

function toFieldError({ row, column, message }: RowError): FieldError {
  const heading = columns.find(({ key }) => key === column)?.title.zh ?? column;
  return { pointer: `/rows/${row}/${heading}`, message };
}

/** The subjects of all rows, and the area of the caller's that holds them. Throws on any error. */
async function chooseSubjects(
  tx: Tx,
  rows: readonly SheetRow[],
  areaPaths: readonly string[],
): Promise<{ choices: RowChoice[]; home: string }> {
  const ids = rows.map((row) => row.subjectId.toLowerCase()).filter(isSubjectId);
  const names = rows.filter((row) => row.subjectId === '').map((row) => row.name);
  const known = [
    ...(await search(tx, areaPaths, 'ids', ids)),
    ...(await search(tx, areaPaths, 'names', names)),
  ];
  const byId = new Map(known.map((one) => [one.subjectId, one]));
  const byName = new Map<string, NamedSubject[]>();
  for (const one of byId.values()) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const results = rows.map((row) => chooseSubject(row, byId, byName));
  const choices = results.filter((one): one is RowChoice => !('column' in one));
  const slotOf = ({ subjectId, place }: RowChoice) => activeSlot(subjectId, place);
  const errors = [
    ...results.filter((one): one is RowError => 'column' in one),
    ...findRepeats(choices, (choice) => slotOf(choice).toString('hex')),
    ...(await findTaken(tx, choices, slotOf)),
  ].sort((a, b) => a.row - b.row);
  if (errors.length > 0) throw refuse(errors.map(toFieldError));
  const paths = choices.map(({ subjectId }) => byId.get(subjectId)?.areaPath ?? '');
  const home = areaPaths.find((path) => paths.every((one) => one.startsWith(path)));
  if (home !== undefined) return { choices, home };
  const message = { zh: '一张表只能有一个辖区的对象', en: 'one table holds subjects of one area' };
  throw refuse([{ pointer: '/rows', message }]);
}

async function search(
  tx: Tx,
  areaPaths: readonly string[],
  by: 'ids' | 'names',
  keys: readonly string[],
): Promise<NamedSubject[]> {
  const wanted = [...new Set(keys)];
  const found: NamedSubject[] = [];
  for (let from = 0; from < wanted.length; from += keysPerStatement) {
    const some = wanted.slice(from, from + keysPerStatement);
    found.push(
      ...(await findSubjects(tx, areaPaths, by === 'ids' ? { ids: some } : { names: some })),
    );
  }
  return found;
}

/** Rows whose subject has a code in force at the place. */
async function findTaken(
  tx: Tx,
  choices: readonly RowChoice[],
  slotOf: (choice: RowChoice) => Buffer,
): Promise<RowError[]> {
  const errors: RowError[] = [];
  for (let from = 0; from < choices.length; from += keysPerStatement) {
    const some = choices.slice(from, from + keysPerStatement);
    const taken = await findBySlots(tx, some.map(slotOf));
    const { title } = codesProblems.codeExists;
    for (const choice of some) {
      if (!taken.has(slotOf(choice).toString('hex'))) continue;
      errors.push({ row: choice.row, column: 'place', message: title });
    }
  }
  return errors;
}
