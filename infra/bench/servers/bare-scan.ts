// The least that Node and the database can do for a scan: `node:http` and the SELECT of the codes
// service, prepared once, by the same driver over as many connections.
import { createServer } from 'node:http';
import { createPool, type RowDataPacket } from 'mysql2';

const pool = createPool({
  uri: process.env.SCHEMA_URL ?? '',
  connectionLimit: Number(process.env.DATABASE_POOL_SIZE ?? 10),
});

const select = `
  SELECT code.id, code.place, card.subject_id, card.kind, card.name, card.title, card.unit_id,
    card.unit_name, card.area_name, card.area_path, card.programme_id, card.person_id
  FROM codes_code AS code
  JOIN codes_subject_card AS card ON card.subject_id = code.subject_id
  WHERE code.token = ? AND card.is_active = 1 AND code.state = 'active'`;

createServer((request, response) => {
  if (request.url === '/healthz') {
    response.end();
    return;
  }
  const token = request.url?.slice(1) ?? '';
  pool.execute<RowDataPacket[]>(select, [token], (error, rows) => {
    const isFound = error === null && rows.length === 1;
    response.writeHead(isFound ? 200 : 500, { 'content-type': 'application/json' });
    response.end(isFound ? JSON.stringify(rows[0]) : '');
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
