import type { Invariant } from '@ddp/db-kit/invariant';

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
  {
    name: 'notices: a withdrawal has a reason',
    description: 'An entry was withdrawn without a reason, or has one and is still published.',
    sql: `SELECT HEX(id) AS entry FROM notices_entry
      WHERE (state = 'withdrawn') <> (withdrawal_reason IS NOT NULL) OR to_on < from_on`,
  },
  {
    name: 'notices: an answer comes from another than the author',
    description: 'An objection was answered by the author of the entry or by the objector.',
    sql: `SELECT HEX(o.id) AS objection FROM notices_objection o
      LEFT JOIN notices_entry e ON e.id = o.entry_id
      WHERE e.id IS NULL OR o.answered_by = e.author_id OR o.answered_by = o.person_id
        OR (o.state = 'open') <> (o.answered_by IS NULL)`,
  },
];
