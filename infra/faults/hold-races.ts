import { setTimeout as sleep } from 'node:timers/promises';
import { createAccounts, postTransfers } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { mapConcurrently } from '../bench/concurrently.ts';
import { until } from '../demo/step.ts';
import { serviceAs } from '../principals.ts';
import type { PointsHouse } from './points-house.ts';

const code = 4_055;
const unit = 'cents' as const;
const atOnce = 24;
/** Between the hold and its deadline, and how long before the deadline the racers start. */
const ahead = { leastMs: 250, mostMs: 400 };
const lead = { leastMs: -20, mostMs: 150 };
const asRewards = serviceAs('rewards');

export interface HoldRaces {
  /** Holds that were placed; the others were too late at once. */
  placed: number;
  posted: number;
  voided: number;
  expired: number;
  wrong: string[];
}

/** Places holds and lets posting, voiding and the deadline race for each of them. */
export async function raceHolds(
  house: PointsHouse,
  options: { count: number; random: () => number },
): Promise<HoldRaces> {
  const { count, random } = options;
  const call = () => {
    const any = house.processes[Math.floor(random() * house.processes.length)];
    if (!any) throw new Error('the house has no process');
    return any.call;
  };
  const ids = [newId(), newId()];
  const accounts = ids.map((id) => ({ id, unit, code, limit: 'none' as const }));
  await call()(asRewards, createAccounts, { body: { accounts } });
  const [debitAccountId = '', creditAccountId = ''] = ids;
  let placed = 0;
  const both: string[] = [];
  const end = async (kind: 'post-pending' | 'void-pending', pendingId: string) => {
    const transfers = [{ kind, id: newId(), pendingId, code: 1 }];
    const { results } = await call()(asRewards, postTransfers, { body: { transfers } });
    return results[0]?.status === 'created';
  };
  await mapConcurrently(Array.from({ length: count }, newId), atOnce, async (id) => {
    const waitMs = ahead.leastMs + random() * (ahead.mostMs - ahead.leastMs);
    const deadlineMs = Date.now() + waitMs;
    const expiresAt = new Date(deadlineMs).toISOString();
    const hold = { kind: 'pending' as const, id, debitAccountId, creditAccountId, expiresAt };
    const transfers = [{ ...hold, amount: 1, unit, code: 1 }];
    const { results } = await call()(asRewards, postTransfers, { body: { transfers } });
    if (results[0]?.status !== 'created') return;
    placed += 1;
    const startMs = deadlineMs - lead.leastMs - random() * (lead.mostMs - lead.leastMs);
    await sleep(Math.max(0, startMs - Date.now()));
    const ends = await Promise.all([end('post-pending', id), end('void-pending', id)]);
    if (ends.every(Boolean)) both.push(id);
  });
  const seen = await countEnds(house, placed);
  return { placed, ...seen, wrong: [...both.map((id) => `ended twice: ${id}`), ...seen.wrong] };
}

async function countEnds(house: PointsHouse, placed: number): Promise<Omit<HoldRaces, 'placed'>> {
  await until('the end of every hold', async () => {
    const rows = await house.query(
      `SELECT transfer_id FROM points_ledger_hold WHERE state = 'open' LIMIT 1`,
    );
    return rows.length === 0 ? true : null;
  });
  const rows = await house.query(
    `SELECT COUNT(*) AS ends, COUNT(DISTINCT t.pending_id) AS holds,
      COALESCE(SUM(t.kind = 'post-pending'), 0) AS posted,
      COALESCE(SUM(t.kind = 'void-pending'), 0) AS voided,
      COALESCE(SUM(t.kind = 'expire-pending'), 0) AS expired,
      COALESCE(SUM((t.kind = 'expire-pending') <> (t.created_at >= h.expires_at)), 0) AS untimely
      FROM points_ledger_transfer t JOIN points_ledger_hold h ON h.transfer_id = t.pending_id`,
  );
  const [counts] = rows;
  if (!counts) throw new Error('the holds were not counted');
  const { ends, holds, posted, voided, expired, untimely } = counts;
  return {
    posted: Number(posted),
    voided: Number(voided),
    expired: Number(expired),
    wrong: [
      Number(ends) === placed && Number(holds) === placed ? '' : `${ends} ends of ${placed} holds`,
      Number(untimely) === 0 ? '' : `${untimely} ends on the wrong side of the deadline`,
      ...house.audit(),
    ].filter((fault) => fault !== ''),
  };
}
