import type { Page } from 'playwright-core';
import { findViolations, phone, rulesOfLooks } from '../pages/browser.ts';
import { isTooWide, settle, takePicture } from './screen.ts';

type Look = readonly [theme: string, textScale: string, contrast: string];
const contrasted: Look = ['light', 'larger', 'high'];
/** Both themes and both ends of the sizes of text; where pictures are wanted, high contrast too. */
const looks: readonly Look[] = [
  ['light', 'normal', 'usual'],
  ['dark', 'larger', 'usual'],
  ...(process.env.DDP_PICTURES ? [contrasted] : []),
];

interface Size {
  width: number;
  height: number;
}
/** At which sizes a page may not scroll sideways, and at which its pictures are taken. */
export interface Sizes {
  checked: readonly Size[];
  pictured: readonly Size[];
}
const phoneSizes: Sizes = {
  checked: [phone],
  pictured: [phone, { width: 1280, height: phone.height }],
};

/** A path, or a name for its picture with where it lies and what to press there. */
export type Walked = string | { name: string; path: string; press?: string };

/** Chooses as another window would, and waits until what fades has done so. */
async function chooseLook(on: Page, look: Look): Promise<void> {
  for (const [index, name] of ['theme', 'text-scale', 'contrast'].entries()) {
    await on.evaluate(`localStorage.setItem('ddp.${name}', '${look[index]}')`);
  }
  await on.evaluate("dispatchEvent(new StorageEvent('storage'))");
  const shown = await on.evaluate<string>(
    '(({ theme, textScale, contrast }) => [theme, textScale, contrast].join())(document.documentElement.dataset)',
  );
  if (shown !== look.join()) throw new Error(`${on.url()} is still in ${shown}`);
  await on.evaluate(`new Promise(requestAnimationFrame).then(() => Promise.allSettled(
    document.getAnimations()
      .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
      .map((one) => one.finished)))`);
}

/**
 * Goes on to another page of the desk as its own links do, which loads nothing anew. The page stands
 * once its heading has the focus, as a reader of screens needs it.
 */
export async function goOn(on: Page, path: string): Promise<void> {
  const { pathname, search } = new URL(on.url());
  if (pathname + search === path) {
    await on.goto(path);
  } else {
    await on.evaluate(`document.activeElement?.blur()
      history.pushState(null, '', '${path}')
      dispatchEvent(new PopStateEvent('popstate', { state: null }))`);
    await on.locator('#page-title:focus').waitFor();
  }
  await settle(on);
}

/** What is wrong with pages in any look; a picture of each is kept where pictures are wanted. */
export async function inspect(
  on: Page,
  pages: readonly Walked[],
  { checked, pictured }: Sizes = phoneSizes,
): Promise<string[]> {
  const found: string[] = [];
  for (const [place, one] of pages.entries()) {
    const { name, path, press } =
      typeof one === 'string' ? { name: one, path: one, press: '' } : one;
    // The first is loaded, and all that it reads with it; phones load each.
    const isWithin = place > 0 && path.startsWith('/desk/');
    // A page within begins in the look that the one before ended in.
    const ordered = isWithin && place % 2 === 1 ? looks.toReversed() : looks;
    if (isWithin) await goOn(on, path);
    else await on.goto(path);
    await settle(on);
    if (press) {
      await on.getByRole('button', { name: press, exact: true }).click();
      await settle(on);
    }
    for (const look of ordered) {
      await chooseLook(on, look);
      const where = `${name} in ${look.join(', ')}`;
      // What does not depend on the look was judged in the first.
      const rules = look === ordered[0] ? undefined : rulesOfLooks;
      for (const violation of await findViolations(on, rules)) found.push(`${where}: ${violation}`);
      for (const size of checked) {
        await on.setViewportSize(size);
        if (await isTooWide(on)) found.push(`${where} scrolls sideways at ${size.width}`);
      }
      const picture = [name.replace(/^\//, '').replaceAll('/', '-'), ...look].join('-');
      await takePicture(on, picture, pictured);
    }
  }
  return found;
}
