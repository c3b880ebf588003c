import { civilDateOf } from '@ddp/calendar/civil-date';
import { consentKinds, type NewConsent, newConsentSchema } from '@ddp/contracts/consent';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import type { RosterFault } from '@ddp/contracts/volunteering/tables';
import { readNow } from '@ddp/db-kit/time';
import type { ReadRow } from '@ddp/paper/spreadsheet/read-table';
import { splitMessage } from '@ddp/service-kit/field-messages';
import type { Transaction } from 'kysely';
import { consentWords } from '../catalogue/table-columns.ts';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { listVolunteersNumbered } from '../store/volunteers.ts';

/** Whom a row of a roster means, and how they agreed to it. */
export interface RosterRow {
  row: number;
  personId: string;
  /** The skill of the place as it is named; empty for one of anybody. */
  skill: string;
  consent: NewConsent;
}

export type RosterKey = 'number' | 'skill' | 'consent' | 'consentWords' | 'consentOn';
/** A roster of members has no skills. */
type Cells = { row: number; cells: Partial<ReadRow<RosterKey>['cells']> };

const columnOf = { kind: '同意方式', words: '同意说明', on: '同意日期' } as const;

/** The rows of a roster with their people, who live in the staff's area, in the order of their ids. */
export async function readRosterRows(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Transaction<VolunteeringDatabase>,
  { rows, programmeId }: { rows: readonly Cells[]; programmeId: string },
  staff: PersonPrincipal,
): Promise<{ rows: RosterRow[]; faults: RosterFault[] }> {
  const faults: RosterFault[] = [];
  const fault = (row: number, column: string, zh: string, en: string) => {
    faults.push({ row, column, message: { zh, en } });
  };
  const today = civilDateOf(await readNow(tx, store.clock));
  const numbers = rows.flatMap(({ cells }) => cells.number ?? []);
  const found = await listVolunteersNumbered(tx, staff.areaPaths, [...new Set(numbers)]);
  const known = new Map(found.map((one) => [one.number, one]));
  const seen = new Map<string, number>();
  const read = rows.flatMap(({ row, cells }): RosterRow[] => {
    const { number = '', skill = '' } = cells;
    const { consent: kind = '', consentWords: words = '', consentOn: on = '' } = cells;
    const consent = readConsent(kind, words, on, (column, zh, en) => fault(row, column, zh, en));
    if (consent && consent.on > today)
      fault(row, columnOf.on, '不能晚于今天', 'lies in the future');
    const first = seen.get(number);
    if (first !== undefined) {
      fault(row, '志愿者编号', `与第 ${first} 行重复`, `the same as row ${first}`);
    }
    seen.set(number, first ?? row);
    const volunteer = known.get(number);
    if (volunteer?.programmeId !== programmeId) {
      fault(row, '志愿者编号', '您的辖区没有这位志愿者', 'no such volunteer within your reach');
      return [];
    }
    if (volunteer.personId === staff.personId) {
      fault(row, '志愿者编号', '不能为自己登记同意', 'nobody records their own consent');
    }
    return consent ? [{ row, personId: volunteer.personId, skill, consent }] : [];
  });
  return { rows: read.sort((a, b) => (a.personId < b.personId ? -1 : 1)), faults };
}

function readConsent(
  word: string,
  words: string,
  on: string,
  fault: (column: string, zh: string, en: string) => void,
): NewConsent | null {
  const kind = consentKinds.find((one) => one === word || consentWords[one] === word);
  if (!kind) {
    const all = Object.values(consentWords).join('、');
    fault(columnOf.kind, `填写其一：${all}`, `one of: ${all}`);
    return null;
  }
  const parsed = newConsentSchema.safeParse({ kind, words, on });
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const { zh, en } = splitMessage(message);
    fault(columnOf[path[0] as 'words' | 'on'] ?? '', zh, en);
  }
  return null;
}
