import { CallProblem } from '@ddp/contracts/call';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import { createBenefit, createMerchant, publishBenefit } from '@ddp/contracts/rewards/routes';
import { type Caller, personAs } from '../../principals.ts';
import { mapConcurrently } from '../concurrently.ts';
import { waitFor } from '../wait-for.ts';
import type { OpenedArea } from './open-area.ts';

const atOnce = 4;

/** Registers a merchant and publishes benefits of one point, by default with stock for any run. */
export async function openShop(
  call: Caller,
  area: OpenedArea,
  benefits = 1,
  stock = 1_000_000,
): Promise<string[]> {
  const officer = personAs('city-officer', area);
  const owner = { ownerName: '图雅', ownerPhone: '13900000001' };
  const merchant = { name: '草原奶茶馆', areaCode: area.areaCode, ...owner };
  const merchantId = await waitFor('the programme in rewards', async () => {
    try {
      return (await call(officer, createMerchant, { body: merchant })).id;
    } catch (error) {
      const { slug } = rewardsProblems.noProgramme;
      if (error instanceof CallProblem && error.slug === slug) return null;
      throw error;
    }
  });
  return mapConcurrently([...Array(benefits).keys()], atOnce, async (index) => {
    const title = `奶茶一杯（${index + 1}号）`;
    const benefit = { title, kind: 'goods', payer: 'donated', merchantId } as const;
    const terms = { pricePoints: 1, stock, perPersonPerMonth: 100 };
    const { id } = await call(officer, createBenefit, { body: { ...benefit, ...terms } });
    await call(officer, submitBenefit, { params: { id } });
    await call(personAs('city-officer', area), approveBenefit, { params: { id } });
    await call(officer, publishBenefit, { params: { id } });
    return id;
  });
}
