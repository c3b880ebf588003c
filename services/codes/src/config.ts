import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const schema = z.object({
  /** The official domain that codes lead to; printed, so it must be lasting. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:8080'),
});

const urlLimit = 60;
const longestTokenPath = '/e/'.length + 32;

export function readConfig(environment: Environment): { publicUrl: string } {
  const publicUrl = parseSettings(schema, environment).PUBLIC_URL.replace(/\/$/, '');
  if (publicUrl.length + longestTokenPath > urlLimit + 6) {
    throw new Error(`PUBLIC_URL is too long: printed addresses may have ${urlLimit} characters`);
  }
  return { publicUrl };
}
