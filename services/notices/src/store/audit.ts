import type { Invariant } from '@ddp/db-kit/invariant';
import { boardInvariants } from './audit-board.ts';

/** What must hold over notices' own tables. */
export const noticesInvariants: readonly Invariant[] = [
  {
    name: 'notices: a message has one audience',
    description: 'A message is addressed to nobody, or to a person and a role together.',
    sql: `SELECT HEX(id) AS message FROM notices_message
      WHERE (person_id IS NULL) = (role IS NULL) OR (role IS NULL) <> (area_path IS NULL)`,
  },
  {
    name: 'notices: marks and texts have their message',
    description: 'A read mark or a text message names a message that is not there.',
    sql: `SELECT HEX(one.message_id) AS message FROM (
        SELECT message_id FROM notices_reading UNION SELECT message_id FROM notices_text
      ) one LEFT JOIN notices_message m ON m.id = one.message_id WHERE m.id IS NULL`,
  },
  {
    name: 'notices: a text message ends within five tries',
    description: 'A text message took more tries than it may, or ended without saying when.',
    sql: `SELECT HEX(message_id) AS message FROM notices_text
      WHERE tries > 5 OR (state = 'pending') <> (done_at IS NULL)`,
  },
  ...boardInvariants,
];
