import { password } from '@ddp/infra/demo/prepare-house';
import type { Page } from 'playwright-core';
import type { Sizes } from './inspect.ts';

export const deskSize = { width: 1280, height: 800 };
const smallDesk = { width: 1024, height: 768 };
export const deskSizes: Sizes = { checked: [smallDesk, deskSize], pictured: [deskSize] };

export const openDesk = (on: Page, to: string) => on.goto(`/desk${to}`);
export const see = (on: Page, text: string | RegExp) => on.getByText(text).first().waitFor();
export const press = (on: Page, name: string) =>
  on.getByRole('button', { name, exact: true }).last().click();

/** The dialog that is open; fields behind it have the same names. */
export const dialogOf = (on: Page) => on.getByRole('dialog');

/** Waits until the dialog has done what it is for; where it stays, what it says tells why. */
export async function untilDone(on: Page): Promise<void> {
  const dialog = dialogOf(on);
  await dialog.waitFor({ state: 'hidden' }).catch(async () => {
    throw new Error(`the dialog stays: ${await dialog.textContent()}`);
  });
}

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
  if (typed !== '') {
    const found = on.waitForResponse((one) => decodeURIComponent(one.url()).includes(typed));
    await field.fill(typed);
    // Until what is searched for has come the list may move under the pointer.
    await found;
  }
  await on.getByRole('option', { name: option }).first().click();
}

/** Chooses in a field that is searched by part of a name. */
export const findIn = (on: Page, label: string, text: string) => choose(on, label, text, text);

export async function signInDesk(on: Page, login: string): Promise<void> {
  await on.getByLabel('账号').fill(login);
  await on.locator('input[type=password]').fill(password);
  await on.locator('form button[type=submit]').click();
}

/** The pages that the menu offers, as a reader would find them. */
export function listMenu(on: Page): Promise<string[]> {
  return on.evaluate<string[]>(
    `[...document.querySelectorAll('.desk-menu a')].map((link) => link.getAttribute('href'))`,
  );
}
