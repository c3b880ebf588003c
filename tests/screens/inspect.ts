import type { Page } from 'playwright-core';
import { findViolations } from '../pages/browser.ts';
import { isTooWide, settle, takePicture } from './screen.ts';

export type Look = readonly [theme: string, textScale: string, contrast: string];
export const looks: readonly Look[] = [
  ['light', 'normal', 'usual'],
  ['dark', 'larger', 'usual'],
  ['light', 'larger', 'high'],
];

/** A path, or a name for its picture with where it lies and what to press there. */
export type Walked = string | { name: string; path: string; press?: string };

/** What is wrong with pages in a look; a picture of each is kept where pictures are wanted. */
export async function inspect(on: Page, pages: readonly Walked[], look: Look): Promise<string[]> {
  for (const [index, name] of ['theme', 'text-scale', 'contrast'].entries()) {
    await on.evaluate(`localStorage.setItem('ddp.${name}', '${look[index]}')`);
  }
  const found: string[] = [];
  for (const one of pages) {
    const { name, path, press } =
      typeof one === 'string' ? { name: one, path: one, press: '' } : one;
    await on.goto(path);
    await settle(on);
    if (press) {
      await on.getByRole('button', { name: press, exact: true }).click();
      await settle(on);
    }
    for (const violation of await findViolations(on)) found.push(`${name}: ${violation}`);
    if (await isTooWide(on)) found.push(`${name} scrolls sideways`);
    await takePicture(on, [name.replace(/^\//, '').replaceAll('/', '-'), ...look].join('-'));
  }
  return found;
}
