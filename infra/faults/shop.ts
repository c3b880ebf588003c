import type { HouseClient } from '@ddp/contracts/house-client';
import { readMe } from '@ddp/contracts/identity/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme, readMyBalance } from '@ddp/contracts/points/routes';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import {
  createBenefit,
  createMerchant,
  listBenefits,
  publishBenefit,
  readRedemption,
  readVoucher,
  requestRedemption,
  verifyVoucher,
} from '@ddp/contracts/rewards/routes';
import { drawPhone, signInByPhone } from '../demo/house.ts';
import { areaCode } from '../demo/prepare-house.ts';
import { until } from '../demo/step.ts';
import type { FaultHouse } from './fault-house.ts';

const startPoints = 40;
const stock = 100;

/** Repeats a call under one key until the house answers it, as a phone does. */
export function insist<T>(work: () => Promise<T>): Promise<T> {
  return until('an answer', async () => {
    const answered = await work().then(
      (answer) => ({ answer }),
      (error: unknown) => {
        const isRefusal = error instanceof Error && error.name === 'CallProblem';
        if (isRefusal && !/^(429|5\d\d) /.test(error.message)) throw error;
        return null;
      },
    );
    return answered;
  }).then(({ answer }) => answer);
}

/** A resident with forty points and a merchant whose benefit costs one. */
export async function openShop(house: FaultHouse) {
  const { officer, officers } = house;
  const approver = officers.find((one) => one !== officer);
  if (!approver) throw new Error('the shop needs two officers');
  const ownerPhone = drawPhone();
  const shop = { name: '草原奶茶馆', areaCode, ownerName: '图雅', ownerPhone };
  const { id: merchantId } = await officer.call(createMerchant, { body: shop });
  const terms = { kind: 'goods' as const, pricePoints: 1, perPersonPerMonth: 100, stock };
  const benefit = { title: '奶茶一杯', ...terms, merchantId, payer: 'donated' as const };
  const { id: benefitId } = await officer.call(createBenefit, { body: benefit });
  const params = { id: benefitId };
  await officer.call(submitBenefit, { params });
  await approver.call(approveBenefit, { params });
  await officer.call(publishBenefit, { params });
  const merchant = await signInByPhone(house, ownerPhone, { role: 'merchant' });
  const resident = await signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
  await resident.call(joinProgramme, { body: { consentVersion } });
  const { personId } = await resident.call(readMe, {});
  const award = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷' };
  for (let time = 0; time < 2; time += 1) await officer.call(awardPoints, { body: award });
  return createShop(resident, merchant, benefitId);
}

function createShop(resident: HouseClient, merchant: HouseClient, benefitId: string) {
  let verified = 0;
  const balance = () => insist(() => resident.call(readMyBalance, {}));
  return {
    resident,
    redeem: (key: string) => resident.call(requestRedemption, { body: { benefitId } }, key),
    /** Waits for the voucher of an accepted redemption. */
    voucherOf: (id: string) =>
      until('the voucher', async () => {
        const seen = await insist(() => resident.call(readRedemption, { params: { id } }));
        if (seen.failure !== null) throw new Error(`the redemption failed: ${seen.failure}`);
        return seen.voucherId;
      }),
    async codeOf(voucherId: string): Promise<string> {
      const params = { id: voucherId };
      const { code } = await insist(() => resident.call(readVoucher, { params }));
      if (code === null) throw new Error('the voucher shows no code');
      return code;
    },
    async verify(code: string, key: string): Promise<void> {
      await merchant.call(verifyVoucher, { body: { code } }, key);
    },
    /** Counts what this shop is sure to have sold. */
    countVerified() {
      verified += 1;
    },
    /** Waits until no point is held any more, and says what is wrong with points and stock. */
    async settle(): Promise<string[]> {
      await until('the end of every hold', async () =>
        (await balance()).held === 0 ? true : null,
      );
      const { points, standing } = await balance();
      const { items } = await insist(() => resident.call(listBenefits, {}));
      const available = items.find((item) => item.id === benefitId)?.available;
      return [
        points === startPoints - verified ? '' : `${points} points after ${verified} verified`,
        standing === startPoints ? '' : `a standing of ${standing}`,
        available === stock - verified ? '' : `${available} in stock after ${verified} verified`,
      ].filter((fault) => fault !== '');
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
