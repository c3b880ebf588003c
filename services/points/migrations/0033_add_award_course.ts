import { alterTable } from '@ddp/db-kit/command-tables';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

export const { up } = alterTable(
  'points_award',
  `ADD COLUMN option_key VARCHAR(32) ${ascii} NULL,
    ADD COLUMN proposed_at DATETIME(3) NULL,
    ADD COLUMN approved_by BINARY(16) NULL,
    ADD COLUMN approved_by_role VARCHAR(32) ${ascii} NULL,
    ADD COLUMN approved_at DATETIME(3) NULL,
    ADD COLUMN entry_reference VARCHAR(20) ${ascii} NULL,
    ADD COLUMN published_from DATE NULL,
    ADD COLUMN published_to DATE NULL,
    ADD COLUMN objections_open INT NOT NULL DEFAULT 0,
    ADD COLUMN end_reason VARCHAR(500) NULL,
    ADD KEY points_award_programme (programme_id, id),
    ADD KEY points_award_waiting (programme_id, state, amount),
    ADD KEY points_award_approved_by (approved_by)`,
);
