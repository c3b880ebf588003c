import type { ScanKind, ScanWay } from '@ddp/contracts/volunteering/attendances';
import { readNow } from '@ddp/db-kit/time';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { decideScan, dueOf, type ScanWindow } from '../domain/attendance.ts';
import {
  findAttendance,
  findPresence,
  findScan,
  insertScan,
  openAttendance,
  type StoredAttendance,
  setTimes,
} from '../store/attendances.ts';
import { lockPerson } from '../store/people.ts';
import { readSettings } from '../store/settings.ts';
import { findSignUp, type StoredSignUp } from '../store/sign-ups.ts';

type Tx = Transaction<VolunteeringDatabase>;

export interface NewScanOf {
  eventId: string;
  kind: ScanKind;
  way: ScanWay;
  at: Date;
  by: string;
}

export type ScanEffect =
  | 'counted'
  | 'kept'
  | 'repeated'
  | 'outside-window'
  | 'present-elsewhere'
  | 'not-signed-up';

/**
 * Takes one scan of a sign-up, under the lock of its person, once by its event. A person who is in at
 * one place is refused at another, unless that shift is over: then they have forgotten to check out.
 */
export async function applyScan(
  { store }: VolunteeringDeps,
  tx: Tx,
  signUp: StoredSignUp,
  scan: NewScanOf,
): Promise<{ effect: ScanEffect; isLate: boolean }> {
  await lockPerson(tx, signUp.personId);
  const before = await findScan(tx, scan.eventId);
  if (before) return { effect: 'repeated', isLate: before.isLate };
  const current = await findSignUp(tx, signUp.id);
  if (current?.state !== 'signed') return { effect: 'not-signed-up', isLate: false };
  const window = await readSettings(tx, signUp.programmeId);
  const now = await readNow(tx, store.clock);
  const isLate = now > dueOf(signUp, window);
  await openAttendance(tx, signUp);
  const presence = await readAttendance(tx, signUp.id);
  const decision = decideScan(presence, scan, window, now);
  if (decision.verdict === 'refused') return { effect: decision.why, isLate };
  const isCounted = decision.verdict === 'counted';
  if (isCounted && decision.next.state === 'present') {
    const isFree = await leaveOther(tx, signUp, scan, window);
    if (!isFree) return { effect: 'present-elsewhere', isLate };
  }
  await insertScan(tx, store.clock, { ...scan, signUpId: signUp.id, isLate, isCounted });
  if (isCounted) {
    await setTimes(tx, presence, decision.next, { dueAt: dueOf(signUp, window), isLate });
  }
  return { effect: decision.verdict, isLate };
}

/** False where the person is at another place that is not over yet. */
async function leaveOther(
  tx: Tx,
  { id, personId }: StoredSignUp,
  { at }: NewScanOf,
  window: ScanWindow,
): Promise<boolean> {
  const other = await findPresence(tx, personId);
  if (!other || other.signUpId === id) return true;
  if (other.endsAt > at) return false;
  await forgetCheckOut(tx, other, window);
  return true;
}

/** Puts the planned end where nobody checked out, for the person to say and the leader to confirm. */
export async function forgetCheckOut(
  tx: Tx,
  one: StoredAttendance,
  window: ScanWindow,
): Promise<void> {
  const { inAt, inWay, endsAt } = one;
  const end = { outAt: endsAt, outWay: 'forgotten', state: 'forgotten' } as const;
  await setTimes(tx, one, { inAt, inWay, ...end }, { dueAt: dueOf(one, window), isLate: false });
}

export async function readAttendance(tx: Tx, signUpId: string): Promise<StoredAttendance> {
  const found = await findAttendance(tx, signUpId);
  if (!found) throw new Error('an attendance just written is not there');
  return found;
}
