import { issueResidentCard, readCardHolder } from '@ddp/contracts/codes/resident-card-routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { assistJoining } from '@ddp/contracts/points/routes';
import { assistRating } from '@ddp/contracts/ratings/own-routes';
import { readScore } from '@ddp/contracts/ratings/score-routes';
import {
  assistRedemption,
  printVoucher,
  readAssistedRedemption,
  readPaper,
  readPaperQr,
} from '@ddp/contracts/rewards/assistance-routes';
import { verifyVoucher } from '@ddp/contracts/rewards/routes';
import { decodePng } from './decode-png.ts';
import { refusalOf } from './house.ts';
import { assertSame, until } from './step.ts';
import { issueWorkerCode, tokenOf, type WalkOptions } from './walk-rating.ts';
import type { OpenedShop } from './walk-redemption.ts';

export interface AssistanceOptions extends WalkOptions {
  shop: OpenedShop;
}

/**
 * J7: an elder without a phone rates and redeems through staff, from a printed card and with consent,
 * and hands the merchant a voucher on paper.
 */
export async function walkAssistance(options: AssistanceOptions, today: string): Promise<void> {
  const { officer, areaCode, step } = options;
  const token = tokenOf(await issueWorkerCode(options));
  const { id: personId } = await step('staff registers an elder who has no phone', () =>
    officer.call(registerPerson, {
      body: { name: '巴图', phone: null, areaCode, consent: 'signed' },
    }),
  );
  const holder = await step('the elder gets a printed card, and staff reads it back', async () => {
    const card = await officer.call(issueResidentCard, { body: { personId, areaCode } });
    return officer.call(readCardHolder, { params: { token: card.shortCode } });
  });
  await step('staff rates for the elder with recorded consent, once a day', async () => {
    assertSame(holder.personId, personId, 'whose card it is');
    const consent = { kind: 'spoken' as const, words: '本人口述，网格员在场', on: today };
    const body = { token, level: 4, personId: holder.personId, elderRef: null, consent };
    const rating = await officer.call(assistRating, { body });
    assertSame(rating.isAssisted, true, 'whether it is marked');
    assertSame(await refusalOf(officer.call(assistRating, { body })), 'rated-already', 'a second');
    const { subjectId: id } = rating;
    const score = await officer.call(readScore, { params: { id } });
    assertSame(score.mean, null, 'the mean of the worker');
  });
  await redeemOnPaper(options, holder.personId, today);
}

async function redeemOnPaper(
  { officer, step, shop }: AssistanceOptions,
  personId: string,
  today: string,
): Promise<void> {
  const { benefitId, merchant } = shop;
  const consent = { kind: 'spoken' as const, words: '本人口述，网格员在场', on: today };
  await step('staff takes the elder in with recorded consent, and awards a good deed', async () => {
    await officer.call(assistJoining, { body: { personId, consent, consentVersion } });
    const award = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷' };
    await officer.call(awardPoints, { body: award });
  });
  const params = await step('staff redeems for the elder, and jobs issue a voucher', async () => {
    const body = { benefitId, personId, consent };
    const { id, isAssisted } = await officer.call(assistRedemption, { body });
    assertSame(isAssisted, true, 'whether it is marked');
    await until('the voucher', async () => {
      const seen = await officer.call(readAssistedRedemption, { params: { id } });
      if (seen.failure !== null) throw new Error(`the redemption failed: ${seen.failure}`);
      return seen.voucherId;
    });
    return { id };
  });
  const print = async () => {
    await officer.call(printVoucher, { params });
    return decodePng(await officer.call(readPaperQr, { params }));
  };
  const [lost, code] = await step(
    'it is printed, and once more when the paper was lost',
    async () => {
      const papers = [await print(), await print()] as const;
      const file = Buffer.from(await officer.call(readPaper, { params }));
      assertSame(file.subarray(0, 5).toString(), '%PDF-', 'the paper');
      return papers;
    },
  );
  await step('the merchant verifies the paper, once, and not the lost one', async () => {
    const verify = (paper: string) => merchant.call(verifyVoucher, { body: { code: paper } });
    assertSame(await refusalOf(verify(lost)), 'voucher-invalid', 'the lost paper');
    assertSame((await verify(code)).isPrinted, true, 'whether it is marked');
    assertSame(await refusalOf(verify(code)), 'voucher-used', 'a second use');
  });
}
