// Makes one load and prints one sample. It runs in a process of its own, so that the measuring
// takes no time from the measured.
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { Sample } from '../measurement.ts';
import type { Load } from './load.ts';
import { measureRequests } from './measure-requests.ts';

type Program = { measure(load: Load): Promise<Sample> };

async function measure(load: Load): Promise<Sample> {
  if (load.program === undefined) return measureRequests(load);
  const program = (await import(pathToFileURL(load.program).href)) as Program;
  return program.measure(load);
}

process.stdout.write(JSON.stringify(await measure(JSON.parse(await text(process.stdin)) as Load)));
