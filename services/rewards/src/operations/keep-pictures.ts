import { createHash } from 'node:crypto';
import path from 'node:path';
import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  readBenefitPicture as readRoute,
  setBenefitPicture as setRoute,
} from '@ddp/contracts/rewards/benefit-routes';
import { maxPictureBytes } from '@ddp/contracts/rewards/benefits';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { type Command, isAnswered, runCommand } from '@ddp/db-kit/command';
import { openFolderStore } from '@ddp/files/file-store';
import { createImageRoom, type ImageRoom } from '@ddp/files/image-room';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { findKeptPictures } from '../store/benefit-texts.ts';
import { findBenefit, lockBenefit, setPicture } from '../store/benefits.ts';
import { requireBenefitInSight } from './list-benefits.ts';
import { showBenefit } from './show-benefit.ts';

const maxSide = 1_200;

/** Where the pictures of benefits are made anew, one at a time, and kept. */
export function openPictureRoom(folder: string): ImageRoom {
  const limits = { maxBytes: maxPictureBytes, maxSide };
  const store = openFolderStore(path.resolve(folder));
  return createImageRoom(store, limits, (cause) => {
    return new Problem(rewardsProblems.pictureRefused, { cause });
  });
}

/**
 * Keeps the picture of a command without what the camera added; its digest. Null where there is
 * none, or where the command was answered before and will not look at it.
 */
export async function keepPicture(
  { store, pictures }: RewardsDeps,
  command: Command,
  base64: string | undefined,
): Promise<string | null> {
  if (base64 === undefined || (await isAnswered(store, command))) return null;
  const { bytes } = await pictures.clean(Buffer.from(base64, 'base64'));
  return pictures.store.put(bytes);
}

/** What stands for a picture in the hash of a command. */
export const digestOf = (base64: string) => createHash('sha256').update(base64).digest('hex');

/** Gives a draft its picture. The file comes first: a row never lacks its file. */
export async function setBenefitPicture(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof setRoute>,
): Promise<RouteResult<typeof setRoute>> {
  requirePermission('rewards.manage', principal);
  const { areaPaths, personId } = requirePerson(principal);
  const { store } = deps;
  const { id } = params;
  const found = await findBenefit(store.db, id, areaPaths);
  if (!found) throw new Problem(commonProblems.notFound);
  const input = { id, picture: digestOf(body.data) };
  const command = { actor: actorOf(principal), key, name: 'set-benefit-picture', input };
  const picture = await keepPicture(deps, command, body.data);
  return runCommand(store, command, async (tx) => {
    const benefit = await lockBenefit(tx, id, areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    if (picture === null || benefit.state !== 'draft') throw new Problem(commonProblems.conflict);
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
