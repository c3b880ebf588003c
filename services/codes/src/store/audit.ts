import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over the codes; each query returns the rows that break it. */
export const codesInvariants: Invariant[] = [
  {
    name: 'C1 only active codes occupy a slot',
    description: 'a code that is not active keeps its slot, or an active one has none',
    sql: `SELECT HEX(id) AS id, state FROM codes_code
      WHERE (state = 'active') <> (active_slot IS NOT NULL)`,
  },
  {
    name: 'C2 a batch is as far as its rows',
    description:
      'a batch counts other codes than its rows have or leaves out, or is done with rows left',
    sql: `SELECT HEX(batch.id) AS id, batch.state, batch.wanted, batch.issued, batch.left_out,
        COUNT(r.code_id) AS counted, SUM(r.is_left_out) AS counted_out
      FROM codes_batch AS batch
      LEFT JOIN codes_batch_row AS r ON r.batch_id = batch.id
      GROUP BY batch.id, batch.state, batch.wanted, batch.issued, batch.left_out
      HAVING batch.issued <> COUNT(r.code_id) OR batch.wanted <> COUNT(r.batch_id)
        OR batch.left_out <> COALESCE(SUM(r.is_left_out), 0)
        OR (batch.state = 'done' AND batch.issued + batch.left_out <> batch.wanted)`,
  },
  {
    name: 'C3 a row of a batch has a code of its subject and place',
    description:
      'a row of a batch points to no code, or to one of another subject or place, or is left out with one',
    sql: `SELECT HEX(r.batch_id) AS batch_id, r.position FROM codes_batch_row AS r
      LEFT JOIN codes_code AS code ON code.id = r.code_id
      WHERE r.code_id IS NOT NULL
        AND (code.id IS NULL OR code.subject_id <> r.subject_id OR code.place <> r.place
          OR r.is_left_out = 1)`,
  },
  {
    name: 'C4 a ready print is whole',
    description: 'a print is ready without a part, or with a gap between its parts',
    sql: `SELECT HEX(print.id) AS id, COUNT(part.part) AS parts, MAX(part.part) AS last
      FROM codes_print AS print
      LEFT JOIN codes_print_part AS part
        ON part.print_id = print.id AND part.attempt = print.ready_attempt
      WHERE print.state = 'ready' AND print.expires_at > UTC_TIMESTAMP(3)
      GROUP BY print.id
      HAVING COUNT(part.part) = 0 OR MAX(part.part) <> COUNT(part.part) - 1`,
  },
  {
    name: 'C5 only cards in force hold their person',
    description: 'a revoked card holds a person, or one in force another person or none',
    sql: `SELECT HEX(id) AS id, state FROM codes_resident_card
      WHERE (state = 'active') <> (active_person IS NOT NULL) OR active_person <> person_id`,
  },
  {
    name: 'C6 a checked report says what was found',
    description: 'a report is checked without outcome, findings, time or officer, or open with one',
    sql: `SELECT HEX(id) AS id, state FROM codes_report
      WHERE (state = 'checked') <> (outcome IS NOT NULL AND findings IS NOT NULL
        AND checked_at IS NOT NULL AND checked_by IS NOT NULL)`,
  },
  {
    name: 'C7 counts belong to codes',
    description: 'scans are counted for a code that is not there, or a count is not positive',
    sql: `SELECT HEX(count.code_id) AS code_id FROM codes_scan_count AS count
      LEFT JOIN codes_code AS code ON code.id = count.code_id
      WHERE code.id IS NULL OR count.scans < 1`,
  },
  {
    name: 'C8 the log of changes has no gap',
    description: 'the newest change is not the head, or a number between is missing',
    sql: `SELECT head.seq, MAX(log.seq) AS newest, COUNT(log.seq) AS counted
      FROM codes_change_head AS head JOIN codes_change AS log
      GROUP BY head.seq
      HAVING MAX(log.seq) <> head.seq OR COUNT(log.seq) <> MAX(log.seq) - MIN(log.seq) + 1`,
  },
  {
    name: 'C9 places are used inside their window',
    description: 'a code of a place was used before it opened or after it closed',
    sql: `SELECT HEX(u.place_code_id) AS id, u.step FROM codes_place_use AS u
      JOIN codes_place_code AS place ON place.id = u.place_code_id
      WHERE u.step * place.step_seconds >= TIMESTAMPDIFF(SECOND, '1970-01-01', place.closes_at)
        OR (u.step + 1) * place.step_seconds <= TIMESTAMPDIFF(SECOND, '1970-01-01', place.opens_at)`,
  },
  {
    name: 'C10 a code is in the area of its subject',
    description: 'a code stands elsewhere than the card of its subject',
    sql: `SELECT HEX(code.id) AS id, code.area_path FROM codes_code AS code
      LEFT JOIN codes_subject_card AS card ON card.subject_id = code.subject_id
      WHERE card.area_path IS NULL OR card.area_path <> code.area_path`,
  },
];
