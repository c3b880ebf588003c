import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

interface RatingTable {
  id: Buffer;
  /** All zeros where no programme was in force. */
  programme_id: Buffer;
  subject_id: Buffer;
  /** The name the subject had when it was rated. */
  subject_name: string;
  code_id: Buffer;
  kind: string;
  /** Hash of the rater: the person, or the device of a guest. */
  rater_key: Buffer;
  person_id: Buffer | null;
  is_verified: number;
  level: number;
  reasons: string;
  words: string;
  area_path: string;
  rated_on: string;
  rated_at: Date;
}

interface PostCardTable {
  post_id: Buffer;
  person_id: Buffer;
  unit_id: Buffer | null;
  from_on: string;
  to_on: string | null;
}

export interface RatingsDatabase extends CommandTables<'ratings'>, QueueTables<'ratings'> {
  ratings_rating: RatingTable;
  ratings_post_card: PostCardTable;
}
