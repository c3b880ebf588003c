import { alterTable } from '@ddp/db-kit/command-tables';

// The digest of the picture that those who scan see.
export const { up } = alterTable(
  'directory_subject',
  `ADD COLUMN photo_digest BINARY(32) NULL,
    ADD KEY directory_subject_photo (photo_digest)`,
);
