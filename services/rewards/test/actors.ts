import type { PersonPrincipal } from '@ddp/contracts/principal';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import type { newBenefitSchema } from '@ddp/contracts/rewards/benefits';
import { acceptGift, offerGift } from '@ddp/contracts/rewards/gift-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import type { RedemptionState } from '@ddp/contracts/rewards/schemas';
import { undoVerification } from '@ddp/contracts/rewards/voucher-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually, type Harness } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import type * as z from 'zod';

export const programmeId = newId();

type BenefitFields = Partial<z.input<typeof newBenefitSchema>>;

type People = Map<string, { points: number; standing: number }>;

/** People who redeem, manage and verify, and what they commonly do. */
export function createActors(house: Harness, people: People) {
  const officer = personAs('banner-officer', { areaPaths: ['/1506/150603/'], programmeId });
  /** Decides on what the officer wrote. */
  const approver = personAs('community-officer', { areaPaths: ['/1506/150603/'], programmeId });

  async function openShop() {
    const body = {
      ...{ name: '草原奶茶馆', areaCode: '150603', ownerName: '图雅', ownerPhone: '13900000001' },
    };
    const merchant = await house.call(routes.createMerchant, { body }, officer);
    const as = { merchantId: merchant.id, areaPaths: [] };
    return {
      merchant,
      clerk: personAs('merchant-clerk', as),
      owner: personAs('merchant-owner', as),
    };
  }

  async function offer(fields: BenefitFields = {}) {
    const { merchant, clerk, owner } = await openShop();
    const body = {
      ...{ title: '奶茶一杯', kind: 'goods' as const, pricePoints: 8, stock: 5 },
      ...{ merchantId: merchant.id, payer: 'donated' as const },
      ...fields,
    };
    const benefit = await house.call(routes.createBenefit, { body }, officer);
    await approve(benefit.id);
    await house.call(routes.publishBenefit, { params: { id: benefit.id } }, officer);
    return { benefit, merchant, clerk, owner };
  }

  /** Submits a draft and has it approved by somebody else. */
  async function approve(id: string) {
    await house.call(submitBenefit, { params: { id } }, officer);
    return house.call(approveBenefit, { params: { id } }, approver);
  }

  function newResident(account = { points: 100, standing: 0 }): PersonPrincipal {
    const resident = personAs('resident', { areaPaths: ['/1506/150603/'], programmeId });
    people.set(resident.personId, { ...account });
    return resident;
  }

  const requests = createRequests(house);
  const { redeem, reach } = requests;

  /** A published benefit, a resident, and the voucher that jobs issued. */
  async function issue(fields: BenefitFields = {}) {
    const shop = await offer(fields);
    const resident = newResident();
    const { id } = await redeem(shop.benefit.id, resident);
    const redemption = await reach(id, resident, 'issued');
    return { ...shop, resident, redemptionId: id, voucherId: redemption.voucherId ?? '' };
  }

  /** A published benefit, a resident, and a redemption that was asked for. */
  async function ask() {
    const shop = await offer();
    const resident = newResident();
    const { id: redemptionId } = await redeem(shop.benefit.id, resident);
    return { ...shop, resident, redemptionId };
  }

  return { ...requests, officer, approver, approve, openShop, offer, newResident, issue, ask };
}

/** What a resident and a clerk send. */
function createRequests(house: Harness) {
  const redeem = (benefitId: string, resident: PersonPrincipal, key = newId()) =>
    house.call(routes.requestRedemption, { body: { benefitId } }, resident, key);
  const read = (id: string, resident: PersonPrincipal) =>
    house.call(routes.readRedemption, { params: { id } }, resident);
  const cancel = (id: string, resident: PersonPrincipal, key = newId()) =>
    house.call(routes.cancelRedemption, { params: { id } }, resident, key);
  const reach = (id: string, resident: PersonPrincipal, state: RedemptionState) =>
    eventually(async () => {
      const seen = await read(id, resident);
      return seen.state === state ? seen : null;
    });
  const face = (id: string, resident: PersonPrincipal) =>
    house.call(routes.readVoucher, { params: { id } }, resident);
  const codeOf = async (id: string, resident: PersonPrincipal) =>
    (await face(id, resident)).code ?? '';
  const verify = (code: string, clerk: PersonPrincipal, key = newId()) =>
    house.call(routes.verifyVoucher, { body: { code } }, clerk, key);
  const lookUp = (code: string, clerk: PersonPrincipal) =>
    house.call(routes.lookUpVoucher, { body: { code } }, clerk);

  const undo = (id: string, clerk: PersonPrincipal, key = newId(), reason = '拿错了商品') =>
    house.call(undoVerification, { params: { id }, body: { reason } }, clerk, key);

  const offerTo = (voucherId: string, phone: string, giver: PersonPrincipal, key = newId()) =>
    house.call(offerGift, { params: { id: voucherId }, body: { phone } }, giver, key);
  const accept = (id: string, receiver: PersonPrincipal, key = newId()) =>
    house.call(acceptGift, { params: { id } }, receiver, key);

  return { offerTo, accept, undo, redeem, read, cancel, reach, face, codeOf, verify, lookUp };
}
