import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAccounts } from '@ddp/contracts/points/routes';
import { binaryToId, newId } from '@ddp/db-kit/ids';
import { until } from '../demo/step.ts';
import { createSteadySigner, serviceAs } from '../principals.ts';
import { readResidentMib } from '../processes/resident-memory.ts';
import type { PointsHouse } from './points-house.ts';

const code = 4_044;
const unit = 'cents' as const;
const tickMs = 20;
/** Fewer than the connections that may wait to be taken, so that none is lost on the way. */
const mostSockets = 400;
const afterwards = 50;

/** What came of a flood. */
export interface FloodHistory {
  sent: number;
  acknowledged: Set<string>;
  /** Asked to come back, with a time. */
  busy: number;
  /** Answers that are neither, and connections that were lost. */
  strange: string[];
  residentMib: { before: number; most: number };
}

/** Sends so many transfers a second, whatever comes back, and looks at the memory meanwhile. */
export async function floodPoints(
  house: PointsHouse,
  options: { perSecond: number; seconds: number },
): Promise<FloodHistory> {
  const [points] = house.processes;
  if (!points) throw new Error('there is no process to flood');
  const { pid } = points.process;
  const send = await openSender(house);
  for (let time = 0; time < 500; time += 1) await send(newId());
  const before = readResidentMib(pid);
  const history: FloodHistory = {
    ...{ sent: 0, acknowledged: new Set(), busy: 0, strange: [] },
    residentMib: { before, most: before },
  };
  const ask = async (id: string) => {
    const seen = await send(id).catch((error: unknown) => String(error));
    if (seen === 'created') history.acknowledged.add(id);
    else if (seen === 'busy') history.busy += 1;
    else history.strange.push(seen);
  };
  const under: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let seconds = 0; seconds < options.seconds; ) {
    for (const due = seconds * options.perSecond; history.sent < due; history.sent += 1) {
      under.push(ask(newId()));
    }
    await sleep(tickMs);
    history.residentMib.most = Math.max(history.residentMib.most, readResidentMib(pid));
    seconds = (performance.now() - startedAt) / 1_000;
  }
  await Promise.all(under);
  return history;
}

/** What does not hold after a flood: what was told to be there, and service as before. */
export async function checkFlood(house: PointsHouse, history: FloodHistory): Promise<string[]> {
  const send = await openSender(house);
  await until('a transfer that is taken', async () =>
    (await send(newId()).catch(() => '')) === 'created' ? true : null,
  );
  const later = await Promise.all(Array.from({ length: afterwards }, () => send(newId())));
  const rows = await house.query('SELECT id FROM points_ledger_transfer WHERE code = 1');
  const stored = new Set(rows.map(({ id }) => binaryToId(id as Buffer)));
  const lost = [...history.acknowledged].filter((id) => !stored.has(id));
  return [
    ...history.strange.slice(0, 5).map((seen) => `an answer that says nothing: ${seen}`),
    ...lost.map((id) => `acknowledged and not there: ${id}`),
    ...later.filter((seen) => seen !== 'created').map((seen) => `after the flood: ${seen}`),
    ...house.audit(),
  ];
}

/** Makes two accounts and gives the function that sends a transfer between them. */
async function openSender(house: PointsHouse) {
  const [points] = house.processes;
  if (!points) throw new Error('there is no process to send to');
  const accounts = [newId(), newId()].map((id) => ({ id, unit, code, limit: 'none' as const }));
  await points.call(serviceAs('rewards'), createAccounts, { body: { accounts } });
  const [debitAccountId, creditAccountId] = accounts.map(({ id }) => id);
  const sign = createSteadySigner(house.masterKey, 'points', serviceAs('rewards'));
  const agent = new Agent({ keepAlive: true, maxSockets: mostSockets });
  return (id: string): Promise<string> => {
    const transfers = [{ id, debitAccountId, creditAccountId, amount: 1, unit, code: 1 }];
    const headers = { ...sign(), 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const target = `${points.url}/v1/transfers`;
      const sent = request(target, { method: 'POST', agent, headers }, (response) => {
        readVerdict(response).then(resolve, reject);
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ transfers }));
    });
  };
}

async function readVerdict(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const { statusCode, headers } = response;
  if (statusCode === 503 && headers['retry-after'] !== undefined) return 'busy';
  const text = Buffer.concat(chunks).toString();
  const isCreated = statusCode === 200 && text.includes('"status":"created"');
  return isCreated ? 'created' : `${statusCode} ${text.slice(0, 200)}`;
}
