import type { Member } from '@ddp/contracts/volunteering/teams';

/** Whether a membership lets somebody open the shifts of its team. */
export const isLeading = ({ role, state }: Pick<Member, 'role' | 'state'>): boolean =>
  role === 'leader' && state === 'active';
