import { issueResidentCard, readCardHolder } from '@ddp/contracts/codes/resident-card-routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { assistRating } from '@ddp/contracts/ratings/own-routes';
import { readScore } from '@ddp/contracts/ratings/score-routes';
import { refusalOf } from './house.ts';
import { assertSame } from './step.ts';
import { issueWorkerCode, tokenOf, type WalkOptions } from './walk-rating.ts';

/** J7: an elder without a phone rates through staff, from a printed card and with consent. */
export async function walkAssistance(options: WalkOptions, today: string): Promise<void> {
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
}
