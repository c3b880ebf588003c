import { password } from '@ddp/infra/demo/prepare-house';
import type { Page } from 'playwright-core';
import { findViolations } from '../pages/browser.ts';
import { isTooWide, settle, takePicture, type WatchedContext } from './screen.ts';

export const deskSize = { width: 1280, height: 800 };
const smallDesk = { width: 1024, height: 768 };

export const openDesk = (on: Page, to: string) => on.goto(`/desk${to}`);
export const see = (on: Page, text: string | RegExp) => on.getByText(text).first().waitFor();
export const press = (on: Page, name: string) =>
  on.getByRole('button', { name, exact: true }).last().click();

/** The dialog that is open; fields behind it have the same names. */
export const dialogOf = (on: Page) => on.getByRole('dialog');

/** Chooses on a list that opens, by what is typed first where the list is long. */
export async function choose(
  on: Page,
  label: string,
  option: string | RegExp,
  typed = '',
): Promise<void> {
  const field = dialogOf(on).getByRole('combobox', { name: label });
  // What is chosen lies above the field that takes the keys.
  await field.click({ force: true });
  if (typed !== '') await field.fill(typed);
  await on.getByRole('option', { name: option }).first().click();
}

/** Chooses in a field that is searched by part of a name. */
export const findIn = (on: Page, label: string, text: string) => choose(on, label, text, text);

export async function signInDesk(on: Page, login: string): Promise<void> {
  await on.getByLabel('账号').fill(login);
  await on.locator('input[type=password]').fill(password);
  await on.locator('form button[type=submit]').click();
}

export type Look = readonly [theme: string, textScale: string, contrast: string];
export const looks: readonly Look[] = [
  ['light', 'normal', 'usual'],
  ['dark', 'larger', 'usual'],
  ['light', 'larger', 'high'],
];

/** The pages that the menu offers, as a reader would find them. */
function listMenu(on: Page): Promise<string[]> {
  return on.evaluate<string[]>(
    `[...document.querySelectorAll('.desk-menu a')].map((link) => link.getAttribute('href'))`,
  );
}

/** What is wrong with pages in a look; a picture of each is kept where pictures are wanted. */
export async function inspectDesk(
  { page: on }: WatchedContext,
  look: Look,
  more: readonly string[] = [],
): Promise<string[]> {
  for (const [index, name] of ['theme', 'text-scale', 'contrast'].entries()) {
    await on.evaluate(`localStorage.setItem('ddp.${name}', '${look[index]}')`);
  }
  const found: string[] = [];
  for (const one of [...(await listMenu(on)), '/desk/me', '/desk/nowhere', ...more]) {
    await on.goto(one);
    await settle(on);
    for (const violation of await findViolations(on)) found.push(`${one}: ${violation}`);
    for (const viewport of [smallDesk, deskSize]) {
      await on.setViewportSize(viewport);
      if (await isTooWide(on)) found.push(`${one} scrolls sideways at ${viewport.width}`);
    }
    await takePicture(on, [one.slice(1).replaceAll('/', '-'), ...look].join('-'), [deskSize]);
  }
  return found;
}
