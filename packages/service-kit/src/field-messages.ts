import type { Localized } from '@ddp/contracts/language';
import * as z from 'zod';
import { en, zhCN } from 'zod/locales';

const separator = ' · ';

type LocaleError = ReturnType<typeof en>['localeError'];

function textOf(localeError: LocaleError, issue: Parameters<LocaleError>[0]): string {
  const told = localeError(issue);
  return typeof told === 'string' ? told : (told?.message ?? '');
}

const chinese = zhCN().localeError;
const english = en().localeError;

/** Lets every schema of this process tell its faults in both languages, Chinese first. */
export function speakBothLanguages(): void {
  z.config({
    localeError: (issue) => `${textOf(chinese, issue)}${separator}${textOf(english, issue)}`,
  });
}

/** The two languages of a fault's message; one that has a single text shows it in both. */
export function splitMessage(message: string): Localized {
  const at = message.indexOf(separator);
  if (at < 0) return { zh: message, en: message };
  return { zh: message.slice(0, at), en: message.slice(at + separator.length) };
}
