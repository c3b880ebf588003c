import { pathToFileURL } from 'node:url';
import autocannon, { type RequestOptions, type Result } from 'autocannon';
import type { Sample } from '../measurement.ts';
import type { Load, LoadRequest } from './load.ts';
import { toSample } from './to-sample.ts';

interface Traffic {
  createTraffic(config: unknown): () => LoadRequest;
  isGoodBody?: (body: string) => boolean;
}

async function loadTraffic(load: Load): Promise<Traffic> {
  if (load.traffic === undefined) return { createTraffic: () => () => load.request ?? {} };
  return (await import(pathToFileURL(load.traffic).href)) as Traffic;
}

/** A load process is new in each round: what it needs to get under way is not measured. */
const rampUpMs = 1_000;

/** Sends one request after another over each connection for the time of the load. */
export async function measureRequests(load: Load): Promise<Sample> {
  const { createTraffic, isGoodBody } = await loadTraffic(load);
  const next = createTraffic(load.config);
  const latencies: number[] = [];
  let good = 0;
  const isGood = (status: number) =>
    load.okStatuses?.includes(status) ?? (status >= 200 && status < 300);
  const count = (isSuccess: boolean) => {
    if (isSuccess && performance.now() >= startsAt) good += 1;
  };
  const request: RequestOptions = { setupRequest: (given) => ({ ...given, ...next() }) };
  if (isGoodBody !== undefined) {
    request.onResponse = (status, body) => count(isGood(status) && isGoodBody(body));
  }
  const startsAt = performance.now() + rampUpMs;
  const result = await new Promise<Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: load.url,
        connections: load.connections,
        duration: Math.max(1, Math.round((rampUpMs + load.durationMs) / 1_000)),
        timeout: 10,
        sampleInt: 100,
        requests: [request],
      },
      (error, finished) => (error ? reject(error) : resolve(finished)),
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      if (isGoodBody === undefined) count(isGood(status));
      if (performance.now() >= startsAt) latencies.push(milliseconds);
    });
  });
  const seconds = (performance.now() - startsAt) / 1_000;
  return toSample(latencies, good, latencies.length - good + result.errors, seconds);
}
