import { issueCode, readCodePng } from '@ddp/contracts/codes/routes';
import type { Code } from '@ddp/contracts/codes/schemas';
import { createSubject } from '@ddp/contracts/directory/routes';
import type { HouseClient } from '@ddp/contracts/house-client';
import { readMe, registerPerson } from '@ddp/contracts/identity/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme, readMyBalance } from '@ddp/contracts/points/routes';
import { listMyRatings, submitRating } from '@ddp/contracts/ratings/routes';
import { decodePng } from './decode-png.ts';
import { drawPhone, type HouseUnderTest, refusalOf, signInByPhone } from './house.ts';
import { assertSame, type Step, until } from './step.ts';

export interface WalkOptions {
  house: HouseUnderTest;
  officer: HouseClient;
  areaCode: string;
  step: Step;
}

export interface Rated {
  resident: HouseClient;
  personId: string;
  code: Code;
}

const mediationPoints = 20;
const ratingPoints = 1;

/** Registers a worker, who may sign in by a phone of their own, and gives them a code. */
export async function issueWorkerCode({
  officer,
  areaCode,
  step,
  workerPhone = drawPhone(),
}: WalkOptions & { workerPhone?: string }): Promise<Code> {
  const worker = await step('staff registers a worker', async () => {
    const name = '萨仁';
    const person = { name, phone: workerPhone, areaCode, consent: 'signed' as const };
    const { id: personId } = await officer.call(registerPerson, { body: person });
    const subject = { kind: 'worker' as const, name, title: '社工', unitId: null };
    return officer.call(createSubject, { body: { ...subject, areaCode, personId } });
  });
  return step('staff issues an evaluation code', () =>
    until('the worker reached codes', async () => {
      const body = { subjectId: worker.id, place: '' };
      return officer.call(issueCode, { body }).catch(async (error: unknown) => {
        const slug = await refusalOf(Promise.reject(error));
        if (slug === 'unknown-subject') return null;
        throw error;
      });
    }),
  );
}

export function tokenOf({ url }: Code): string {
  return url.split('/').at(-1) ?? '';
}

async function rateByPage(resident: HouseClient, token: string) {
  const page = await resident.fetch(`/e/${token}`);
  const html = await page.text();
  if (page.status !== 200 || !html.includes('萨仁')) throw new Error('the page names nobody');
  const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ key, level: '5', reasons: 'patient', words: '讲得很清楚' });
  const send = () => resident.fetch(`/e/${token}`, { method: 'POST', body });
  const [first, second] = await Promise.all([send(), send()]);
  assertSame([first.status, second.status], [303, 303], 'answers to a double tap');
  const thanks = await resident.fetch(first.headers.get('location') ?? '/');
  if (!(await thanks.text()).includes('谢谢')) throw new Error('no thanks were shown');
  const mine = await resident.call(listMyRatings, {});
  assertSame(mine.items.length, 1, 'ratings after a double tap');
  const again = resident.call(submitRating, { body: { token, level: 1 } });
  assertSame(await refusalOf(again), 'rated-already', 'a second rating on the same day');
}

/** J1: a worker gets a code; a resident scans and rates; points arrive, and an award by staff. */
export async function walkRating(options: WalkOptions): Promise<Rated> {
  const { house, officer, areaCode, step } = options;
  const code = await issueWorkerCode(options);
  const token = await step('the printed QR is decoded', async () => {
    const png = await officer.call(readCodePng, { params: { id: code.id } });
    const url = decodePng(png);
    assertSame(url, code.url, 'what the QR says');
    return tokenOf(code);
  });
  const resident = await step('a resident signs in by one-time code', () =>
    signInByPhone(house, drawPhone(), { role: 'resident', areaCode }),
  );
  const { personId } = await resident.call(readMe, {});
  await step('the resident joins the points programme', () =>
    resident.call(joinProgramme, { body: { consentVersion } }),
  );
  await step('the resident rates on the scan page, with a double tap', () =>
    rateByPage(resident, token),
  );
  await step('the point of the rating arrives and waits for a day', () =>
    until('the point', async () => {
      const { standing, points, maturing } = await resident.call(readMyBalance, {});
      if (standing === 0) return null;
      assertSame(
        { standing, points, maturing },
        { standing: ratingPoints, points: 0, maturing: ratingPoints },
        'balance',
      );
      return true;
    }),
  );
  await step('staff awards points with evidence', async () => {
    const body = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷，双方签字' };
    await officer.call(awardPoints, { body });
    const { standing, points } = await resident.call(readMyBalance, {});
    assertSame(
      { standing, points },
      { standing: mediationPoints + ratingPoints, points: mediationPoints },
      'balance',
    );
  });
  return { resident, personId, code };
}
