import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'rewards_benefit',
  `ADD COLUMN unit_value_cents BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN budget_id BINARY(16) NULL,
  ADD COLUMN opens_at DATETIME(3) NULL,
  ADD COLUMN closes_at DATETIME(3) NULL,
  ADD COLUMN per_person_per_day INT NULL,
  ADD COLUMN per_person_per_week INT NULL,
  ADD COLUMN per_person_in_total INT NULL,
  ADD COLUMN text_version INT NOT NULL DEFAULT 1,
  ADD COLUMN picture BINARY(32) NULL,
  ADD COLUMN created_by BINARY(16) NULL,
  ADD COLUMN changed_by BINARY(16) NULL,
  ADD COLUMN approved_by BINARY(16) NULL,
  ADD COLUMN refusal VARCHAR(500) NULL,
  ADD KEY rewards_benefit_budget (budget_id),
  ADD KEY rewards_benefit_opening (state, opens_at),
  ADD KEY rewards_benefit_closing (state, closes_at),
  ADD KEY rewards_benefit_picture (picture)`,
);
