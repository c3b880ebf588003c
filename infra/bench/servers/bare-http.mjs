// The least that Node can do for a request: the limit that a bare route is measured against.
import { createServer } from 'node:http';

const body = JSON.stringify({ hello: 'world' });
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(body)),
};

createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
