import { createHash } from 'node:crypto';
import type { Code } from '@ddp/contracts/codes/schemas';

export type CodeState = Code['state'];

/** States from which a code may be closed or rotated. */
export function isOpen(state: CodeState): boolean {
  return state === 'active' || state === 'rotated';
}

/** The unique slot that an active code occupies: one for each subject and place. */
export function activeSlot(subjectId: string, place: string): Buffer {
  return createHash('sha256')
    .update(`${subjectId}\n${place.normalize('NFC')}`)
    .digest();
}
