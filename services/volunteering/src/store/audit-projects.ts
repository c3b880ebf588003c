import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over projects; each query returns what breaks it. */
export const projectInvariants: readonly Invariant[] = [
  {
    name: 'V45 a project was approved by somebody else',
    description: 'A project is beyond its draft without an officer, or who wrote it approved it.',
    sql: `SELECT HEX(id) AS project, state FROM volunteering_project
      WHERE (state = 'draft') <> (decided_by IS NULL) OR decided_by = changed_by OR to_on < from_on`,
  },
  {
    name: 'V46 an activity belongs to a project of its own team or area',
    description: 'An activity is of a project that is a draft, not there, or of another team.',
    sql: `SELECT HEX(a.id) AS activity, HEX(a.project_id) AS project FROM volunteering_activity a
      LEFT JOIN volunteering_project p ON p.id = a.project_id
      WHERE a.project_id IS NOT NULL AND (p.id IS NULL OR p.state = 'draft'
        OR p.programme_id <> a.programme_id OR p.team_id <> a.team_id)`,
  },
];
