import { canInstall, installPackages } from './apt.ts';
import { findProgram } from './binaries.ts';
import type { Say } from './engine.ts';

/** The browser, and a font with the Chinese characters that pages are written in. */
const packages = ['chromium', 'fonts-noto-cjk'];

function findChromium(): string | null {
  return findProgram('chromium', 'chromium-browser', 'google-chrome');
}

/**
 * The program of a Chromium on this machine, installed by apt-get where that is allowed. Null where
 * there is none and none can be had.
 */
export async function provideChromium(say: Say): Promise<string | null> {
  const found = findChromium();
  if (found !== null || !canInstall()) return found;
  await installPackages(packages, say);
  return findChromium();
}

/** Options for a headless start that looks nothing up outside this machine. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
