import { addDays, civilDateOf, monthOf, parseCivilDate, startOf } from '@ddp/calendar/civil-date';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import * as rewards from '@ddp/contracts/rewards/routes';
import * as settlement from '@ddp/contracts/rewards/settlement-routes';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import type { SecurityHouse } from './security-house.ts';

/** Several jobs one after another, also on a machine that is busy. */
const boundMs = 60_000;
const title = '理发一次';
const terms = { title, kind: 'service' as const, pricePoints: 5, stock: 5, payer: 'fund' as const };

/**
 * A merchant's statement with two lines, one of them disputed. The clock goes to the month after,
 * so this comes before everything that counts days.
 */
export async function settleMonth(
  house: SecurityHouse,
  { officer, home }: { officer: PersonPrincipal; home: string },
) {
  const { programmeId } = officer;
  const resident = personAs('resident', { areaPaths: [home], programmeId });
  await house.call(joinProgramme, { body: { consentVersion } }, resident);
  const award = { personId: resident.personId, rule: 'mediation' as const, evidence: '调解纠纷' };
  await house.call(awardPoints, { body: award }, officer);
  const named = { name: '巷口理发店', ownerName: '其其格', ownerPhone: '13712345670' };
  const shop = { body: { ...named, areaCode: '150603' } };
  const { id: settledMerchantId } = await eventually(() =>
    house.call(rewards.createMerchant, shop, officer).catch(() => null),
  );
  const more = { unitValueCents: 2_000, perPersonPerMonth: 2, merchantId: settledMerchantId };
  const { id: benefitId } = await house.call(
    rewards.createBenefit,
    { body: { ...terms, ...more } },
    officer,
  );
  await house.call(submitBenefit, { params: { id: benefitId } }, officer);
  const approver = personAs('banner-officer', { areaPaths: [home] });
  await house.call(approveBenefit, { params: { id: benefitId } }, approver);
  await house.call(rewards.publishBenefit, { params: { id: benefitId } }, officer);
  const owner = personAs('merchant-owner', { merchantId: settledMerchantId, areaPaths: [] });
  for (const _time of [1, 2]) {
    const body = { benefitId };
    const { id } = await house.call(rewards.requestRedemption, { body }, resident);
    const voucherId = await eventually(
      async () =>
        (await house.call(rewards.readRedemption, { params: { id } }, resident)).voucherId,
      boundMs,
    );
    const face = await house.call(rewards.readVoucher, { params: { id: voucherId } }, resident);
    await house.call(rewards.verifyVoucher, { body: { code: face.code ?? '' } }, owner);
  }
  const settledMonth = monthOf(civilDateOf(house.clock.now()));
  const nextMonth = monthOf(addDays(parseCivilDate(`${settledMonth}-28`), 4));
  house.clock.setTo(new Date(startOf(parseCivilDate(`${nextMonth}-01`)).getTime() + 31 * 60_000));
  const statementId = await eventually(
    async () => (await house.call(settlement.listStatements, {}, owner)).items[0]?.id,
    boundMs,
  );
  const params = { id: statementId };
  const { items } = await house.call(settlement.listStatementLines, { params }, owner);
  const dispute = { lineId: items[0]?.id ?? '', reason: 'other' as const, words: '服务未完成' };
  const { id: disputeId } = await house.call(settlement.raiseDispute, { body: dispute }, owner);
  return { settledMerchantId, settledMonth, statementId, disputeId, lineId: items[1]?.id ?? '' };
}
