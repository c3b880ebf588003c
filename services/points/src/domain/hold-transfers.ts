import { deriveId } from '@ddp/db-kit/ids';

/** Ids of the transfers that a hold of points may lead to; the first is the hold itself. */
export function holdTransferIds(holdId: string) {
  const idOf = (part: string) => deriveId('points-hold', holdId, part);
  return {
    placed: holdId,
    posted: idOf('posted'),
    voided: idOf('voided'),
    expired: idOf('expired'),
    lapsed: idOf('lapsed'),
    recovered: idOf('recovered'),
  };
}
