import type { readBenefit } from '@ddp/contracts/rewards/benefit-routes';
import type { createBenefit } from '@ddp/contracts/rewards/routes';
import type { RouteInput, RouteResult } from '@ddp/contracts/route';
import { centsOf, yuanOf } from '../../parts/yuan.ts';

export type Benefit = RouteResult<typeof readBenefit>;
type Terms = RouteInput<typeof createBenefit>['body'];

export const kinds = ['goods', 'service', 'discount', 'space', 'training'] as const;
export const payers = ['donated', 'subsidised', 'fund'] as const;
export const allocations = ['first-come', 'waiting-list', 'draw'] as const;

/** The terms as they are typed: an amount is text until it is one. */
export interface BenefitTyped {
  title: string;
  description: string;
  kind: Terms['kind'];
  pricePoints: number | undefined;
  minimumStanding: number | undefined;
  stock: number | undefined;
  merchantId: string | undefined;
  perPersonPerMonth: number | undefined;
  validDays: number | undefined;
  payer: Terms['payer'];
  value: string;
  budgetId: string | undefined;
  allocation: NonNullable<Terms['allocation']>;
}

export const emptyTerms = (): BenefitTyped => ({
  ...{ title: '', description: '', kind: 'goods', pricePoints: 10, minimumStanding: 0, stock: 10 },
  ...{ merchantId: undefined, perPersonPerMonth: 1, validDays: 30, payer: 'donated', value: '0' },
  ...{ budgetId: undefined, allocation: 'first-come' },
});

export function typedOf(benefit: Benefit): BenefitTyped {
  const { title, description, kind, pricePoints, minimumStanding, merchantId } = benefit;
  const { perPersonPerMonth, validDays, payer, budgetId, allocation, merchants } = benefit;
  return {
    ...{ title, description, kind, pricePoints, minimumStanding, merchantId, perPersonPerMonth },
    ...{ validDays, payer, allocation, budgetId: budgetId ?? undefined },
    stock: merchants.find((one) => one.merchantId === merchantId)?.available ?? benefit.available,
    value: yuanOf(benefit.unitValueCents),
  };
}

/** What the form does not ask stays as it is, where there is something already. */
export function termsOf(typed: BenefitTyped, before?: Benefit): Terms {
  const { value, budgetId, merchantId, ...rest } = typed;
  const numbers = {
    pricePoints: rest.pricePoints ?? 0,
    minimumStanding: rest.minimumStanding ?? 0,
    stock: rest.stock ?? 0,
    perPersonPerMonth: rest.perPersonPerMonth ?? 0,
    validDays: rest.validDays ?? 0,
    unitValueCents: centsOf(value) ?? -1,
  };
  const kept = before && {
    perPersonPerDay: before.perPersonPerDay,
    perPersonPerWeek: before.perPersonPerWeek,
    perPersonInTotal: before.perPersonInTotal,
    opensAt: before.opensAt,
    closesAt: before.closesAt,
    alsoAt: before.merchants
      .filter((one) => one.merchantId !== before.merchantId && one.merchantId !== merchantId)
      .map((one) => ({ merchantId: one.merchantId, stock: one.available })),
  };
  return { ...kept, ...rest, ...numbers, merchantId: merchantId ?? '', budgetId: budgetId ?? null };
}
