import { mkdirSync } from 'node:fs';
import { Stop } from '../bootstrap/stop.mjs';
import { readStartOptions } from '../start/options.ts';
import { dataDir, removeRunningSuite, takeOver } from '../start/running-file.ts';
import { type Started, startSuite, type Undo } from '../start/start-suite.ts';
import { print, say, waitForSignal } from './say.ts';

async function unwind(undo: Undo): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    await step().catch((error: unknown) => say(`stopping: ${String(error)}`));
  }
}

async function waitForEnd(started: Started, signal: Promise<string>): Promise<'asked' | string> {
  const ends = [...started.topology.processes].map(async ([name, each]) => {
    await each.ended();
    return name;
  });
  return Promise.race([signal.then(() => 'asked'), ...ends]);
}

/** `npm start`: everything up, one line that says where, everything down on Ctrl-C. */
export async function run(args: string[]): Promise<number> {
  const options = readStartOptions(args, process.env);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await takeOver(`http://localhost:${options.port}`, say);
  const undo: Undo = [async () => removeRunningSuite()];
  let isAsked = false;
  const signal = waitForSignal().then((name) => {
    isAsked = true;
    say('stopping');
    return name;
  });
  const checkpoint = () => {
    if (isAsked) throw new Stop('stopped before it was ready');
  };
  try {
    const started = await startSuite(options, undo, say, checkpoint);
    checkpoint();
    print(`ready ${started.url}`);
    for (const line of started.table) print(line);
    const cause = await waitForEnd(started, signal);
    if (cause === 'asked') return 0;
    say(`${cause} ended by itself; its log is in .data/logs`);
    return 1;
  } catch (error) {
    if (isAsked) return 0;
    throw error;
  } finally {
    await unwind(undo);
  }
}
