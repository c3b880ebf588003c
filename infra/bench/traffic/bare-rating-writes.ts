import { randomBytes } from 'node:crypto';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { type Connection, createConnection } from 'mysql2/promise';
import { measureClosedLoop } from '../load/closed-loop.ts';
import type { Load } from '../load/load.ts';
import type { Sample } from '../measurement.ts';

/** An empty copy of the table of ratings, with the same keys. */
export async function createBareTable(schemaUrl: string): Promise<void> {
  const connection = await createConnection({ uri: schemaUrl });
  await connection.query('CREATE TABLE bare_rating LIKE ratings_rating');
  await connection.end();
}

const insertRating = `INSERT INTO bare_rating
  (id, programme_id, subject_id, subject_name, subject_person_id, unit_id, code_id, kind, rater_key,
    rater_class, once_key, person_id, is_verified, is_named, question_version, level, reasons, words,
    words_state, photo_count, state, rates_again, area_path, rated_on, rated_at)
  VALUES (?, ?, ?, '第1服务队', NULL, NULL, ?, 'walk-up', ?, 'verified', ?, ?, 1, 0, 0, 5,
    'patient,clear', '', 'shown', 0, 'counted', NULL, '/1506/150603/', UTC_DATE(),
    UTC_TIMESTAMP(3))`;

/** One autocommitted row a rating, on one of as many subjects as the loads have. */
async function writeRating(connection: Connection, config: Config): Promise<void> {
  const subject = config.subjectIds[Math.floor(Math.random() * config.subjectIds.length)] ?? '';
  await connection.execute(insertRating, [
    ...[idToBinary(newId()), config.programmeId, subject, config.codeId].map(toBinary),
    ...[randomBytes(32), randomBytes(16), idToBinary(newId())],
  ]);
}

const toBinary = (id: string | Buffer) => (typeof id === 'string' ? idToBinary(id) : id);

interface Config {
  schemaUrl: string;
  subjectIds: string[];
  programmeId: string;
  codeId: string;
}

/** Writes rows of ratings over as many connections as the load has, and nothing else. */
export async function measure(load: Load): Promise<Sample> {
  const config = load.config as Config;
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => createConnection({ uri: config.schemaUrl })),
  );
  const sample = await measureClosedLoop(
    load.durationMs,
    connections.map((connection) => () => writeRating(connection, config)),
  );
  await Promise.all(connections.map((connection) => connection.end()));
  return sample;
}
