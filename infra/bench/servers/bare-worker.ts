// Does nothing, a hundred jobs at a time: what BullMQ alone can bring to a worker.
import { createServer } from 'node:http';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { bareQueue } from '../traffic/bare-queue.ts';

const connection = new Redis(process.env.REDIS_URL ?? '', { maxRetriesPerRequest: null });
let completed = 0;
const worker = new Worker(bareQueue, async () => {}, {
  connection,
  prefix: process.env.REDIS_PREFIX ?? '',
  concurrency: 100,
});
worker.on('completed', () => {
  completed += 1;
});

createServer((_request, response) => {
  response.end(String(completed));
}).listen(Number(process.env.PORT), '127.0.0.1');
