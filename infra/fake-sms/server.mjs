// A stand-in for a provider of text messages, as a real HTTP server: it takes messages, shows them,
// and can be told to fail. It forgets everything when it ends.
import { randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const port = Number(process.env.FAKE_SMS_PORT ?? 8090);
const host = process.env.FAKE_SMS_HOST ?? '127.0.0.1';
const key = process.env.FAKE_SMS_KEY ?? '';
const keptMessages = 5_000;
const bodyLimitBytes = 16 * 1024;

const messages = [];
const faults = { status: 503, count: 0 };

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function readBody(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > bodyLimitBytes) throw new Error('too long');
  }
  return JSON.parse(text);
}

function isAuthorised(request) {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function escapeHtml(text) {
  const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => names[character]);
}

function renderPage() {
  const rows = messages
    .slice(0, 200)
    .map((each) => `<tr><td>${each.at}<td>${escapeHtml(each.phone)}<td>${escapeHtml(each.text)}`);
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>短信（演示）</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="refresh" content="5">
<style>body{font:18px/1.6 sans-serif;margin:1rem}td{padding:.4rem 1rem .4rem 0;vertical-align:top}</style>
<h1>短信（演示）</h1><p>这里显示本机演示系统发出的短信，不会发到真实手机。</p>
<table>${rows.join('\n') || '<tr><td>还没有短信'}</table></html>`;
}

async function send(request, response) {
  if (!isAuthorised(request)) return answer(response, 401, { error: 'unauthorised' });
  if (faults.count > 0) {
    faults.count -= 1;
    return answer(response, faults.status, { error: 'told to fail' });
  }
  const { phone, text } = await readBody(request);
  if (typeof phone !== 'string' || typeof text !== 'string') {
    return answer(response, 400, { error: 'phone and text are wanted' });
  }
  const message = { id: randomUUID(), phone, text, at: new Date().toISOString() };
  messages.unshift(message);
  messages.length = Math.min(messages.length, keptMessages);
  return answer(response, 200, { id: message.id });
}

function list(url, response) {
  const phone = url.searchParams.get('phone');
  const items = phone === null ? messages : messages.filter((each) => each.phone === phone);
  return answer(response, 200, { items: items.slice(0, 200) });
}

async function plantFaults(request, response) {
  const { status, count } = await readBody(request);
  if (!Number.isInteger(count) || !(status >= 400 && status <= 599)) {
    return answer(response, 400, { error: 'status (400 to 599) and count are wanted' });
  }
  Object.assign(faults, { status, count });
  return answer(response, 200, faults);
}

async function handle(request, response) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = `${request.method} ${url.pathname}`;
  if (route === 'POST /send') return send(request, response);
  if (route === 'POST /faults') return plantFaults(request, response);
  if (route === 'GET /messages') return list(url, response);
  if (route === 'GET /healthz') return answer(response, 200, { status: 'ok' });
  if (route !== 'GET /') return answer(response, 404, { error: 'not found' });
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  return response.end(renderPage());
}

const server = createServer((request, response) => {
  handle(request, response).catch(() => answer(response, 400, { error: 'not understood' }));
});
server.listen(port, host);
for (const name of ['SIGTERM', 'SIGINT']) {
  process.on(name, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
