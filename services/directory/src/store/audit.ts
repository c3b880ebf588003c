import type { Invariant } from '@ddp/db-kit/invariant';

/** The area that a path leads to must exist at that path. */
const misplaced = (table: string, where = '1 = 1') => `SELECT HEX(one.id) AS id, one.area_path
  FROM ${table} one
  LEFT JOIN directory_area area ON area.area_path = one.area_path AND area.state <> 'merged'
  WHERE area.code IS NULL AND (${where}) AND NOT EXISTS (
    SELECT 1 FROM directory_relocation r WHERE r.state = 'rewriting'
      AND one.area_path LIKE CONCAT(r.old_path, '%'))`;

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
    name: 'D1 every parent is there, and open areas hang under open ones',
    description: 'an area names a parent that is not there, or is open under one that is not',
    sql: `SELECT child.code, child.parent_code FROM directory_area child
      LEFT JOIN directory_area parent ON parent.code = child.parent_code
      WHERE child.parent_code IS NOT NULL AND (parent.code IS NULL
        OR (child.state = 'open' AND parent.state <> 'open'))`,
  },
  {
    name: 'D2 a subject without its person is closed and nameless',
    description: 'a subject whose person left is still active, or still names the person',
    sql: `SELECT HEX(id) AS id FROM directory_subject
      WHERE (kind <> 'organization' AND person_id IS NULL
          AND (is_active = 1 OR name <> '已注销'))
        OR (kind = 'organization' AND person_id IS NOT NULL)`,
  },
  {
    name: 'D3 units, subjects, posts and programmes stand in an area that is there',
    description: 'a unit has the path of no area, and no change of areas is carrying it along',
    sql: misplaced('directory_unit'),
  },
  {
    name: 'D3 subjects stand in an area that is there',
    description: 'a subject has the path of no area, and no change of areas is carrying it along',
    sql: misplaced('directory_subject'),
  },
  {
    name: 'D3 posts stand in an area that is there',
    description: 'a post has the path of no area, and no change of areas is carrying it along',
    sql: misplaced('directory_post'),
  },
  {
    name: 'D3 programmes stand in an area that is there',
    description: 'a programme has another path than its area',
    sql: `SELECT HEX(one.id) AS id, one.area_path FROM directory_programme one
      LEFT JOIN directory_area area ON area.code = one.area_code
      WHERE area.code IS NULL OR area.area_path <> one.area_path`,
  },
  {
    name: 'D4 a subject and its path name one area',
    description: 'the area of a subject is not the one that its path leads to',
    sql: `SELECT HEX(id) AS id FROM directory_subject
      WHERE area_path NOT LIKE CONCAT('%/', area_code, '/')`,
  },
  {
    name: 'D5 a merged area names where it went on',
    description: 'an area is merged into none, or says so without being merged',
    sql: `SELECT one.code FROM directory_area one
      LEFT JOIN directory_area target ON target.code = one.merged_into
      WHERE (one.state = 'merged') <> (one.merged_into IS NOT NULL)
        OR (one.merged_into IS NOT NULL AND (target.code IS NULL OR target.level <> one.level))`,
  },
  {
    name: 'D6 every change of areas is told in the history',
    description: 'an area moved or merged and its history does not say what it was',
    sql: `SELECT HEX(r.id) AS id, r.area_code FROM directory_relocation r
      LEFT JOIN directory_area_past past ON past.change_id = r.id AND past.code = r.area_code
      WHERE past.code IS NULL OR past.area_path <> r.old_path`,
  },
  {
    name: 'D6 what is done is finished',
    description: 'a change of areas holds the place of the one under way after it is done',
    sql: `SELECT HEX(id) AS id FROM directory_relocation
      WHERE (state = 'done') <> (under_way IS NULL) OR (state = 'done') <> (finished_at IS NOT NULL)`,
  },
  {
    name: 'D7 a station is of the kind that its area has',
    description: 'the kind of a unit does not fit the level of its area',
    sql: `SELECT HEX(unit.id) AS id, unit.kind, area.level FROM directory_unit unit
      JOIN directory_area area ON area.area_path = unit.area_path
      WHERE CONCAT(unit.kind, ' ', area.level) NOT IN ('guidance-centre city',
        'service-centre banner', 'station township', 'room community')
        AND unit.kind <> 'organization'`,
  },
  {
    name: 'D7 the state of a unit is the last of its history',
    description: 'a unit is closed or opened without a line that says when and why',
    sql: `SELECT HEX(unit.id) AS id FROM directory_unit unit
      LEFT JOIN directory_unit_state told ON told.unit_id = unit.id AND told.id = (
        SELECT MAX(last.id) FROM directory_unit_state last WHERE last.unit_id = unit.id)
      WHERE COALESCE(told.state, 'open') <> unit.state`,
  },
  {
    name: 'D8 a substitute has the authority of the post, within its days',
    description: 'a substitution has another role, unit or area than its post, or other days',
    sql: `SELECT HEX(one.id) AS id FROM directory_post one
      LEFT JOIN directory_post post ON post.id = one.substitute_for
      WHERE one.substitute_for IS NOT NULL AND (post.id IS NULL
        OR post.substitute_for IS NOT NULL OR one.person_id = post.person_id
        OR NOT (one.role <=> post.role) OR NOT (one.unit_id <=> post.unit_id)
        OR one.from_on < post.from_on OR one.to_on IS NULL
        OR (post.to_on IS NOT NULL AND one.to_on > post.to_on AND one.from_on <= post.to_on))`,
  },
  {
    name: 'D8 nobody stands in twice for one post on one day',
    description: 'two substitutions of a post overlap',
    sql: `SELECT HEX(one.id) AS id FROM directory_post one
      JOIN directory_post other ON other.substitute_for = one.substitute_for AND other.id > one.id
      WHERE one.from_on <= other.to_on AND other.from_on <= one.to_on
        AND one.from_on <= one.to_on AND other.from_on <= other.to_on`,
  },
  {
    name: 'D9 the stage of an organization is its last step',
    description: 'an organization has a stage without a step, or another than the last',
    sql: `SELECT HEX(subject.id) AS id, subject.stage FROM directory_subject subject
      LEFT JOIN directory_stage told ON told.subject_id = subject.id AND told.step = (
        SELECT MAX(last.step) FROM directory_stage last WHERE last.subject_id = subject.id)
      WHERE NOT (subject.stage <=> told.stage)
        OR (subject.stage IS NOT NULL AND subject.kind <> 'organization')`,
  },
  {
    name: 'D10 a certificate belongs to a worker, and one of a number is current',
    description: 'a certificate is of no worker, or its state and its number do not agree',
    sql: `SELECT HEX(one.id) AS id, one.number FROM directory_certificate one
      LEFT JOIN directory_subject subject ON subject.id = one.subject_id
      WHERE subject.id IS NULL OR subject.kind <> 'worker' OR one.expires_on < one.issued_on
        OR (one.state = 'current') <> (one.current_number IS NOT NULL)
        OR (one.current_number IS NOT NULL AND one.current_number <> one.number)`,
  },
  {
    name: 'D10 what was renewed has one renewal',
    description: 'a renewed certificate has no successor, or several',
    sql: `SELECT HEX(one.id) AS id FROM directory_certificate one
      WHERE (SELECT COUNT(*) FROM directory_certificate next WHERE next.renews = one.id)
        <> CASE one.state WHEN 'renewed' THEN 1 ELSE 0 END`,
  },
  {
    name: 'D11 an expiry is told once, when it is due',
    description: 'a notice has an outcome without its time, or was told before it was due',
    sql: `SELECT HEX(certificate_id) AS id, days_ahead FROM directory_expiry_notice
      WHERE (outcome IS NULL) <> (told_at IS NULL) OR told_at < due_at`,
  },
  {
    name: 'D12 a grid belongs to a community',
    description: 'a grid hangs under something else, or another area has households',
    sql: `SELECT grid.code FROM directory_area grid
      LEFT JOIN directory_area community ON community.code = grid.parent_code
      WHERE (grid.level = 'grid' AND (community.level IS NULL OR community.level <> 'community'))
        OR (grid.level <> 'grid' AND grid.households IS NOT NULL)`,
  },
  {
    name: 'D13 only who can be rated shows a photo',
    description: 'a subject that is closed keeps a photo',
    sql: `SELECT HEX(id) AS id FROM directory_subject
      WHERE is_active = 0 AND photo_digest IS NOT NULL`,
  },
  {
    name: 'D14 a map is of an area that is there',
    description: 'a map has outlines for an area that is not there',
    sql: `SELECT one.area_code FROM directory_area_map one
      LEFT JOIN directory_area area ON area.code = one.area_code WHERE area.code IS NULL`,
  },
];
