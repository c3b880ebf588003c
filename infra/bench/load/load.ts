import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import {
  type BenchTitle,
  conclude,
  interleave,
  type Measurement,
  type Sample,
} from '../measurement.ts';

/** One request, as the load process sends it. */
export interface LoadRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What a load process does. */
export interface Load {
  url: string;
  connections: number;
  durationMs: number;
  /** Sent again and again, where no `traffic` is given. */
  request?: LoadRequest;
  /**
   * Absolute path of a module with `export function createTraffic(config): () => LoadRequest`, for
   * loads whose requests differ: keys, tokens, amounts. It may also export
   * `isGoodBody(body): boolean`, where a status alone does not tell success.
   */
  traffic?: string;
  /**
   * Absolute path of a module with `export function measure(load): Promise<Sample>`, for loads that
   * are not one HTTP request after another.
   */
  program?: string;
  config?: unknown;
  /** Statuses that count as success; 200 to 299 unless given. */
  okStatuses?: number[];
}

const graceMs = 30_000;

/** Makes the load in a process of its own and answers requests a second. */
export function runLoad(load: Load): Promise<Sample> {
  const script = join(paths.root, 'infra', 'bench', 'load', 'load-process.ts');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx/esm', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: load.durationMs + graceMs,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Sample);
      else reject(new Error(`the load process ended with ${code}`));
    });
    child.stdin.end(JSON.stringify(load));
  });
}

export interface Pace {
  rounds: number;
  warmUpMs: number;
  roundMs: number;
}

/** Loads subject and reference in turn, after warming both up. */
export async function compareLoads(
  title: BenchTitle,
  pace: Pace,
  subject: Omit<Load, 'durationMs'>,
  reference: Omit<Load, 'durationMs'>,
): Promise<Measurement> {
  await runLoad({ ...subject, durationMs: pace.warmUpMs });
  await runLoad({ ...reference, durationMs: pace.warmUpMs });
  const measured = await interleave(
    pace.rounds,
    () => runLoad({ ...subject, durationMs: pace.roundMs }),
    () => runLoad({ ...reference, durationMs: pace.roundMs }),
  );
  return conclude(title, measured.subject, measured.reference);
}
