// A Hono route that answers a scan it has at hand: no principal, no look-up, no figures.
import { listen } from '@ddp/service-kit/http-server';
import { Hono } from 'hono';

const scan = {
  codeId: '0195512b-0000-7000-8000-000000000001',
  subject: {
    id: '0195512c-0000-7000-8000-000000000001',
    kind: 'organization',
    name: '第1服务队',
    title: '志愿服务队',
    unitId: null,
    unitName: '康巴什区社会工作服务中心',
    areaName: '康巴什区',
  },
  place: '服务大厅',
  areaPath: '/1506/150603/',
  programmeId: null,
  subjectPersonId: null,
};

const app = new Hono();
app.get('/healthz', (context) => context.body(null));
app.get('/v1/resolved-scans/:token', (context) => context.json(scan));
await listen(async (request) => app.fetch(request), {
  port: Number(process.env.PORT),
  host: '127.0.0.1',
});
