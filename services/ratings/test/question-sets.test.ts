import {
  draftQuestionSet,
  listQuestionSets,
  listReasonNames,
  publishQuestionSet,
  withdrawQuestionSet,
} from '@ddp/contracts/ratings/question-routes';
import type { QuestionContent } from '@ddp/contracts/ratings/question-schemas';
import { newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { dayMs } from './telling.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({}, { startAt: new Date('2026-11-02T02:00:00.000Z') });
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const content: QuestionContent = {
  question: { zh: '这次上门服务怎么样？', en: 'How was this visit?' },
  reasons: [
    { code: 'on-time', levels: [5, 4], text: { zh: '准时', en: 'On time' } },
    { code: 'late', levels: [3, 2, 1], text: { zh: '迟到', en: 'Late' } },
  ],
  scoring: {
    ...{ priorMean: 3, priorCount: 10, guestWeight: 0, assistedWeight: 1 },
    halfLifeMonths: 12,
  },
};
const draft = (fields: object = {}, key = newId()) => {
  const body = { content, fromOn: '2026-11-03', toOn: null, ...fields };
  return house.call(draftQuestionSet, { body }, house.otherOfficer, key);
};
const publish = (id: string) =>
  house.call(publishQuestionSet, { params: { id } }, house.otherOfficer);
const refusal = (slug: string) => ({ slug });

describe('a question set', () => {
  it('is drafted, published for good, and asked from its first day', async () => {
    const token = house.addCode();
    const { id, state, version } = await draft();
    expect([state, version]).toEqual(['draft', null]);
    expect(await publish(id)).toMatchObject({ state: 'published', version: 1, content });
    await expect(publish(id)).rejects.toMatchObject(refusal('question-day-taken'));
    const withdrawal = { params: { id } };
    await expect(
      house.call(withdrawQuestionSet, withdrawal, house.otherOfficer),
    ).rejects.toMatchObject(refusal('question-set-decided'));
    const before = await house.rate(token, personAs('resident'), { reasons: ['patient'] });
    expect(before.questionVersion).toBe(0);
    house.clock.advanceMs(dayMs);
    const after = await house.rate(token, personAs('resident'), { reasons: ['on-time'] });
    expect(after.questionVersion).toBe(1);
    await expect(
      house.rate(token, personAs('resident'), { reasons: ['patient'] }),
    ).rejects.toMatchObject(refusal('reason-mismatch'));
    const page = await house.fetchOf('ratings')(new Request(`http://ratings.test/e/${token}`));
    const html = await page.text();
    expect(html).toContain('这次上门服务怎么样？');
    expect(html).toContain('迟到');
    expect(html).not.toContain('耐心');
    const reader = personAs('resident', { programmeId: house.otherOfficer.programmeId });
    const { items } = await house.call(listReasonNames, {}, reader);
    const names = new Map(items.map(({ code, text }) => [code, text.zh]));
    expect([names.get('on-time'), names.get('patient')]).toEqual(['准时', '耐心']);
    const elsewhere = await house.call(listReasonNames, {}, personAs('resident'));
    expect(elsewhere.items.map(({ code }) => code)).not.toContain('on-time');
  });

  it('of a form that was loaded before the change is answered for a day more', async () => {
    const token = house.addCode();
    const old = { questionVersion: 0, reasons: ['patient'] };
    expect((await house.rate(token, personAs('resident'), old)).questionVersion).toBe(0);
    house.clock.advanceMs(dayMs);
    await expect(house.rate(token, personAs('resident'), old)).rejects.toMatchObject(
      refusal('questions-outdated'),
    );
    expect((await house.rate(token)).questionVersion).toBe(1);
  });

  it('is refused with a reason twice, dates the wrong way round, or a day that is over', async () => {
    const twice = { ...content, reasons: [content.reasons[0], content.reasons[0]] };
    const faulty = refusal('question-set-faulty');
    await expect(draft({ content: twice })).rejects.toMatchObject(faulty);
    await expect(draft({ fromOn: '2026-12-02', toOn: '2026-12-01' })).rejects.toMatchObject(faulty);
    const late = await draft({ fromOn: '2026-11-01' });
    await expect(publish(late.id)).rejects.toMatchObject(refusal('question-day-taken'));
  });

  it('of two drafts at once becomes one version each, or none', async () => {
    const drafts = await Promise.all([
      draft({ fromOn: '2027-01-01' }),
      draft({ fromOn: '2027-01-01' }),
    ]);
    const outcomes = await Promise.allSettled(drafts.map(({ id }) => publish(id)));
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('is the business of officers of the banner and the city, each in their programme', async () => {
    const body = { content, fromOn: '2027-02-01', toOn: null };
    await expect(house.call(draftQuestionSet, { body }, house.officer)).rejects.toMatchObject(
      refusal('forbidden'),
    );
    const { id } = await draft({ fromOn: '2027-03-01' });
    const stranger = personAs('banner-officer', { programmeId: newId() });
    await expect(
      house.call(publishQuestionSet, { params: { id } }, stranger),
    ).rejects.toMatchObject(refusal('not-found'));
    const { programmeId } = house;
    const part = personAs('banner-officer', {
      areaPaths: ['/1506/150603/150603003/'],
      programmeId,
    });
    await expect(house.call(publishQuestionSet, { params: { id } }, part)).rejects.toMatchObject(
      refusal('not-found'),
    );
    const withdrawn = await house.call(withdrawQuestionSet, { params: { id } }, house.otherOfficer);
    expect(withdrawn.state).toBe('withdrawn');
    const listed = await house.call(
      listQuestionSets,
      { query: { state: 'withdrawn' } },
      house.officer,
    );
    expect(listed.items.map((one) => one.id)).toEqual([id]);
    const acts = await house.sql('SELECT action FROM ratings_audit WHERE object_id = ?', id);
    expect(acts.map((row) => row.action).sort()).toEqual([
      'draft-question-set',
      'withdraw-question-set',
    ]);
  });

  it('gets one answer for one key', async () => {
    const key = newId();
    const fields = { fromOn: '2027-04-01' };
    expect(await draft(fields, key)).toEqual(await draft(fields, key));
  });
});
