import { ddl } from '@ddp/db-kit/command-tables';

// What may tell one device or one network behind many ratings; dropped after 30 days.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_signal (
    rating_id BINARY(16) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    person_id BINARY(16) NULL,
    device BINARY(16) NULL,
    network BINARY(16) NULL,
    rated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (rating_id),
    KEY ratings_signal_burst (subject_id, network, rated_at),
    KEY ratings_signal_device (device, rated_at),
    KEY ratings_signal_age (rated_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
