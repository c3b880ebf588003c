import type { Invariant } from '@ddp/db-kit/invariant';
import { symbols } from '@ddp/qr/crockford';
import { checkSharesOf, dataLength } from '@ddp/qr/short-code';

/** The value of one symbol of a number, from 0. */
const valueAt = (place: number) => `INSTR('${symbols}', SUBSTRING(number, ${place + 1}, 1)) - 1`;

/** What the check symbol of a number has to be worth. */
const wantedCheck = Array.from(
  { length: dataLength },
  (_, place) => `(ELT(${valueAt(place)} + 1, ${checkSharesOf(place).join()}) + 0)`,
).join(' ^ ');

/** What must hold over certificates; each query returns what breaks it. */
export const certificateInvariants: readonly Invariant[] = [
  {
    name: 'V34 a certificate tells the hours of its period as they were when it was issued',
    description:
      'Items differ from the hours of their version, some are missing, or the sums are off.',
    sql: `SELECT HEX(c.id) AS certificate, c.state FROM volunteering_certificate c
      LEFT JOIN (SELECT certificate_id, SUM(IF(kind = 'verified', minutes, 0)) AS verified,
        SUM(IF(kind = 'recorded', minutes, 0)) AS recorded
        FROM volunteering_certificate_item GROUP BY certificate_id) i ON i.certificate_id = c.id
      WHERE c.state IN ('issued', 'revoked')
        AND (i.verified IS NULL OR i.verified <> c.verified_minutes
          OR i.recorded <> c.recorded_minutes OR i.verified = 0)
      UNION ALL SELECT HEX(c.id), c.state FROM volunteering_certificate c
      JOIN volunteering_certificate_item i ON i.certificate_id = c.id
      LEFT JOIN volunteering_hours h ON h.id = i.hours_id
      LEFT JOIN volunteering_correction k ON k.hours_id = i.hours_id AND k.version = i.version + 1
      WHERE h.id IS NULL OR h.person_id <> c.person_id OR h.kind <> i.kind
        OR h.on_day < c.from_on OR h.on_day > c.until_on OR h.version < i.version
        OR (i.kind = 'recorded' AND c.includes_recorded = 0)
        OR IF(h.version = i.version, h.minutes, COALESCE(k.minutes_before, -1)) <> i.minutes
      UNION ALL SELECT HEX(c.id), c.state FROM volunteering_certificate c
      JOIN volunteering_hours h ON h.person_id = c.person_id AND h.kind = 'verified'
        AND h.programme_id = c.programme_id AND h.on_day BETWEEN c.from_on AND c.until_on
        AND h.counted_at <= c.issued_at
      LEFT JOIN volunteering_certificate_item i ON i.certificate_id = c.id AND i.hours_id = h.id
      WHERE i.hours_id IS NULL AND COALESCE((SELECT k.minutes_before FROM volunteering_correction k
        WHERE k.hours_id = h.id AND k.corrected_at > c.issued_at
        ORDER BY k.version LIMIT 1), h.minutes) > 0`,
  },
  {
    name: 'V35 what was issued has its paper, and its digest is of it',
    description:
      'A paper is missing, is of nothing that was issued, or is not the one that was kept.',
    sql: `SELECT HEX(c.id) AS certificate, c.state FROM volunteering_certificate c
      LEFT JOIN volunteering_certificate_paper p ON p.certificate_id = c.id
      WHERE (c.state IN ('issued', 'revoked')) <> (c.paper_digest IS NOT NULL)
        OR (c.paper_digest IS NULL) <> (c.issued_at IS NULL)
        OR (c.issued_at IS NULL) <> (c.issued_on IS NULL)
        OR c.paper_digest NOT REGEXP '^[0-9a-f]{64}$'
        OR (c.paper_digest IS NULL AND p.certificate_id IS NOT NULL)
        OR (c.paper_digest IS NOT NULL AND c.masked_name <> '***' AND p.certificate_id IS NULL)
        OR CAST(SHA2(p.sealed, 256) AS BINARY) <> CAST(p.sealed_digest AS BINARY)
        OR (c.state = 'failed') <> (c.failure IS NOT NULL)`,
  },
  {
    name: 'V36 the number of a certificate agrees with its check symbol',
    description: 'A number or a token was not drawn as they are.',
    sql: `SELECT HEX(id) AS certificate, number FROM volunteering_certificate
      WHERE number NOT REGEXP '^[${symbols}]{9}$' OR token NOT REGEXP '^[0-7][0-9a-hjkmnp-tv-z]{25}$'
        OR (${wantedCheck}) <> ${valueAt(dataLength)}`,
  },
  {
    name: 'V37 a certificate is revoked by somebody else, with a reason',
    description: 'Who revoked it had asked for it or is on it, or it is revoked without a reason.',
    sql: `SELECT HEX(id) AS certificate, state FROM volunteering_certificate
      WHERE (state = 'revoked') <> (revoked_at IS NOT NULL)
        OR (revoked_at IS NULL) <> (revocation IS NULL)
        OR (revoked_at IS NULL) <> (revoked_by IS NULL)
        OR revoked_by IN (person_id, requested_by)
        OR (is_assisted = 0 AND requested_by <> person_id)
        OR (is_assisted = 1 AND requested_by = person_id)`,
  },
  {
    name: 'V38 no star, certificate or paper leads to a person who left',
    description: 'A row of recognition still names a person whose data was erased.',
    sql: `SELECT HEX(p.person_id) AS person FROM volunteering_person p
      WHERE p.left_at IS NOT NULL AND (
        EXISTS (SELECT 1 FROM volunteering_star s WHERE p.person_id IN
          (s.person_id, s.answered_by, s.appeal_recorded_by, s.decided_by))
        OR EXISTS (SELECT 1 FROM volunteering_star_due d WHERE d.person_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_star_naming n WHERE n.person_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_recognition_rules r WHERE r.set_by = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_certificate c WHERE p.person_id IN
          (c.person_id, c.requested_by, c.revoked_by)))
      UNION ALL SELECT HEX(c.id) FROM volunteering_certificate c
      JOIN volunteering_certificate_paper p ON p.certificate_id = c.id
      WHERE c.masked_name = '***'`,
  },
];
