import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { requestRedemption } from '@ddp/contracts/rewards/routes';
import { createSigner, personAs } from '../../principals.ts';
import type { Load, LoadRequest } from '../load/load.ts';
import { toSample } from '../load/to-sample.ts';
import type { Sample } from '../measurement.ts';
import type { RedemptionsConfig } from './redemptions.ts';

export interface RushConfig extends RedemptionsConfig {
  /** Requests that each buyer sends by one key. */
  duplicates: number;
}

/** A client that is told to come back waits a little before it does. */
const pauseMs = 250;
const mostTries = 100;

/**
 * Everybody asks for the first benefit at the same moment, or sends the request of the load; over
 * as many connections as there are people: a phone has one. Over when all are answered; the value is
 * the 99th percentile.
 */
export async function measure(load: Load): Promise<Sample> {
  const config = load.config as RushConfig;
  const requests = config.personIds.flatMap((personId) => requestsOf(load, config, personId));
  const agent = new Agent({ keepAlive: true, maxSockets: config.personIds.length });
  const startedAt = performance.now();
  const answers = await Promise.all(
    requests.map(async (one) => ({
      isGood: await isAnswered(load.url, one, agent),
      ms: performance.now() - startedAt,
    })),
  );
  const good = answers.filter(({ isGood }) => isGood).length;
  const seconds = (performance.now() - startedAt) / 1_000;
  const latencies = answers.map(({ ms }) => ms);
  const sample = toSample(latencies, good, answers.length - good, seconds);
  return { ...sample, value: sample.p99Ms ?? Number.NaN };
}

function requestsOf(load: Load, config: RushConfig, personId: string): LoadRequest[] {
  const { masterKey, areaPath, programmeId, benefitIds, duplicates } = config;
  const sign = createSigner(masterKey, 'rewards');
  const key = randomUUID();
  const asks = Array.from<LoadRequest | undefined>({ length: duplicates }).fill(load.request);
  return asks.map(
    (given) =>
      given ?? {
        method: 'POST',
        path: requestRedemption.path,
        headers: {
          ...sign(personAs('resident', { areaPath, programmeId, personId })),
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ benefitId: benefitIds[0] }),
      },
  );
}

/** Whether it is taken or told to be sold out; who is told to come back does. */
async function isAnswered(url: string, one: LoadRequest, agent: Agent): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { status, body } = await send(url, one, agent);
    if (status < 300) return true;
    if (status !== 503) return body.includes('sold-out');
    await setTimeout(pauseMs);
  }
  return false;
}

function send(
  url: string,
  { path = '/', method = 'GET', headers, body }: LoadRequest,
  agent: Agent,
) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const options = { method, agent, ...(headers ? { headers } : {}) };
    const sent = request(`${url}${path}`, options, (response) => {
      const status = response.statusCode ?? 0;
      text(response).then((answer) => resolve({ status, body: answer }), reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
