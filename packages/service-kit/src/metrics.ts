import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The figures of one process, in the format of Prometheus. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'ddp_http_request_seconds',
    help: 'Seconds a request took, by service, route pattern and status',
    labelNames: ['service', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return { registry, requests };
}

export type Metrics = ReturnType<typeof createMetrics>;
