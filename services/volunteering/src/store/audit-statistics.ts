import type { Invariant } from '@ddp/db-kit/invariant';
import { wrongFigures, wrongMembers } from './statistic-records.ts';

/** What must hold over the statistics; each query returns what breaks it. */
export const statisticInvariants: readonly Invariant[] = [
  {
    name: 'V40 the statistics have what hours say, or are told of it',
    description: 'The statistics have other minutes of hours, and nothing will tell them.',
    sql: `SELECT HEX(id) AS hours, minutes, tallied_minutes FROM volunteering_hours
      WHERE tally_at IS NULL AND tallied_minutes <> minutes`,
  },
  {
    name: 'V41 who is counted once in a statistic is in its records',
    description: 'A person, team, activity or shift is counted by other hours than there are.',
    sql: wrongMembers(),
  },
  {
    name: 'V42 the statistics equal a rebuild from the records',
    description: 'A figure of an area and period says something else than its records.',
    sql: wrongFigures(),
  },
];
