import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { ServiceApp } from '@ddp/service-kit/service-app';

const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const startScript = `window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', validatorUrl: null });`;

const page = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>接口文档 · 多多评</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><main id="docs"></main><script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script></body></html>`;

/** The viewer draws with inline styles and data: pictures; nothing comes from another origin. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A page over the OpenAPI document that loads nothing from elsewhere. */
export function bindDocs(app: ServiceApp): void {
  app.get('/docs', (context) => {
    context.header('content-security-policy', policy);
    return context.html(page);
  });
  app.get('/docs/start.js', (context) => {
    context.header('content-type', 'text/javascript; charset=utf-8');
    return context.body(startScript);
  });
  app.get('/docs/:asset', async (context) => {
    const asset = context.req.param('asset');
    const type = assets[asset];
    if (!type) throw new Problem(commonProblems.notFound);
    context.header('content-type', type);
    context.header('cache-control', 'public, max-age=3600');
    return context.body(new Uint8Array(await readFile(path.join(folder, asset))));
  });
}
