import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const schema = z.object({
  /** The official domain that codes lead to; printed, so it must be lasting. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:8080'),
  /** Codes whose scan a process remembers; about 1 KB each. */
  CODES_SCAN_CACHE_SIZE: z.coerce.number().int().min(0).max(1_000_000).default(150_000),
});

const urlLimit = 60;
const longestTokenPath = '/e/'.length + 32;

export interface CodesConfig {
  publicUrl: string;
  scanCacheSize: number;
}

export function readConfig(environment: Environment): CodesConfig {
  const settings = parseSettings(schema, environment);
  const publicUrl = settings.PUBLIC_URL.replace(/\/$/, '');
  if (publicUrl.length + longestTokenPath > urlLimit + 6) {
    throw new Error(`PUBLIC_URL is too long: printed addresses may have ${urlLimit} characters`);
  }
  return { publicUrl, scanCacheSize: settings.CODES_SCAN_CACHE_SIZE };
}
