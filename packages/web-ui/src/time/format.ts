import type { Language } from '@ddp/contracts/language';

const timeZone = 'Asia/Shanghai';
const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

/** 11月30日 14:05, with the year where it is not this one. */
export function formatInstant(instant: string, language: Language, now = new Date()): string {
  const date = new Date(instant);
  const year = (one: Date) => one.toLocaleDateString('en-GB', { timeZone, year: 'numeric' });
  return new Intl.DateTimeFormat(locales[language], {
    timeZone,
    ...(year(date) === year(now) ? {} : { year: 'numeric' }),
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date);
}

/** A civil date, `2026-11-30`, in words. */
export function formatDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}
