import { language } from '@ddp/web-ui/i18n/language';
import { formatDay, formatInstant } from '@ddp/web-ui/time/format';

/** Times and days in the language of the screen; a dash where there is none. */
export function useFormat() {
  return {
    at: (instant: string | null) =>
      instant === null ? '—' : formatInstant(instant, language.value),
    day: (day: string | null) => (day === null ? '—' : formatDay(day, language.value)),
    count: (number: number) => number.toLocaleString(language.value === 'en' ? 'en' : 'zh-CN'),
  };
}
