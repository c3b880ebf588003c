import { canInstall, installPackages } from './apt.ts';
import { findProgram } from './binaries.ts';
import type { Say } from './engine.ts';

/**
 * The program that makes pictures of a PDF's pages, installed by apt-get where that is allowed.
 * Null where there is none and none can be had.
 */
export async function providePdftoppm(say: Say): Promise<string | null> {
  const found = findProgram('pdftoppm');
  if (found !== null || !canInstall()) return found;
  await installPackages(['poppler-utils'], say);
  return findProgram('pdftoppm');
}
