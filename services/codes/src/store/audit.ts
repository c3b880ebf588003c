import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over the codes; each query returns the rows that break it. */
export const codesInvariants: Invariant[] = [
  {
    name: 'C1 only active codes occupy a slot',
    description: 'a code that is not active keeps its slot, or an active one has none',
    sql: `SELECT HEX(id) AS id, state FROM codes_code
      WHERE (state = 'active') <> (active_slot IS NOT NULL)`,
  },
];
