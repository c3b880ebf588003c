// The least that a suite of these packages can be: loads them and answers `/healthz`.
import { createServer } from 'node:http';
import 'bullmq';
import 'hono';
import 'kysely';
import 'mysql2';

createServer((_request, response) => {
  response.end();
}).listen(Number(process.env.PORT), '127.0.0.1');
