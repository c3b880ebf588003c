import { Stop } from '../bootstrap/stop.mjs';

export interface StartOptions {
  port: number;
  topology: 'mounted' | 'split';
  /** Demo programme, demo accounts and the fake SMS server. */
  demo: boolean;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? 8080);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Stop(`PORT must be a number from 1 to 65535, not ${text}.`);
  }
  return port;
}

/** Reads the arguments and the environment of `npm start`. */
export function readStartOptions(args: string[], env: NodeJS.ProcessEnv): StartOptions {
  const known = ['--demo', '--no-demo', '--split'];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown !== undefined) {
    throw new Stop(`npm start knows ${known.join(', ')}, not ${unknown}.`);
  }
  const databaseUrl = env.DATABASE_URL || undefined;
  const isProduction = env.DDP_MODE === 'production';
  const embedded = databaseUrl === undefined && !isProduction && !args.includes('--no-demo');
  return {
    port: readPort(env.PORT || undefined),
    topology: args.includes('--split') ? 'split' : 'mounted',
    demo: args.includes('--demo') || embedded,
    databaseUrl,
    redisUrl: env.REDIS_URL || undefined,
  };
}
