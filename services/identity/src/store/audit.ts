import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over identity's own tables. */
export const identityInvariants: readonly Invariant[] = [
  {
    name: 'identity: nothing of an erased person is left',
    description:
      'An erased person still has a key, sealed data, a home, a credential or authority.',
    sql: `SELECT HEX(p.id) AS person FROM identity_person p WHERE p.erased_at IS NOT NULL AND (
      p.data_key IS NOT NULL OR p.name_sealed IS NOT NULL OR p.phone_sealed IS NOT NULL
      OR p.area_path IS NOT NULL
      OR EXISTS (SELECT 1 FROM identity_credential c WHERE c.person_id = p.id)
      OR EXISTS (SELECT 1 FROM identity_grant g WHERE g.person_id = p.id)
      OR EXISTS (SELECT 1 FROM identity_session s
        WHERE s.person_id = p.id AND s.revoked_at IS NULL))`,
  },
  {
    name: 'identity: a phone and its index come together',
    description: 'A person has a sealed phone without an index, or an index without a phone.',
    sql: `SELECT HEX(p.id) AS person FROM identity_person p
      LEFT JOIN identity_credential c ON c.person_id = p.id AND c.kind = 'phone'
      WHERE (p.phone_sealed IS NULL) <> (c.id IS NULL)`,
  },
  {
    name: 'identity: credentials, sessions and grants have a person',
    description: 'A row names a person who is not there.',
    sql: `SELECT HEX(one.person_id) AS person FROM (
        SELECT person_id FROM identity_credential UNION SELECT person_id FROM identity_session
        UNION SELECT person_id FROM identity_grant UNION SELECT person_id FROM identity_consent
      ) one LEFT JOIN identity_person p ON p.id = one.person_id WHERE p.id IS NULL`,
  },
  {
    name: 'identity: every resident consented',
    description: 'A person has a home in the house and no recorded consent.',
    sql: `SELECT HEX(p.id) AS person FROM identity_person p WHERE p.area_path IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM identity_consent c WHERE c.person_id = p.id)`,
  },
  {
    name: 'identity: a code takes five tries and one use',
    description: 'A code took more tries than it may, or was used after it was voided.',
    sql: `SELECT HEX(id) AS request FROM identity_code_request
      WHERE tries > 5 OR (used_at IS NOT NULL AND voided_at IS NOT NULL)`,
  },
  {
    name: 'identity: a screen on a wall reads for a time, by leave of somebody',
    description:
      'A kiosk has no end within two years, was ended before it began, or nobody made it.',
    sql: `SELECT HEX(one.id) AS kiosk FROM identity_kiosk one
      LEFT JOIN identity_person p ON p.id = one.person_id
      WHERE p.id IS NULL OR one.expires_at <= one.created_at
        OR one.expires_at > one.created_at + INTERVAL 2 YEAR OR one.revoked_at < one.created_at`,
  },
];
