// A route that does nothing, with everything that every route has: request id, principal,
// permission, validation, limits, figures, problems.
import { randomBytes } from 'node:crypto';
import { systemClock } from '@ddp/calendar/clock';
import { defineRoute } from '@ddp/contracts/route';
import { bindRoute } from '@ddp/service-kit/bind-route';
import { listen } from '@ddp/service-kit/http-server';
import { createLog } from '@ddp/service-kit/log';
import { createMetrics } from '@ddp/service-kit/metrics';
import { createServiceApp } from '@ddp/service-kit/service-app';
import * as z from 'zod';

const route = defineRoute({
  service: 'codes',
  name: 'read-hello',
  method: 'GET',
  path: '/v1/hello',
  permission: 'public',
  summary: { zh: '问好', en: 'Says hello' },
  status: 200,
  response: z.object({ hello: z.string() }),
  problems: [],
});

const app = createServiceApp({
  service: 'codes',
  masterKeys: [{ kid: 'k1', secret: randomBytes(32) }],
  clock: systemClock,
  log: createLog('warn'),
  metrics: createMetrics(),
  checkReady: async () => undefined,
});
bindRoute(app, route, async () => ({ hello: 'world' }));
await listen(async (request) => app.fetch(request), {
  port: Number(process.env.PORT),
  host: '127.0.0.1',
});
