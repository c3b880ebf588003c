import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over follow-ups and appeals; each query returns the rows that break it. */
export const followUpInvariants: readonly Invariant[] = [
  {
    name: 'F1 every bad rating has its follow-up, and no other has one',
    description: 'A bad rating opened nothing, or a follow-up stands on a rating that is not bad.',
    sql: `SELECT HEX(rating.id) AS rating FROM ratings_rating rating
      LEFT JOIN ratings_follow_up one ON one.rating_id = rating.id
      WHERE rating.level <= 2 AND rating.kind <> 'again' AND one.id IS NULL
      UNION ALL
      SELECT HEX(one.rating_id) FROM ratings_follow_up one
      LEFT JOIN ratings_rating rating ON rating.id = one.rating_id
      WHERE rating.id IS NULL OR rating.level > 2 OR rating.kind = 'again'`,
  },
  {
    name: 'F2 a follow-up runs on its earliest deadline, and ends without one',
    description: 'A deadline is not watched, or a closed follow-up still has one.',
    sql: `SELECT HEX(id) AS follow_up FROM ratings_follow_up
      WHERE (state = 'closed') <> (next_due_at IS NULL)
        OR (state = 'closed') <> (closed_at IS NOT NULL)
        OR (state IN ('resolved', 'closed')) <> (outcome IS NOT NULL)
        OR (state = 'resolved' AND NOT (next_due_at <=> re_rate_until))
        OR (state = 'open' AND next_due_at > accept_by)
        OR (state IN ('open', 'accepted', 'contacted') AND next_due_at > resolve_by)
        OR (state IN ('open', 'accepted') AND contacted_at IS NULL AND next_due_at > contact_by)`,
  },
  {
    name: 'F3 no deadline is left behind by more than an hour',
    description: 'The sweep of deadlines does not run, or fails on this one.',
    sql: `SELECT HEX(id) AS follow_up FROM ratings_follow_up
      WHERE next_due_at < UTC_TIMESTAMP(3) - INTERVAL 1 HOUR`,
  },
  {
    name: 'F4 a history begins with its opening and tells every hand-over',
    description:
      'A climb or a reopening of a follow-up is not in its history, or more of them are.',
    sql: `SELECT HEX(one.id) AS follow_up FROM ratings_follow_up one
      LEFT JOIN (SELECT follow_up_id, SUM(step = 'opened') AS opened, SUM(step = 'climbed') AS climbed,
          SUM(step = 'reopened') AS reopened FROM ratings_follow_up_step GROUP BY follow_up_id) AS told
        ON told.follow_up_id = one.id
      WHERE COALESCE(told.opened, 0) <> 1 OR told.climbed <> one.climbs
        OR told.reopened <> one.reopenings`,
  },
  {
    name: 'F5 nobody handles a case of their own',
    description:
      'The rated person owns a follow-up, took a step in it or decided an appeal of theirs.',
    sql: `SELECT HEX(one.id) AS follow_up FROM ratings_follow_up one
      WHERE one.owner_id = one.subject_person_id OR one.receiver_id = one.subject_person_id
      UNION ALL
      SELECT HEX(one.id) FROM ratings_follow_up one
      JOIN ratings_follow_up_step step ON step.follow_up_id = one.id
      WHERE step.person_id = one.subject_person_id AND step.step <> 'appealed'`,
  },
  {
    name: 'F6 an appeal is decided by another officer than those of the case',
    description: 'An appeal has no decision though it is closed, or who decided it had a part.',
    sql: `SELECT HEX(appeal.id) AS appeal FROM ratings_appeal appeal
      LEFT JOIN ratings_follow_up one ON one.id = appeal.follow_up_id
      WHERE one.id IS NULL OR one.rating_id <> appeal.rating_id OR one.disclosed_at IS NULL
        OR (appeal.state = 'open') <> (appeal.decided_at IS NULL)
        OR appeal.decided_by = appeal.appellant_id
        OR EXISTS (SELECT 1 FROM ratings_follow_up_step step
          WHERE step.follow_up_id = appeal.follow_up_id AND step.person_id = appeal.decided_by
            AND step.step NOT IN ('appeal-upheld', 'appeal-rejected'))`,
  },
];
