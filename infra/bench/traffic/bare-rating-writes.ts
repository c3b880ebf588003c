import { randomBytes, randomUUID } from 'node:crypto';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { type Connection, createConnection } from 'mysql2/promise';
import { measureClosedLoop } from '../load/closed-loop.ts';
import type { Load } from '../load/load.ts';
import type { Sample } from '../measurement.ts';

const tables = ['idempotency', 'rating', 'outbox'];

/** Empty copies of the tables that a rating is written to, with the same keys. */
export async function createBareTables(schemaUrl: string): Promise<void> {
  const connection = await createConnection({ uri: schemaUrl });
  for (const table of tables) {
    await connection.query(`CREATE TABLE bare_${table} LIKE ratings_${table}`);
  }
  await connection.end();
}

const insertKey = `INSERT INTO bare_idempotency
  (scope, idempotency_key, request_hash, response, created_at)
  VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))`;
const insertRating = `INSERT INTO bare_rating
  (id, programme_id, subject_id, subject_name, code_id, kind, rater_key, person_id, is_verified,
    level, reasons, words, area_path, rated_on, rated_at)
  VALUES (?, ?, ?, '第1服务队', ?, 'walk-up', ?, ?, 1, 5, 'patient,clear', '', '/1506/150603/',
    UTC_DATE(), UTC_TIMESTAMP(3))`;
const insertEvent = `INSERT INTO bare_outbox
  (id, consumer, event_name, payload, request_id, state, generation, available_at, created_at)
  VALUES (?, 'points', 'ratings.rating-submitted', ?, 'bench-request', 0, 0, UTC_TIMESTAMP(3),
    UTC_TIMESTAMP(3))`;

const fixed = { programmeId: newId(), subjectId: newId(), codeId: newId(), areaPath: '/1506/' };

async function writeRating(connection: Connection): Promise<void> {
  const id = newId();
  const personId = newId();
  const answer = { id, subjectId: fixed.subjectId, subjectName: '第1服务队', level: 5 };
  const response = JSON.stringify({ ...answer, reasons: ['patient', 'clear'], words: '' });
  const payload = JSON.stringify({ ratingId: id, personId, ...fixed });
  const key = idToBinary(randomUUID());
  await connection.query('START TRANSACTION');
  await connection.execute(insertKey, [`person:${personId}`, key, randomBytes(32), response]);
  await connection.execute(insertRating, [
    idToBinary(id),
    idToBinary(fixed.programmeId),
    idToBinary(fixed.subjectId),
    idToBinary(fixed.codeId),
    randomBytes(32),
    idToBinary(personId),
  ]);
  await connection.execute(insertEvent, [idToBinary(newId()), payload]);
  await connection.query('COMMIT');
}

/** Writes the rows of ratings over as many connections as the load has, and nothing else. */
export async function measure(load: Load): Promise<Sample> {
  const { schemaUrl } = load.config as { schemaUrl: string };
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => createConnection({ uri: schemaUrl })),
  );
  const setup = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';
  await Promise.all(connections.map((connection) => connection.query(setup)));
  const sample = await measureClosedLoop(
    load.durationMs,
    connections.map((connection) => () => writeRating(connection)),
  );
  await Promise.all(connections.map((connection) => connection.end()));
  return sample;
}
