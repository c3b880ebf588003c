import type { AttendanceState, ScanKind, ScanWay } from '@ddp/contracts/volunteering/attendances';

const minuteMs = 60_000;

/** What is known of somebody at a shift. */
export interface Presence {
  startsAt: Date;
  endsAt: Date;
  state: AttendanceState;
  inAt: Date | null;
  inWay: ScanWay | null;
  outAt: Date | null;
  outWay: ScanWay | null;
}

export interface Scan {
  kind: ScanKind;
  way: ScanWay;
  /** When it was scanned. */
  at: Date;
}

export interface ScanWindow {
  earlyMinutes: number;
  graceMinutes: number;
}

type Times = Pick<Presence, 'inAt' | 'inWay' | 'outAt' | 'outWay' | 'state'>;

/** `kept` is known and changes nothing: a second scan of the same, or one after the confirmation. */
export type ScanDecision =
  | { verdict: 'counted'; next: Times }
  | { verdict: 'kept' }
  | { verdict: 'refused'; why: 'outside-window' };

/** When a check-out that nobody made counts as forgotten. */
export function dueOf({ endsAt }: Pick<Presence, 'endsAt'>, window: ScanWindow): Date {
  return new Date(endsAt.getTime() + window.graceMinutes * minuteMs);
}

/**
 * What a scan changes. The earliest check-in and the latest check-out count, in whatever order they
 * come; what somebody said gives way to what was scanned.
 */
export function decideScan(
  presence: Presence,
  scan: Scan,
  window: ScanWindow,
  now: Date,
): ScanDecision {
  if (!isWithin(presence, scan, window)) return { verdict: 'refused', why: 'outside-window' };
  if (['confirmed', 'verified', 'refused'].includes(presence.state)) return { verdict: 'kept' };
  const known = scannedTimes(presence);
  const next = scan.kind === 'in' ? withEntry(known, scan) : withExit(known, scan);
  return next === null
    ? { verdict: 'kept' }
    : { verdict: 'counted', next: close(presence, next, window, now) };
}

function isWithin({ startsAt, endsAt }: Presence, { kind, at }: Scan, window: ScanWindow): boolean {
  if (kind === 'in') {
    return at.getTime() >= startsAt.getTime() - window.earlyMinutes * minuteMs && at < endsAt;
  }
  return at > startsAt && at <= dueOf({ endsAt }, window);
}

type Scanned = Omit<Times, 'state'>;

/** Without a check-out that was only said, or put in because none came. */
function scannedTimes({ inAt, inWay, outAt, outWay }: Presence): Scanned {
  const isScanned = outWay !== 'forgotten' && outWay !== 'said';
  return { inAt, inWay, outAt: isScanned ? outAt : null, outWay: isScanned ? outWay : null };
}

function withEntry(known: Scanned, { at, way }: Scan): Scanned | null {
  return known.inAt === null || at < known.inAt ? { ...known, inAt: at, inWay: way } : null;
}

function withExit(known: Scanned, { at, way }: Scan): Scanned | null {
  return known.outAt === null || at > known.outAt ? { ...known, outAt: at, outWay: way } : null;
}

/** With the state that follows; whoever has not gone by the deadline has forgotten it. */
function close(presence: Presence, times: Scanned, window: ScanWindow, now: Date): Times {
  if (times.inAt === null) return { ...times, state: 'unentered' };
  if (times.outAt !== null) return { ...times, state: 'out' };
  if (presence.outWay === 'said') {
    return { ...times, outAt: presence.outAt, outWay: 'said', state: 'out' };
  }
  if (now < dueOf(presence, window)) return { ...times, state: 'present' };
  return { ...times, outAt: presence.endsAt, outWay: 'forgotten', state: 'forgotten' };
}

/** Whole minutes of the shift that somebody was there, rounded down once. */
export function minutesOf({ startsAt, endsAt, inAt, outAt }: Omit<Presence, 'state'>): number {
  if (inAt === null || outAt === null) return 0;
  const from = Math.max(startsAt.getTime(), inAt.getTime());
  const to = Math.min(endsAt.getTime(), outAt.getTime());
  return Math.max(0, Math.floor((to - from) / minuteMs));
}

/** The most minutes that a correction may give: from the check-in to the planned end. */
export function mostMinutesOf({ startsAt, endsAt, inAt }: Omit<Presence, 'state'>): number {
  if (inAt === null) return 0;
  const from = Math.max(startsAt.getTime(), inAt.getTime());
  return Math.max(0, Math.floor((endsAt.getTime() - from) / minuteMs));
}
