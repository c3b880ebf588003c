import { readKept, writeKept } from '../appearance/kept.ts';

const name = 'clock';

/** How far the clock of the house is ahead of this device's, in milliseconds, as last measured. */
let aheadMs = Number(readKept(name) ?? 0) || 0;

/**
 * Measures it, by the time that the house writes on any answer. Without a network the last measure
 * stays: what was true of this device yesterday is nearer than what its clock says.
 */
export async function measureClock(): Promise<void> {
  const askedAt = Date.now();
  const answer = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' });
  const told = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(told)) return;
  // The house tells whole seconds, rounded down: this clock is never ahead of the house's.
  aheadMs = told - Math.round((askedAt + Date.now()) / 2);
  writeKept(name, String(aheadMs));
}

/** The instant by the clock of the house. */
export const serverNow = (): Date => new Date(Date.now() + aheadMs);
