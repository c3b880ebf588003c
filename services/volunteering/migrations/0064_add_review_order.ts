import { alterTable } from '@ddp/db-kit/command-tables';

// A review is of an activity or of an order, and lies where that lies.
export const { up } = alterTable(
  'volunteering_review',
  `MODIFY activity_id BINARY(16) NULL, ADD COLUMN order_id BINARY(16) NULL,
    ADD COLUMN area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD KEY volunteering_review_order (order_id), ADD KEY volunteering_review_area (area_path, id)`,
);
