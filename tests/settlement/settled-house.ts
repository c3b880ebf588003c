import { importAreas, startProgramme } from '@ddp/contracts/directory/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import { createBudget } from '@ddp/contracts/rewards/budget-routes';
import * as rewards from '@ddp/contracts/rewards/routes';
import { listSettlementRuns, listStatements } from '@ddp/contracts/rewards/settlement-routes';
import type { MerchantStatement } from '@ddp/contracts/rewards/settlements';
import { directoryModule } from '@ddp/directory/module';
import { gatewayModule } from '@ddp/gateway/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { rewardsModule } from '@ddp/rewards/module';
import { createHarness, eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';

const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, parentCode: null },
  { code: '150603', name: '康巴什区', level: 'banner' as const, parentCode: '1506' },
];
const modules = [
  ...[identityModule, directoryModule, pointsModule],
  ...[rewardsModule, noticesModule, gatewayModule],
];
const home = ['/1506/150603/'];
/** Who pays for the benefits of a merchant, in turn. */
const payers = ['donated', 'subsidised', 'fund'] as const;
export const unitValueCents = 1_250;
/** What staff awards each resident, a point for a voucher. */
export const vouchersEach = 20;

interface Counter {
  benefitId: string;
  clerk: PersonPrincipal;
  owner: PersonPrincipal;
}

type Harness = Awaited<ReturnType<typeof createHarness>>;

interface Staff {
  officer: PersonPrincipal;
  approver: PersonPrincipal;
  budgetId: string;
}

/** A merchant with one benefit of one point, paid for by the payer whose turn it is. */
async function openCounter(
  house: Harness,
  { officer, approver, budgetId }: Staff,
  index: number,
  stock: number,
): Promise<Counter> {
  const phone = `139${String(index).padStart(8, '0')}`;
  const owner = { ownerName: '图雅', ownerPhone: phone };
  const merchant = { name: `草原奶茶馆 ${index + 1} 店`, areaCode: '150603', ...owner };
  const made = await house.call(rewards.createMerchant, { body: merchant }, officer);
  const payer = payers[index % payers.length] ?? 'fund';
  const terms = {
    ...{ title: '奶茶一杯', kind: 'goods' as const, pricePoints: 1, stock, unitValueCents },
    ...{ payer, budgetId: payer === 'subsidised' ? budgetId : null, perPersonPerMonth: 100 },
  };
  const draft = { body: { ...terms, merchantId: made.id } };
  const { id } = await house.call(rewards.createBenefit, draft, officer);
  await house.call(submitBenefit, { params: { id } }, officer);
  await house.call(approveBenefit, { params: { id } }, approver);
  await house.call(rewards.publishBenefit, { params: { id } }, officer);
  const as = { merchantId: made.id, areaPaths: [] };
  return {
    benefitId: id,
    clerk: personAs('merchant-clerk', as),
    owner: personAs('merchant-owner', as),
  };
}

/** A programme with merchants, residents and officers, on a clock that can be moved to a month's end. */
export async function openSettledHouse(environment: Record<string, string> = {}) {
  const startAt = new Date('2026-11-10T02:00:00Z');
  const house = await createHarness({ modules, environment, startAt });
  const administrator = personAs('administrator', { areaPaths: ['/'] });
  await house.call(importAreas, { body: { areas } }, administrator);
  const body = { areaCode: '1506', name: '品德积分' };
  const { id: programmeId } = await house.call(startProgramme, { body }, administrator);
  const asOfficer = () => personAs('city-officer', { areaPaths: ['/1506/'], programmeId });
  const [officer, approver] = [asOfficer(), asOfficer()];
  const budget = { sponsor: '康巴什区商会', areaCode: '1506', pointsLimit: null };
  const budgetId = await eventually(async () => {
    const terms = { body: { ...budget, centsLimit: 1_000_000_000 } };
    return (await house.call(createBudget, terms, officer).catch(() => null))?.id;
  });
  const staff = { officer, approver, budgetId };

  async function newResident(): Promise<PersonPrincipal> {
    const resident = personAs('resident', { areaPaths: home, programmeId });
    await house.call(joinProgramme, { body: { consentVersion } }, resident);
    const { personId } = resident;
    const award = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷，双方签字' };
    await house.call(awardPoints, { body: award }, officer);
    return resident;
  }

  /** Redeems a benefit and verifies the voucher at once. */
  async function sell({ benefitId, clerk }: Counter, resident: PersonPrincipal): Promise<void> {
    const asked = await house.call(rewards.requestRedemption, { body: { benefitId } }, resident);
    const params = { id: asked.id };
    const voucherId = await eventually(async () => {
      const seen = await house.call(rewards.readRedemption, { params }, resident);
      if (seen.state === 'failed') throw new Error(`a redemption failed: ${seen.failure}`);
      return seen.voucherId;
    }, 60_000);
    const face = await house.call(rewards.readVoucher, { params: { id: voucherId } }, resident);
    await house.call(rewards.verifyVoucher, { body: { code: face.code ?? '' } }, clerk);
  }

  /** The statements of a month, once all of them are drawn. */
  async function statementsOf(month: string, boundMs: number): Promise<MerchantStatement[]> {
    await eventually(async () => {
      const { items } = await house.call(listSettlementRuns, {}, officer);
      return items.some((run) => run.month === month && run.state === 'done');
    }, boundMs);
    const query = { month, limit: 100 };
    return (await house.call(listStatements, { query }, officer)).items;
  }

  return {
    ...house,
    officer,
    openCounter: (index: number, stock: number) => openCounter(house, staff, index, stock),
    newResident,
    sell,
    statementsOf,
  };
}

export type SettledHouse = Awaited<ReturnType<typeof openSettledHouse>>;
