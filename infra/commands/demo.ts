import { runTool } from '../start/run-tool.ts';
import { findRunningSuite } from '../start/running-file.ts';

/** `npm run demo`: walks the main journeys over HTTP against the suite that runs. */
export async function run(args: string[]): Promise<number> {
  const running = findRunningSuite();
  return runTool('infra/demo/demo.ts', args, {
    DEMO_URL: process.env.DEMO_URL ?? running?.url ?? 'http://127.0.0.1:8080',
    SMS_URL: process.env.SMS_URL ?? running?.smsUrl,
  });
}
