import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over the directory; each query returns the rows that break it. */
export const directoryInvariants: Invariant[] = [
  {
    name: 'D1 an area hangs under its parent',
    description: 'the path of an area is not the path of its parent with its own code',
    sql: `SELECT child.code, child.area_path FROM directory_area child
      LEFT JOIN directory_area parent ON parent.code = child.parent_code
      WHERE child.area_path <> CONCAT(COALESCE(parent.area_path, '/'), child.code, '/')`,
  },
  {
    name: 'D2 a closed subject names nobody',
    description: 'a subject whose person left still points at the person',
    sql: `SELECT HEX(id) AS id FROM directory_subject
      WHERE is_active = 0 AND person_id IS NOT NULL`,
  },
];
