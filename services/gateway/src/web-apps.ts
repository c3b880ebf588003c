import { createRequire } from 'node:module';
import path from 'node:path';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import { serveStatic } from '@hono/node-server/serve-static';

/** Below which path each app lies, and which package it is built by. */
const webApps = {
  '/app': '@ddp/web-resident',
  '/shop': '@ddp/web-merchant',
  '/wall': '@ddp/web-wall',
  '/desk': '@ddp/web-console',
} as const;

/** Only what we serve ourselves. */
const policy = [
  "default-src 'none'",
  // WebAssembly reads QR symbols where the browser cannot.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const yearSeconds = 31_536_000;

/** The web apps: files by their names, which tell their contents, and the one page for every path. */
export function bindWebApps(app: ServiceApp): void {
  const resolve = createRequire(import.meta.url).resolve;
  for (const [base, name] of Object.entries(webApps)) {
    const root = path.join(path.dirname(resolve(`${name}/package.json`)), 'dist');
    app.get(base, (context) => context.redirect(`${base}/`));
    app.get(
      `${base}/:file{(?:assets/)?[A-Za-z0-9_-]+\\.[a-z0-9.]+}`,
      serveStatic({
        root,
        precompressed: true,
        rewriteRequestPath: (given) => given.slice(base.length),
        onFound: (file, context) => {
          const isNamedByContents = file.includes(`${path.sep}assets${path.sep}`);
          const forever = `public, max-age=${yearSeconds}, immutable`;
          context.header('cache-control', isNamedByContents ? forever : 'public, max-age=3600');
        },
      }),
      (context) => context.notFound(),
    );
    app.get(`${base}/assets/*`, (context) => context.notFound());
    app.get(
      `${base}/*`,
      serveStatic({
        root,
        path: 'index.html',
        precompressed: true,
        onFound: (_file, context) => {
          context.header('cache-control', 'no-cache');
          context.header('content-security-policy', policy);
        },
      }),
    );
  }
}
