// Makes one load and prints one sample. It runs in a process of its own, so that the measuring
// takes no time from the measured.
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import autocannon, { type Result } from 'autocannon';
import { percentileOf, type Sample } from '../measurement.ts';
import type { Load, LoadRequest } from './load.ts';

type Traffic = { createTraffic(config: unknown): () => LoadRequest };

async function createNext(load: Load): Promise<() => LoadRequest> {
  if (load.traffic === undefined) return () => load.request ?? {};
  const module = (await import(pathToFileURL(load.traffic).href)) as Traffic;
  return module.createTraffic(load.config);
}

async function measure(load: Load): Promise<Sample> {
  const next = await createNext(load);
  const latencies: number[] = [];
  let good = 0;
  let bad = 0;
  const isGood = (status: number) =>
    load.okStatuses?.includes(status) ?? (status >= 200 && status < 300);
  const startedAt = performance.now();
  const result = await new Promise<Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: load.url,
        connections: load.connections,
        duration: Math.max(1, Math.round(load.durationMs / 1_000)),
        timeout: 10,
        requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
      },
      (error, finished) => (error ? reject(error) : resolve(finished)),
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      if (isGood(status)) good += 1;
      else bad += 1;
      latencies.push(milliseconds);
    });
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const sorted = Float64Array.from(latencies).sort();
  return {
    value: good / seconds,
    p50Ms: percentileOf(sorted, 0.5),
    p99Ms: percentileOf(sorted, 0.99),
    errors: bad + result.errors + result.timeouts,
  };
}

process.stdout.write(JSON.stringify(await measure(JSON.parse(await text(process.stdin)) as Load)));
