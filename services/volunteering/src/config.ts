import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const schema = z.object({
  /** The domain that printed certificates lead to, so it must be lasting. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:8080'),
});

export function readConfig(environment: Environment): { publicUrl: string } {
  return { publicUrl: parseSettings(schema, environment).PUBLIC_URL.replace(/\/$/, '') };
}
