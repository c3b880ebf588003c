import { actorOf } from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { sendScans as route } from '@ddp/contracts/volunteering/attendance-routes';
import type { ScanOutcome } from '@ddp/contracts/volunteering/attendances';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { readSettings } from '../store/settings.ts';
import type { StoredShift } from '../store/shifts.ts';
import { findSignUpIn } from '../store/sign-ups.ts';
import { findVolunteerByNumber } from '../store/volunteers.ts';
import { applyScan } from './apply-scan.ts';
import { readCode, requireLedShift } from './check-in.ts';
import { requireOrganiser } from './require-lead.ts';

type Tx = Transaction<VolunteeringDatabase>;
type Sent = RouteRequest<typeof route>['body']['scans'][number];
type Results = RouteResult<typeof route>['results'];

/**
 * Takes what a leader's phone kept without a network. The volunteer's code proves the moment: it must
 * be the one that was shown then, so that nobody types a check-in. Each event counts once, in any
 * order; what comes after the shift was closed is marked late.
 */
export async function sendScans(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const leader = requireOrganiser(principal);
  const shift = await requireLedShift(deps.store.db, leader, body.shiftId);
  const command = { actor: actorOf(principal), key, name: 'send-scans', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const results = new Map<Sent, Results[number]>();
    for (const { scan } of await inOrder(tx, body.scans)) {
      results.set(scan, {
        eventId: scan.eventId,
        ...(await take(deps, tx, { shift, leader, scan })),
      });
    }
    return { results: body.scans.flatMap((scan) => results.get(scan) ?? []) };
  });
}

/** By person, so that two phones that send at once lock people in one order. */
async function inOrder(tx: Tx, scans: readonly Sent[]) {
  const owners = new Map<string, string>();
  for (const number of new Set(scans.map(({ code }) => code.slice(0, 8)))) {
    owners.set(number, (await findVolunteerByNumber(tx, number))?.personId ?? '');
  }
  const ownerOf = ({ code }: Sent) => owners.get(code.slice(0, 8)) ?? '';
  return scans
    .map((scan) => ({ scan, owner: ownerOf(scan) }))
    .sort((a, b) => (a.owner < b.owner ? -1 : Number(a.owner > b.owner)));
}

async function take(
  deps: VolunteeringDeps,
  tx: Tx,
  { shift, leader, scan }: { shift: StoredShift; leader: PersonPrincipal; scan: Sent },
): Promise<{ outcome: ScanOutcome; isLate: boolean }> {
  const at = new Date(scan.at);
  const now = await readNow(tx, deps.store.clock);
  const { offlineHours } = await readSettings(tx, shift.programmeId);
  const isOld = now.getTime() - at.getTime() > offlineHours * 3_600_000;
  if (at > now || isOld) return { outcome: 'outside-window', isLate: false };
  const personId = await readCode(deps, tx, scan.code, at);
  if (personId === null) return { outcome: 'wrong-code', isLate: false };
  if (personId === leader.personId) return { outcome: 'own-scan', isLate: false };
  const signUp = await findSignUpIn(tx, shift.id, personId);
  if (!signUp) return { outcome: 'not-signed-up', isLate: false };
  const { eventId, kind } = scan;
  const one = { eventId, kind, way: 'offline', at, by: leader.personId } as const;
  const { effect, isLate } = await applyScan(deps, tx, signUp, one);
  return { outcome: effect, isLate };
}
