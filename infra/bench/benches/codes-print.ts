import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { issueAreaBatch, readBatch } from '@ddp/contracts/codes/batch-routes';
import { readPrint, readPrintPdf, requestPrint } from '@ddp/contracts/codes/print-routes';
import QRCode from 'qrcode';
import { type Caller, createCaller, personAs } from '../../principals.ts';
import type { Bench } from '../context.ts';
import { conclude, interleave, type Measurement, type Sample } from '../measurement.ts';
import { loadSubjects } from '../prepare/load-codes.ts';
import { openArea } from '../prepare/open-area.ts';
import { schemaUrlOf } from '../schema-url.ts';

const codes = 10_000;
const mostRounds = 3;
const lookEveryMs = 50;
const memoryBudgetMib = 300;
const title = { name: 'codes.print', unit: 's', kind: 'limit', better: 'lower' } as const;

async function time(work: () => Promise<void>): Promise<Sample> {
  const startedAt = performance.now();
  await work();
  const value = (performance.now() - startedAt) / 1_000;
  return { value, p50Ms: null, p99Ms: null, errors: 0 };
}

/** What the symbols cost by themselves, of addresses as long as those that are printed. */
async function makeMatrices(): Promise<void> {
  for (let index = 0; index < codes; index += 1) {
    const url = `http://localhost:8080/e/${String(index).padStart(26, '7')}`;
    QRCode.create(url, { errorCorrectionLevel: 'H' });
  }
}

/** Issues a code for each subject at one more place, and has all of them printed. */
async function issueAndPrint(
  { call, say }: { call: Caller; say: (line: string) => void },
  areaPath: string,
  place: string,
): Promise<void> {
  const startedAt = performance.now();
  const tell = (what: string) =>
    say(`${what} after ${((performance.now() - startedAt) / 1_000).toFixed(2)} s`);
  const officer = personAs('city-officer', { areaPath });
  const body = { areaCode: '150603', place };
  const { id } = await call(officer, issueAreaBatch, { body });
  for (;;) {
    const batch = await call(officer, readBatch, { params: { id } });
    if (batch.state === 'done' && batch.issued === codes) break;
    if (batch.wanted !== codes) throw new Error(`a batch wants ${batch.wanted} codes`);
    await sleep(lookEveryMs);
  }
  tell('issued');
  const order = { of: { kind: 'batch' as const, id }, sheet: 'a4-3x8' as const };
  const print = await call(officer, requestPrint, { body: order });
  const params = { id: print.id };
  for (;;) {
    const { state, failure } = await call(officer, readPrint, { params });
    if (state === 'ready') break;
    if (state !== 'waiting') throw new Error(`the print is ${state}: ${failure}`);
    await sleep(lookEveryMs);
  }
  tell('printed');
  const file = Buffer.from(await call(officer, readPrintPdf, { params }));
  const pages = file.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  if (pages !== Math.ceil(codes / 24)) throw new Error(`the print has ${pages} pages`);
}

/** The most memory that a process ever had, in MiB. */
function readPeakMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/**
 * Ten thousand codes issued by a batch and printed as PDF through the service's own port, from the
 * first request to the last byte. The limit is the time that the symbols take by themselves; the
 * memory is the most that the service's process ever had, against what it may have.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const env = await context.environment();
    const started = await context.startServices(['directory', 'codes'], env);
    const masterKey = env.DDP_MASTER_KEY ?? '';
    const urls = { directory: started.directory.url, codes: started.codes.url };
    const call = createCaller(masterKey, urls);
    const { areaPath } = await openArea(call);
    await loadSubjects(schemaUrlOf(env, 'codes'), codes);
    let places = 0;
    const { subject, reference } = await interleave(
      Math.min(mostRounds, context.pace.rounds),
      () => {
        places += 1;
        return time(() => issueAndPrint({ call, say: context.say }, areaPath, `${places}号窗口`));
      },
      () => time(makeMatrices),
    );
    const peakMib = Math.round(readPeakMib(started.codes.process.pid));
    return [conclude(title, subject, reference), toMemoryLine(peakMib)];
  },
};

function toMemoryLine(peakMib: number): Measurement {
  return {
    ...{ bench: 'codes.print.memory', value: peakMib, unit: 'MiB', reference: memoryBudgetMib },
    ...{ kind: 'limit', ratio: Math.round((memoryBudgetMib / peakMib) * 1_000) / 1_000 },
    ...{ p50Ms: null, p99Ms: null, referenceP99Ms: null, errors: 0 },
  };
}
