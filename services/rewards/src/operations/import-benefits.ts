import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  importBenefits as importRoute,
  readBenefitTemplate as templateRoute,
} from '@ddp/contracts/rewards/table-routes';
import {
  type BenefitFault,
  type BenefitImportResult,
  maxImportRows,
} from '@ddp/contracts/rewards/tables';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { type ReadRow, readTable } from '@ddp/paper/spreadsheet/read-table';
import { writeTemplate } from '@ddp/paper/spreadsheet/write-template';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import { type BenefitColumnKey, benefitColumns } from '../catalogue/benefit-columns.ts';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { parseShares } from '../domain/benefit-row.ts';
import { insertDraft } from '../store/benefits.ts';
import { listBudgetsOf } from '../store/budgets.ts';
import { listMerchantsNamed } from '../store/merchants.ts';
import { listProgrammes } from '../store/programmes.ts';
import { type DraftFields, programmeOfMerchant, readDraftFields } from './draft-terms.ts';
import { type KnownNames, readBenefitRow } from './read-benefit-row.ts';

type Row = ReadRow<BenefitColumnKey>;
const mostFaults = 200;

export async function readBenefitTemplate(
  _deps: RewardsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof templateRoute>> {
  requirePermission('rewards.read', principal);
  return writeTemplate('权益', benefitColumns);
}

/** Drafts a benefit of each row of a table, all of them or none; a dry run only tells the errors. */
export async function importBenefits(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof importRoute>,
): Promise<RouteResult<typeof importRoute>> {
  requirePermission('rewards.manage', principal);
  const officer = requirePerson(principal);
  const bytes = Buffer.from(body.file, 'base64');
  const reading = await readTable(bytes, benefitColumns, { maxRows: maxImportRows });
  if (reading.errors) return refuse(body.dryRun, 0, reading.errors);
  const { rows } = reading;
  if (body.dryRun) {
    const { drafts, faults } = await readDrafts(store.db, officer, rows);
    if (faults.length > 0) return refuse(true, rows.length, faults);
    return { dryRun: true, rows: rows.length, drafted: drafts.length, errors: [] };
  }
  const command = { actor: actorOf(principal), key, name: 'import-benefits', input: body };
  return runCommand(store, command, async (tx): Promise<BenefitImportResult> => {
    const { drafts, faults } = await readDrafts(tx, officer, rows);
    if (faults.length > 0) return refuse(false, rows.length, faults);
    for (const draft of drafts) await insertDraft(tx, store.clock, { id: newId(), ...draft });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'import-benefits',
      objectKind: 'table',
      objectId: 'benefits',
      detail: { rows: rows.length },
    });
    return { dryRun: false, rows: rows.length, drafted: drafts.length, errors: [] };
  });
}

async function readDrafts(
  db: Kysely<RewardsDatabase>,
  officer: PersonPrincipal,
  rows: readonly Row[],
): Promise<{ drafts: DraftFields[]; faults: BenefitFault[] }> {
  const known = await readKnownNames(db, officer, rows);
  const faults: BenefitFault[] = [];
  const drafts: DraftFields[] = [];
  for (const row of rows) {
    if (faults.length >= mostFaults) break;
    const read = readBenefitRow(row, known);
    if (read.benefit === null) {
      faults.push(...read.faults);
      continue;
    }
    const draft = await readDraftFields(db, officer, read.benefit).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      faults.push(faultOf(row.row, error));
    });
    if (draft) drafts.push(draft);
  }
  return { drafts, faults: faults.slice(0, mostFaults) };
}

function faultOf(row: number, { definition, options }: Problem): BenefitFault {
  const [first] = options.errors ?? [];
  return { row, column: null, message: first?.message ?? definition.title };
}

/** The merchants and sponsors that the rows name, within the officer's reach. */
async function readKnownNames(
  db: Kysely<RewardsDatabase>,
  { areaPaths }: PersonPrincipal,
  rows: readonly Row[],
): Promise<KnownNames> {
  const merchantNames = rows.flatMap(({ cells }) =>
    (parseShares(cells.merchants) ?? []).map(({ name }) => name),
  );
  const sponsors = rows.flatMap(({ cells }) => cells.budget || []);
  const found = await listMerchantsNamed(db, areaPaths, [...new Set(merchantNames)]);
  const programmes = await listProgrammes(db);
  const merchants = found.map((merchant) => ({
    ...merchant,
    programmeId: programmeOfMerchant(merchant, programmes),
  }));
  const budgets = await listBudgetsOf(db, areaPaths, [...new Set(sponsors)]);
  return {
    merchants: groupBy(merchants, ({ name }) => name),
    budgets: groupBy(budgets, ({ sponsor }) => sponsor),
  };
}

function groupBy<T>(rows: readonly T[], nameOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return groups;
}

/** A dry run tells the errors; otherwise they refuse the whole table. */
function refuse(dryRun: boolean, rows: number, errors: BenefitFault[]): BenefitImportResult {
  if (dryRun) return { dryRun, rows, drafted: 0, errors };
  throw new Problem(commonProblems.tableHasErrors, {
    errors: errors.map(({ row, column, message }) => ({
      pointer: `/${row ?? 0}/${(column ?? '').replaceAll('/', '')}`,
      message: {
        zh: `${row === null ? '' : `第 ${row} 行 `}${column ?? ''}：${message.zh}`,
        en: `${row === null ? '' : `row ${row} `}${column ?? ''}: ${message.en}`,
      },
    })),
  });
}
