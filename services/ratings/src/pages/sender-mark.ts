import { createHash } from 'node:crypto';
import type { Principal } from '@ddp/contracts/principal';

/**
 * A mark of whom a page was shown to, so that what was written there is never sent as somebody else.
 * It is no secret and grants nothing; only the same browser sees it, and no name can be read from it.
 */
export function senderMark(principal: Principal): string {
  if (principal.kind !== 'person') return 'guest';
  const who = `sender:${principal.personId}:${principal.role}`;
  return createHash('sha256').update(who).digest('hex').slice(0, 12);
}
