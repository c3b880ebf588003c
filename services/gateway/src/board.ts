import { createRequire } from 'node:module';
import path from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { decidePermission } from '@ddp/auth/permission-table';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { serviceNames } from '@ddp/contracts/service-name';
import type { Queues } from '@ddp/queue-kit/queues';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import { serveStatic } from '@hono/node-server/serve-static';
import type { GatewayDeps } from './deps.ts';
import { type GatewayContext, identify } from './http/identify.ts';

const boardPath = '/admin/queues';

/** The board styles itself as it goes; nothing comes from another origin, and no script stands in it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/** Fonts of another origin, which the board does without. */
const foreignLinks = /<link\b[^>]*\bhref="(?:https?:)?\/\/[^>]*>/g;

/**
 * The queues of every service as the administrator sees them, read only: what is buried is a dead
 * letter, replayed where it is audited. Queues are opened when somebody first looks.
 */
export function bindBoard(app: ServiceApp, deps: GatewayDeps, queues: Queues): void {
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath(boardPath);
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiBasePath: findUi(), uiConfig },
  });
  let isOpen = false;
  app.use(`${boardPath}/*`, async (context, next) => {
    await requireOperator(deps, context);
    if (!isOpen) board.setQueues(serviceNames.map((name) => showQueue(queues, name)));
    isOpen = true;
    await next();
    context.header('content-security-policy', policy);
    context.header('x-content-type-options', 'nosniff');
    if (!context.res.headers.get('content-type')?.startsWith('text/html')) return;
    const page = (await context.res.text()).replaceAll(foreignLinks, '');
    context.header('cache-control', 'no-store');
    context.res = new Response(page, context.res);
  });
  app.route(boardPath, adapter.registerPlugin());
}

const uiConfig = {
  boardTitle: '多多评 · 队列',
  locale: { lng: 'zh-CN' },
  hideDocsLink: true,
  showWorkers: false,
};

/** The files of the page, which come with the adapter. */
function findUi(): string {
  const adapter = createRequire(import.meta.url).resolve('@bull-board/hono');
  return path.dirname(createRequire(adapter).resolve('@bull-board/ui/package.json'));
}

function showQueue(queues: Queues, name: string): BullMQAdapter {
  return new BullMQAdapter(queues.queueOf(name), { readOnlyMode: true, allowRetries: false });
}

/** Throws unless an administrator looks, and only looks. */
async function requireOperator(deps: GatewayDeps, context: GatewayContext): Promise<void> {
  const { principal } = await identify(deps, context, false);
  const verdict = decidePermission('operations', principal);
  if (verdict === 'not-signed-in') throw new Problem(commonProblems.notSignedIn);
  const { method } = context.req;
  const isReading = method === 'GET' || method === 'HEAD';
  if (verdict === 'forbidden' || !isReading) throw new Problem(commonProblems.forbidden);
}
