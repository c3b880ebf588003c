import { ddl } from '@ddp/db-kit/command-tables';

// Drafts get their first version when they are approved.
export const { up } = ddl(
  `INSERT INTO rewards_benefit_text
      (benefit_id, version, title, description, state, proposed_at, decided_at)
    SELECT b.id, 1, b.title, b.description, 'approved', b.created_at, b.created_at
    FROM rewards_benefit b LEFT JOIN rewards_benefit_text t ON t.benefit_id = b.id
    WHERE t.benefit_id IS NULL AND b.state <> 'draft'`,
);
