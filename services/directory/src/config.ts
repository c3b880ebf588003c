import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Folder of the photos of subjects; processes of one install share it. */
  DIRECTORY_PHOTO_DIR: z.string().default('.data/subject-photos'),
});

export type DirectorySettings = z.output<typeof settingsSchema>;

export function readDirectorySettings(environment: Environment): DirectorySettings {
  return parseSettings(settingsSchema, environment);
}
