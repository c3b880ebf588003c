import { voucherVerified } from '@ddp/contracts/rewards/events';
import {
  type BatchCommand,
  commandName,
  findAnswers,
  writeAnswers,
} from '@ddp/db-kit/command-batch';
import { isDuplicate } from '@ddp/db-kit/errors';
import { transact } from '@ddp/db-kit/transact';
import { appendEventRows, outgoing } from '@ddp/queue-kit/outbox';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { postingWaitSeconds, resumeSeconds } from '../domain/deadlines.ts';
import {
  type CodeDraft,
  type CounterDecision,
  decideVerifications,
  type Use,
} from '../domain/decide-verifications.ts';
import { groupBy } from '../domain/group-by.ts';
import { splitCode } from '../domain/rotating-code.ts';
import { limitsOfTry } from '../domain/try-limits.ts';
import type { CodeCommand, CodeVerdict, Verified } from '../group-commands.ts';
import { clerkKey, readClerksOf } from '../store/clerks.ts';
import { insertEffects } from '../store/effects.ts';
import { lockGoods, moveGoodsTogether } from '../store/goods.ts';
import { lockRedemptions, moveRedemptions, type StoredRedemption } from '../store/redemptions.ts';
import { lockTries, readTries, writeTries } from '../store/tries.ts';
import { insertVerifications, type Verification } from '../store/verifications.ts';
import {
  findNumbered,
  listPresented,
  markVouchersUsed,
  type PresentedVoucher,
} from '../store/vouchers.ts';
import { matchCode } from './check-code.ts';
import { lapseOffer } from './end-gift.ts';
import { showVerification } from './list-verifications.ts';
import { mustHold } from './must-hold.ts';
import { fundingOfAll } from './tell-funding.ts';
import { noticesOf } from './tell-parties.ts';

type Tx = Transaction<RewardsDatabase>;
type Deps = Pick<ServiceDeps<RewardsDatabase>, 'store' | 'clock'> &
  Pick<RewardsDeps, 'voucherKeys'>;

type Presented = PresentedVoucher & { redemption: StoredRedemption };
type VoucherUse = Use<Presented>;

/**
 * Decides and writes a batch of codes in one transaction, a verdict for each. Redemptions are locked
 * first, and then their merchants' stock, before the time is read that they are verified at.
 */
export async function writeVerifications(
  deps: Deps,
  commands: readonly CodeCommand[],
): Promise<CodeVerdict[]> {
  const { store } = deps;
  const write = async (tx: Tx, isCareful: boolean) => {
    const { decisions, counted, now } = await decide(tx, deps, commands, isCareful);
    const requestIds = new Map(commands.map(({ draft, requestId }) => [draft.id, requestId]));
    const uses = decisions.flatMap((one) => (one.status === 'used' ? [one.use] : []));
    const fresh = [...new Map(uses.map((use) => [use.draft.id, use])).values()];
    const shown = await showUses(tx, fresh, now);
    const verdicts = decisions.map((decision) => toVerdict(decision, shown));
    const answers = commands.flatMap((command, index) => {
      const verdict = verdicts[index];
      const isNew = verdict?.status === 'answered' && decisions[index]?.status !== 'answered';
      return isNew ? [{ ...command, answer: verdict.answer }] : [];
    });
    await writeAnswers(tx, store, firstOfEach(answers));
    await writeTries(tx, counted);
    await writeUses(tx, deps, fresh, { now, shown, requestIds });
    return verdicts;
  };
  const run = (isCareful: boolean) =>
    transact(store.db, (tx) => write(tx, isCareful), { isRepeatable: true });
  // A key that was used before, with another code that is right: only its answer tells.
  const verdicts = await run(false).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
    return run(true);
  });
  store.onCommit();
  return verdicts;
}

/**
 * Codes that are all right need nothing but their vouchers. Where one is not, it may be a repeat,
 * whose answer is kept, or a guess: then its tries are locked, so that parallel guesses take turns,
 * and all is decided again on what was answered and counted until then.
 */
async function decide(tx: Tx, deps: Deps, commands: readonly CodeCommand[], isCareful: boolean) {
  const named = commands.map((command) => ({ ...command, name: commandName(command) }));
  const { limitsOf, ...state } = await readState(tx, deps, commands);
  const quick = decideVerifications({ ...state, kept: new Map() }, named);
  const { now } = state;
  const unclear = named.filter(
    (_one, index) => isCareful || quick.decisions[index]?.status !== 'used',
  );
  if (unclear.length === 0) return { ...quick, now };
  const limits = unclear.flatMap(({ draft }) => limitsOf(draft));
  const locked = await lockTries(tx, deps.store.clock, limits);
  const tries = new Map([...state.tries, ...locked.tries]);
  const kept = await findAnswers(tx, deps.store, commands);
  return { ...decideVerifications({ ...state, tries, kept }, named), now };
}

const firstOfEach = <C extends BatchCommand>(commands: readonly C[]): C[] => [
  ...new Map(commands.toReversed().map((command) => [commandName(command), command])).values(),
];

const atCounter = (merchantId: string, voucherNumber: string) => `${merchantId} ${voucherNumber}`;

async function readState(tx: Tx, deps: Deps, commands: readonly CodeCommand[]) {
  const drafts = commands.map(({ draft }) => draft);
  const placeOf = ({ operator, code }: CodeDraft) =>
    atCounter(operator.merchantId, splitCode(code).voucherNumber);
  const numbers = [...new Set(drafts.map(({ code }) => splitCode(code).voucherNumber))];
  const numbered = new Map(
    (await findNumbered(tx, numbers)).map((one) => [
      atCounter(one.merchantId, one.voucherNumber),
      one,
    ]),
  );
  const limitsOf = (draft: CodeDraft) =>
    limitsOfTry(draft.operator.personId, numbered.get(placeOf(draft))?.id ?? null);
  const places = new Set(drafts.map(placeOf));
  const meant = [...numbered].flatMap(([place, one]) => (places.has(place) ? [one] : []));
  const presented = await lockPresented(tx, meant);
  return {
    ...(await readTries(tx, deps.store.clock, drafts.flatMap(limitsOf))),
    limitsOf,
    findVoucher: (draft: CodeDraft) =>
      presented.get(numbered.get(placeOf(draft))?.id ?? '') ?? null,
    match: (voucher: Presented, code: string) => matchCode(deps, voucher, code),
  };
}

/** Locks redemptions and what those take that may be used up now; the vouchers by id. */
async function lockPresented(
  tx: Tx,
  meant: readonly { id: string; redemptionId: string }[],
): Promise<Map<string, Presented>> {
  if (meant.length === 0) return new Map();
  const locked = await lockRedemptions(
    tx,
    meant.map(({ redemptionId }) => redemptionId),
  );
  const redemptions = new Map(locked.map((redemption) => [redemption.id, redemption]));
  const vouchers = await listPresented(
    tx,
    meant.map(({ id }) => id),
  );
  await lockGoods(
    tx,
    locked.filter(({ state }) => state === 'issued'),
  );
  return new Map(
    vouchers.map((voucher) => {
      const redemption = redemptions.get(voucher.redemptionId);
      if (!redemption) throw new Error('the redemption of a voucher is not there');
      return [voucher.id, { ...voucher, redemption }];
    }),
  );
}

/** The verifications that uses become, by their ids. */
async function showUses(
  tx: Tx,
  uses: readonly VoucherUse[],
  now: Date,
): Promise<Map<string, Verification>> {
  const people = uses.map(({ draft }) => draft.operator);
  const clerks = await readClerksOf(tx, people);
  return new Map(
    uses.map(({ draft, voucher, attempt, undoMinutes, isPrinted }) => {
      const { id, operator } = draft;
      const clerk = clerks.get(clerkKey(operator));
      return [
        id,
        {
          ...{ id, voucherId: voucher.id, redemptionId: voucher.redemptionId },
          ...{ benefitTitle: voucher.benefitTitle, attempt, isPrinted },
          ...{ operatorId: operator.personId, operatorRole: operator.role },
          ...{ clerkId: clerk?.id ?? null, shopId: clerk?.shopId ?? null, shopName: null },
          unitValueCents: voucher.redemption.unitValueCents,
          verifiedAt: now,
          undoUntil: new Date(now.getTime() + undoMinutes * 60_000),
          ...{ undoneAt: null, undoReason: null },
        },
      ];
    }),
  );
}

function toVerdict(
  decision: CounterDecision<Presented>,
  shown: ReadonlyMap<string, Verification>,
): CodeVerdict {
  switch (decision.status) {
    case 'used': {
      const verification = shown.get(decision.use.draft.id);
      if (!verification) throw new Error('a use is not shown');
      return { status: 'answered', answer: showVerification(verification) };
    }
    case 'wrong':
      return { status: 'answered', answer: null };
    case 'answered':
      return { status: 'answered', answer: decision.answer as Verified | null };
    case 'key-reused':
    case 'refused':
      return decision;
  }
}

interface Writing {
  now: Date;
  shown: ReadonlyMap<string, Verification>;
  requestIds: ReadonlyMap<string, string>;
}

async function writeUses(
  tx: Tx,
  { store }: Deps,
  uses: readonly VoucherUse[],
  { now, shown, requestIds }: Writing,
): Promise<void> {
  if (uses.length === 0) return;
  mustHold(await markVouchersUsed(tx, uses, now), 'a voucher under its lock is as it was read');
  for (const [undoMinutes, ones] of groupBy(uses, (use) => use.undoMinutes)) {
    const nextSeconds = postingWaitSeconds(undoMinutes) ?? resumeSeconds;
    const move = { from: 'issued', to: 'verified', nextSeconds } as const;
    const ids = ones.map(({ voucher }) => voucher.redemptionId);
    const isMoved = await moveRedemptions(tx, store.clock, ids, move);
    mustHold(isMoved, 'a good voucher has an issued redemption');
  }
  const redemptions = uses.map(({ voucher }) => voucher.redemption);
  mustHold(await moveGoodsTogether(tx, redemptions, 'reserved', 'sold'), 'their stock is reserved');
  for (const [attempt, ones] of groupBy(uses, (use) => use.attempt)) {
    const ids = ones.map(({ voucher }) => voucher.redemptionId);
    await insertEffects(tx, store.clock, ids, attempt === 1 ? 'verified' : 'reverified');
  }
  await insertVerifications(
    tx,
    uses.flatMap(({ draft, voucher: { programmeId, areaPath, merchantId } }) => {
      const verification = shown.get(draft.id);
      return verification ? [{ ...verification, programmeId, areaPath, merchantId }] : [];
    }),
  );
  await tellUses(tx, store, uses, requestIds);
}

async function tellUses(
  tx: Tx,
  store: Deps['store'],
  uses: readonly VoucherUse[],
  requestIds: ReadonlyMap<string, string>,
): Promise<void> {
  const events = [];
  for (const { draft, voucher, undoMinutes } of uses) {
    const requestId = requestIds.get(draft.id) ?? '';
    const { redemptionId } = voucher;
    // While it may be undone, the sweep of what stands still tells that the points are to be spent.
    const isFinal = postingWaitSeconds(undoMinutes) === null;
    const told = isFinal ? [outgoing(voucherVerified, { redemptionId })] : [];
    const lapsed = voucher.isOffered ? await lapseOffer({ store }, tx, redemptionId) : [];
    const mine = [...told, ...noticesOf(voucher, 'voucher-verified'), ...lapsed];
    events.push(...mine.map((event) => ({ ...event, requestId })));
  }
  const benefitIds = uses.map(({ voucher }) => voucher.redemption.benefitId);
  const requestId = requestIds.get(uses[0]?.draft.id ?? '') ?? '';
  const funding = await fundingOfAll(tx, benefitIds);
  await appendEventRows(tx, store, [
    ...events,
    ...funding.map((event) => ({ ...event, requestId })),
  ]);
}
