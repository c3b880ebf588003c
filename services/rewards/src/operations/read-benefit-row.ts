import { addDays, isCivilDate, startOf } from '@ddp/calendar/civil-date';
import { type NewBenefit, newBenefitSchema } from '@ddp/contracts/rewards/benefits';
import { findForbiddenWord } from '@ddp/contracts/rewards/forbidden-benefit';
import type { BenefitFault } from '@ddp/contracts/rewards/tables';
import type { ReadRow } from '@ddp/paper/spreadsheet/read-table';
import { splitMessage } from '@ddp/service-kit/field-messages';
import {
  allocationWords,
  type BenefitColumnKey,
  benefitColumns,
  keyOfWord,
  kindWords,
  payerWords,
} from '../catalogue/benefit-columns.ts';
import { parseShares, parseWhole, parseYuan } from '../domain/benefit-row.ts';
import { isBudgetFor, type StoredBudget } from '../store/budgets.ts';
import type { StoredMerchant } from '../store/merchants.ts';

/** What the rows name, by name; a name that two have is told of. */
export interface KnownNames {
  /** With the programme that is in force over each. */
  merchants: ReadonlyMap<string, readonly StoredMerchant[]>;
  budgets: ReadonlyMap<string, readonly StoredBudget[]>;
}

type Reading = { benefit: NewBenefit; faults: [] } | { benefit: null; faults: BenefitFault[] };

/** A row as the body of a draft, or what is wrong with it, cell by cell. */
export function readBenefitRow(row: ReadRow<BenefitColumnKey>, known: KnownNames): Reading {
  const { cells } = row;
  const faults: BenefitFault[] = [];
  const add = (key: BenefitColumnKey, zh: string, en: string) => {
    const column = benefitColumns.find((one) => one.key === key)?.title.zh ?? key;
    faults.push({ row: row.row, column, message: { zh, en } });
  };
  const wholeOf = (key: BenefitColumnKey): number | undefined => {
    if (!cells[key]) return undefined;
    const value = parseWhole(cells[key]);
    if (value === null) add(key, '须为整数', 'not a whole number');
    return value ?? undefined;
  };
  const dayOf = (key: 'opensOn' | 'closesOn', plusDays: number): string | null => {
    const text = cells[key];
    if (!text) return null;
    if (isCivilDate(text)) return startOf(addDays(text, plusDays)).toISOString();
    add(key, '日期须写作 2026-12-01', 'a day is written 2026-12-01');
    return null;
  };
  const kind = keyOfWord(kindWords, cells.kind);
  if (kind === null) add('kind', '没有这种类型', 'no such kind');
  const payer = keyOfWord(payerWords, cells.payer);
  if (payer === null) add('payer', '没有这种出资方式', 'no such payer');
  const allocation = keyOfWord(allocationWords, cells.allocation || 'first-come');
  if (allocation === null) add('allocation', '没有这种发放方式', 'no such way to hand out');
  const cents = cells.unitValueYuan ? parseYuan(cells.unitValueYuan) : 0;
  if (cents === null)
    add('unitValueYuan', '金额最多两位小数', 'an amount has two decimals at most');
  const shares = readShares(cells.merchants, known, add);
  const [first, ...alsoAt] = shares;
  for (const key of ['title', 'description'] as const) {
    const word = findForbiddenWord(cells[key] ?? '');
    const zh = `基本公共服务不能用积分兑换：${word}`;
    if (word !== null) add(key, zh, `a basic public service is never priced in points: ${word}`);
  }
  const input = {
    ...{ title: cells.title, description: cells.description ?? '', kind, payer },
    ...{ merchantId: first?.merchant.id, stock: first?.stock },
    alsoAt: alsoAt.map(({ merchant, stock }) => ({ merchantId: merchant.id, stock })),
    pricePoints: wholeOf('pricePoints'),
    minimumStanding: wholeOf('minimumStanding'),
    perPersonPerDay: wholeOf('perPersonPerDay'),
    perPersonPerWeek: wholeOf('perPersonPerWeek'),
    perPersonPerMonth: wholeOf('perPersonPerMonth'),
    perPersonInTotal: wholeOf('perPersonInTotal'),
    validDays: wholeOf('validDays'),
    unitValueCents: cents ?? 0,
    budgetId: readBudget(cells.budget, { known, merchant: first?.merchant }, add),
    opensAt: dayOf('opensOn', 0),
    closesAt: dayOf('closesOn', 1),
    allocation,
  };
  if (faults.length > 0) return { benefit: null, faults };
  const result = newBenefitSchema.safeParse(input);
  if (result.success) return { benefit: result.data, faults: [] };
  for (const { path, message } of result.error.issues) {
    const { zh, en } = splitMessage(message);
    add(columnOf(String(path[0] ?? '')), zh, en);
  }
  return { benefit: null, faults };
}

type AddFault = (key: BenefitColumnKey, zh: string, en: string) => void;

function readShares(text: string, { merchants }: KnownNames, add: AddFault) {
  const named = parseShares(text);
  if (named === null) {
    add('merchants', '写作“商户名称:件数”', 'written as name:pieces');
    return [];
  }
  return named.flatMap(({ name, stock }) => {
    const [merchant, other] = merchants.get(name) ?? [];
    if (merchant === undefined) {
      add('merchants', `辖区内没有商户“${name}”`, `no merchant "${name}" within your reach`);
      return [];
    }
    if (other !== undefined) {
      add('merchants', `有多家商户名为“${name}”`, `several merchants are called "${name}"`);
    }
    return [{ merchant, stock }];
  });
}

/** The sponsor's budget for the first merchant's area; those elsewhere may have the same name. */
function readBudget(
  text: string,
  { known, merchant }: { known: KnownNames; merchant: StoredMerchant | undefined },
  add: AddFault,
): string | null {
  if (!text || !merchant) return null;
  const [budget, other] = (known.budgets.get(text) ?? []).filter((one) =>
    isBudgetFor(one, merchant),
  );
  if (budget === undefined || other !== undefined) {
    add('budget', '没有这个资助方，或有多笔预算', 'no such sponsor, or several budgets of it');
  }
  return budget?.id ?? null;
}

/** The column that a field of the body comes from. */
function columnOf(field: string): BenefitColumnKey {
  const elsewhere: Record<string, BenefitColumnKey> = {
    ...{ stock: 'merchants', merchantId: 'merchants', alsoAt: 'merchants' },
    ...{ unitValueCents: 'unitValueYuan', budgetId: 'budget' },
    ...{ opensAt: 'opensOn', closesAt: 'closesOn' },
  };
  return elsewhere[field] ?? benefitColumns.find(({ key }) => key === field)?.key ?? 'title';
}
