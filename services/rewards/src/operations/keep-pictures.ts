import { createHash } from 'node:crypto';
import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  readBenefitPicture as readRoute,
  setBenefitPicture as setRoute,
} from '@ddp/contracts/rewards/benefit-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { findKeptPictures } from '../store/benefit-texts.ts';
import { findBenefit, lockBenefit, setPicture } from '../store/benefits.ts';
import { requireBenefitInSight } from './list-benefits.ts';
import { showBenefit } from './show-benefit.ts';

/** What stands for a picture in the hash of a command. */
export const digestOf = (base64: string) => createHash('sha256').update(base64).digest('hex');

/** Gives a draft its picture. The file comes first: a row never lacks its file. */
export async function setBenefitPicture(
  { store, pictures }: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof setRoute>,
): Promise<RouteResult<typeof setRoute>> {
  requirePermission('rewards.manage', principal);
  const { areaPaths, personId } = requirePerson(principal);
  const { id } = params;
  const found = await findBenefit(store.db, id, areaPaths);
  if (!found) throw new Problem(commonProblems.notFound);
  const picture = await pictures.keep(body.data);
  const input = { id, picture: digestOf(body.data) };
  const command = { actor: actorOf(principal), key, name: 'set-benefit-picture', input };
  return runCommand(store, command, async (tx) => {
    const benefit = await lockBenefit(tx, id, areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    if (benefit.state !== 'draft') throw new Problem(commonProblems.conflict);
    await setPicture(tx, id, picture, personId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'set-benefit-picture',
      objectKind: 'benefit',
      objectId: id,
    });
    return showBenefit({ ...benefit, picture });
  });
}

/** The picture of a benefit that the reader would find in their list. */
export async function readBenefitPicture(
  deps: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('signed-in', principal);
  const { picture } = await requireBenefitInSight(deps, requirePerson(principal), params.id);
  if (picture === null) throw new Problem(commonProblems.notFound);
  const bytes = await deps.pictures.store.read(picture);
  if (bytes === null) throw new Error(`the picture of benefit ${params.id} is not there`);
  return new Uint8Array(bytes);
}

/** Drops the files that no benefit and no version of one is shown with. */
export async function sweepPictures({ store, pictures }: RewardsDeps): Promise<void> {
  await pictures.store.sweep((digests) => findKeptPictures(store.db, digests));
}
