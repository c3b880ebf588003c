import type { AwardState } from '@ddp/contracts/points/awards';

/** Whether the meters have moved for an award in this state. */
export function isGranted(state: AwardState): boolean {
  switch (state) {
    case 'maturing':
    case 'active':
    case 'forfeited':
    case 'reversed':
    case 'undone':
      return true;
    case 'proposed':
    case 'publishing':
    case 'published':
    case 'objected':
    case 'withdrawn':
      return false;
  }
}

/** Whether nobody has decided an award for good. */
export function isOpen(state: AwardState): boolean {
  return !isGranted(state) && state !== 'withdrawn';
}

/** Whether an award can still be taken back: what is granted and was not taken back before. */
export function isReversible(state: AwardState): boolean {
  return isGranted(state) && state !== 'reversed' && state !== 'undone';
}
