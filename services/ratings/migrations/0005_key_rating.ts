import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'ratings_rating',
  `DROP KEY ratings_rating_once,
    DROP KEY ratings_rating_subject,
    ADD UNIQUE KEY ratings_rating_once_key (once_key),
    ADD KEY ratings_rating_class (subject_id, rater_class, id),
    ADD KEY ratings_rating_rated (subject_person_id, id)`,
);
