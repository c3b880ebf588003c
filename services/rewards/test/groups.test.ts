import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  redemptionHeld,
  redemptionRequested,
  redemptionReserved,
} from '@ddp/contracts/rewards/events';
import { hashRequest } from '@ddp/db-kit/command';
import { GroupBusyError } from '@ddp/db-kit/group-commit';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readRewardsSettings } from '../src/config.ts';
import type { CodeVerdict, RequestVerdict } from '../src/group-commands.ts';
import { createGroups } from '../src/module.ts';
import { writeRequests } from '../src/operations/write-requests.ts';
import { writeVerifications } from '../src/operations/write-verifications.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let shop: Awaited<ReturnType<House['offer']>>;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
  const limits = { perPersonPerDay: 2, perPersonPerMonth: 3 };
  shop = await house.offer({ stock: 1_000, unitValueCents: 100, ...limits });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

/** Another world of the same shape each time, so that two runs do not meet. */
function drawIds(count: number): string[] {
  return Array.from({ length: count }, () => newId());
}

interface Asked {
  person: number;
  benefit: number;
  key: number;
}

function requestsOf(all: readonly Asked[], benefitIds: readonly string[]) {
  const people = [0, 1, 2].map(() => house.newResident().personId);
  const keys = drawIds(10);
  const commands = all.map(({ person, benefit, key }) => {
    const personId = people[person] ?? '';
    const draft = {
      programmeId,
      personId,
      benefitId: benefitIds[benefit] ?? '',
      merchantId: null,
      isSetAside: false,
    };
    const named = { actor: `person:${personId}`, key: keys[key] ?? '' };
    const hash = hashRequest({ ...named, name: 'request-redemption', input: { benefit } });
    return { ...named, hash, requestId: 'group', draft: { ...draft, id: newId() } };
  });
  return { people, commands };
}

async function rowsOf(people: readonly string[], benefitIds: readonly string[]) {
  const who = sql.join(people.map(idToBinary));
  const { rows: places } = await sql<{ p: Buffer; b: Buffer; quota_month: string; used: number }>`
    SELECT person_id AS p, benefit_id AS b, quota_month, used FROM rewards_quota
    WHERE person_id IN (${who})`.execute(house.db);
  const { rows: redemptions } = await sql<{ p: Buffer; b: Buffer; effects: number }>`
    SELECT person_id AS p, benefit_id AS b, quota_periods, price_points, text_version,
      (SELECT COUNT(*) FROM rewards_effect e WHERE e.redemption_id = r.id
        AND e.step = 'requested') AS effects
    FROM rewards_redemption r WHERE person_id IN (${who}) ORDER BY id`.execute(house.db);
  const { rows: answers } = await sql<{ scope: string }>`SELECT scope FROM rewards_idempotency
    WHERE scope IN (${sql.join(people.map((id) => `person:${id}`))})`.execute(house.db);
  const place = (id: Buffer, ids: readonly string[]) =>
    ids.findIndex((one) => idToBinary(one).equals(id));
  const named = <R extends { p: Buffer; b: Buffer }>({ p, b, ...row }: R) =>
    JSON.stringify({ person: place(p, people), benefit: place(b, benefitIds), ...row });
  return {
    places: places.map(named).sort(),
    redemptions: redemptions.map(named),
    answers: answers.map(({ scope }) => people.indexOf(scope.slice(7))).sort(),
  };
}

const toldOfRequest = (verdict: RequestVerdict) =>
  verdict.status === 'refused' ? verdict.refusal : verdict.status;

it('writes requests together as it writes them one by one', async () => {
  const other = await house.offer({ stock: 1_000, perPersonPerMonth: 1 });
  const benefitIds = [shop.benefit.id, other.benefit.id, newId()];
  const asked = fc.record({ person: fc.nat(2), benefit: fc.nat(2), key: fc.nat(9) });
  const property = fc.asyncProperty(
    fc.array(asked, { minLength: 1, maxLength: 14 }),
    async (all) => {
      const together = requestsOf(all, benefitIds);
      const apart = requestsOf(all, benefitIds);
      const verdicts = await writeRequests(house.deps, together.commands);
      const oneByOne: RequestVerdict[] = [];
      for (const one of apart.commands) oneByOne.push(...(await writeRequests(house.deps, [one])));
      expect(verdicts.map(toldOfRequest)).toEqual(oneByOne.map(toldOfRequest));
      const rows = await rowsOf(together.people, benefitIds);
      expect(rows).toEqual(await rowsOf(apart.people, benefitIds));
    },
  );
  await fc.assert(property, { numRuns: 12, endOnFailure: true });
});

it('asks to come back when more requests wait than may', async () => {
  const settings = readRewardsSettings({ REWARDS_GROUP_MAX: '1', REWARDS_QUEUE_MAX: '2' });
  const { requestGroup } = createGroups(house.deps, settings);
  const { personId } = house.newResident();
  const commands = drawIds(5).map((id) => {
    const of = { programmeId, personId, benefitId: shop.benefit.id, merchantId: null };
    const draft = { id, ...of, isSetAside: false };
    const named = { actor: `person:${personId}`, key: newId(), hash: Buffer.alloc(32) };
    return { ...named, requestId: 'group', draft };
  });
  const submits = await Promise.allSettled(commands.map((one) => requestGroup.submit([one])));
  const busy = submits.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(busy.every((reason) => reason instanceof GroupBusyError)).toBe(true);
  expect(busy).toHaveLength(3);
});

it('keeps the limit of a person whose requests come to two processes at once', async () => {
  const resident = house.newResident();
  const { personId } = resident;
  const drafts = drawIds(8).map((id) => ({
    ...{
      id,
      programmeId,
      personId,
      benefitId: shop.benefit.id,
      merchantId: null,
      isSetAside: false,
    },
  }));
  const command = (draft: (typeof drafts)[number]) => ({
    ...{ actor: `person:${personId}`, key: newId(), hash: Buffer.alloc(32) },
    ...{ requestId: 'group', draft },
  });
  const here = drafts.map((draft) => house.deps.requestGroup.submit([command(draft)]));
  const there = drafts.map(() => house.redeem(shop.benefit.id, resident));
  const taken = await Promise.allSettled(there);
  const verdicts = (await Promise.all(here)).flat();
  const isTaken = verdicts.filter(
    (one) => one.status === 'fulfilled' && one.value.status === 'requested',
  );
  expect(isTaken.length + taken.filter(({ status }) => status === 'fulfilled').length).toBe(2);
});

async function issueVouchers(count: number) {
  const residents = Array.from({ length: count }, () => house.newResident());
  return Promise.all(
    residents.map(async (resident) => {
      const { id } = await house.redeem(shop.benefit.id, resident);
      for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
        await house.step(event, { redemptionId: id });
      }
      const { voucherId } = await house.read(id, resident);
      return { id: voucherId ?? '', redemptionId: id, resident };
    }),
  );
}

type Issued = Awaited<ReturnType<typeof issueVouchers>>[number];

function inMiddleOfStep() {
  house.clock.setTo(new Date(Math.ceil(house.clock.now().getTime() / 30_000) * 30_000 + 10_000));
}

const wrongFor = (code: string) =>
  `${code.slice(0, 8)}${String((Number(code.slice(8)) + 7) % 1_000_000).padStart(6, '0')}`;

function codeCommand(code: string, clerk: PersonPrincipal, key = newId()) {
  const { personId, role } = clerk;
  const operator = { personId, role, merchantId: shop.merchant.id };
  const named = { actor: `person:${personId}`, key };
  const hash = hashRequest({ ...named, name: 'verify-voucher', input: { code } });
  return { ...named, hash, requestId: 'group', draft: { id: newId(), operator, code } };
}

interface Tried {
  voucher: number;
  clerk: number;
  key: number;
  isWrong: boolean;
}

async function codesOf(all: readonly Tried[], vouchers: readonly Issued[]) {
  const clerks = drawIds(2).map((personId) => ({ ...shop.clerk, personId }));
  const keys = drawIds(12);
  const codes = await Promise.all(vouchers.map((one) => house.codeOf(one.id, one.resident)));
  const commands = all.map(({ voucher, clerk, key, isWrong }) => {
    const code = codes[voucher] ?? '';
    const operator = clerks[clerk] ?? shop.clerk;
    return codeCommand(isWrong ? wrongFor(code) : code, operator, keys[key]);
  });
  return { clerks, commands };
}

async function usesOf(vouchers: readonly Issued[], clerks: readonly PersonPrincipal[]) {
  const ids = sql.join(vouchers.map(({ id }) => idToBinary(id)));
  const people = clerks.map(({ personId }) => personId);
  const subjects = [...vouchers.map(({ id }) => id), ...people];
  const { rows: states } = await sql`SELECT v.state, v.used_step, r.state AS redemption,
      (SELECT COUNT(*) FROM rewards_verification x WHERE x.voucher_id = v.id) AS verifications,
      (SELECT COUNT(*) FROM rewards_effect e WHERE e.redemption_id = r.id
        AND e.step LIKE '%verified') AS effects
    FROM rewards_voucher v JOIN rewards_redemption r ON r.id = v.redemption_id
    WHERE v.id IN (${ids}) ORDER BY v.id`.execute(house.db);
  const { rows: tries } = await sql<{ subject_id: Buffer; used: number }>`
    SELECT subject_id, used FROM rewards_try
    WHERE used > 0 AND subject_id IN (${sql.join(subjects.map(idToBinary))})`.execute(house.db);
  const { rows: answers } = await sql<{ scope: string }>`SELECT scope FROM rewards_idempotency
    WHERE scope IN (${sql.join(people.map((id) => `person:${id}`))})`.execute(house.db);
  const counts = tries.map(({ subject_id: id, used }) => [
    subjects.findIndex((one) => idToBinary(one).equals(id)),
    used,
  ]);
  return {
    states: states.map((row) => JSON.stringify(row)).sort(),
    tries: counts.map(String).sort(),
    answers: answers.map(({ scope }) => people.indexOf(scope.slice(7))).sort(),
  };
}

const toldOfCode = (verdict: CodeVerdict) => {
  if (verdict.status === 'refused') return verdict.refusal;
  return verdict.status === 'answered' ? (verdict.answer?.voucherId ?? 'wrong') : verdict.status;
};

it('writes codes together as it writes them one by one', async () => {
  const tried = fc.record({
    ...{ voucher: fc.nat(2), clerk: fc.nat(1), key: fc.nat(11) },
    isWrong: fc.boolean(),
  });
  const property = fc.asyncProperty(
    fc.array(tried, { minLength: 1, maxLength: 16 }),
    async (all) => {
      const vouchers = await issueVouchers(6);
      inMiddleOfStep();
      const [these, those] = [vouchers.slice(0, 3), vouchers.slice(3)];
      const together = await codesOf(all, these);
      const apart = await codesOf(all, those);
      const verdicts = await writeVerifications(house.deps, together.commands);
      const oneByOne: CodeVerdict[] = [];
      for (const one of apart.commands) {
        oneByOne.push(...(await writeVerifications(house.deps, [one])));
      }
      const sameVoucher = new Map(these.map(({ id }, index) => [id, those[index]?.id]));
      expect(verdicts.map(toldOfCode).map((told) => sameVoucher.get(told) ?? told)).toEqual(
        oneByOne.map(toldOfCode),
      );
      const rows = await usesOf(these, together.clerks);
      expect(rows).toEqual(await usesOf(those, apart.clerks));
    },
  );
  await fc.assert(property, { numRuns: 6, endOnFailure: true });
});

it('uses a voucher once whose code comes to two processes at once', async () => {
  const vouchers = await issueVouchers(8);
  inMiddleOfStep();
  for (const { id, resident } of vouchers) {
    const code = await house.codeOf(id, resident);
    const [outcome] = await Promise.all([
      house.deps.counterGroup.submit([codeCommand(code, shop.owner)]),
      house.verify(code, shop.clerk).then(
        () => null,
        (error: { slug: string }) => expect(error.slug).toBe('voucher-used'),
      ),
    ]);
    const [here] = outcome;
    const told = here?.status === 'fulfilled' ? toldOfCode(here.value) : here;
    expect([id, 'voucher-used']).toContain(told);
    const { rows } = await sql`SELECT id FROM rewards_verification
      WHERE voucher_id = ${idToBinary(id)}`.execute(house.db);
    expect(rows).toHaveLength(1);
  }
});

it('verifies the vouchers beside one that nobody can open any more', async () => {
  const [good, lost] = await issueVouchers(2);
  if (!good || !lost) throw new Error('no vouchers');
  inMiddleOfStep();
  const codes = [
    await house.codeOf(good.id, good.resident),
    await house.codeOf(lost.id, lost.resident),
  ];
  await sql`UPDATE rewards_voucher SET key_id = 'lost' WHERE id = ${idToBinary(lost.id)}`.execute(
    house.db,
  );
  const outcomes = await house.deps.counterGroup.submit(
    codes.map((code) => codeCommand(code, shop.clerk)),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});
