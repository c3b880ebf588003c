import type { ScanKind, ScanOutcome } from '@ddp/contracts/volunteering/attendances';
import { newKey } from '@ddp/web-ui/api/new-key';
import { readKept, writeKept } from '@ddp/web-ui/appearance/kept';
import { serverNow } from '@ddp/web-ui/time/server-clock';
import { shallowRef } from 'vue';

/** What a leader scanned without a network, kept on the device until the house has answered. */
export interface KeptScan {
  eventId: string;
  /** Who scanned: another leader on this device does not send it. */
  leaderId: string;
  shiftId: string;
  kind: ScanKind;
  code: string;
  at: string;
  /** What the house said of it; null while it waits. */
  outcome: ScanOutcome | null;
  isLate: boolean;
}

const name = 'scans';

function readAll(): KeptScan[] {
  try {
    const kept: unknown = JSON.parse(readKept(name) ?? '[]');
    return Array.isArray(kept) ? (kept as KeptScan[]) : [];
  } catch {
    return [];
  }
}

const scans = shallowRef(readAll());

function write(next: KeptScan[]): void {
  scans.value = next;
  writeKept(name, JSON.stringify(next));
}

/** Those of a leader at a shift, the latest first. */
export const listScans = (leaderId: string, shiftId: string): KeptScan[] =>
  scans.value.filter((one) => one.leaderId === leaderId && one.shiftId === shiftId).reverse();

export function keepScan(scan: Pick<KeptScan, 'leaderId' | 'shiftId' | 'kind' | 'code'>): void {
  const at = serverNow().toISOString();
  write([...scans.value, { ...scan, eventId: newKey(), at, outcome: null, isLate: false }]);
}

interface Verdict {
  eventId: string;
  outcome: ScanOutcome;
  isLate: boolean;
}

export function noteVerdicts(verdicts: readonly Verdict[]): void {
  const known = new Map(verdicts.map((one) => [one.eventId, one]));
  write(scans.value.map((scan) => ({ ...scan, ...known.get(scan.eventId) })));
}

/** Drops what the leader has seen or gives up. */
export function dropScans(eventIds: readonly string[]): void {
  write(scans.value.filter((one) => !eventIds.includes(one.eventId)));
}
