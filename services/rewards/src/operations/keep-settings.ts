import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import type {
  readVoucherSettings as readRoute,
  setVoucherSettings as setRoute,
} from '@ddp/contracts/rewards/voucher-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { RewardsDeps } from '../deps.ts';
import { readSettings, saveSettings } from '../store/settings.ts';

/** What holds for vouchers in the programme, for everybody who takes part. */
export function readVoucherSettings(
  { store }: RewardsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('signed-in', principal);
  return readSettings(store.db, requireProgramme(requirePerson(principal)));
}

/** Officers over the whole programme set it for what happens from now on. */
export async function setVoucherSettings(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof setRoute>,
): Promise<RouteResult<typeof setRoute>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { programmeId } = await requireProgrammeArea(deps, principal);
  const command = { actor: actorOf(principal), key, name: 'set-voucher-settings', input: body };
  return runCommand(store, command, async (tx) => {
    await saveSettings(tx, store.clock, programmeId, body);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'set-voucher-settings',
      objectKind: 'programme',
      objectId: programmeId,
      detail: body,
    });
    return body;
  });
}
