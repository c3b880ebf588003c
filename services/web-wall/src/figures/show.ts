/** A whole number with its thousands parted. */
export const showCount = (count: number): string => count.toLocaleString('en-US');

/** A number that may be too wide for its place, shorter from a hundred thousand on. */
export function showLarge(count: number, language: 'zh' | 'en'): string {
  if (count < 100_000) return showCount(count);
  return new Intl.NumberFormat(language === 'en' ? 'en' : 'zh-CN', {
    ...{ notation: 'compact', maximumSignificantDigits: 4 },
  }).format(count);
}

/** Minutes as hours, with a decimal while they are few. */
export function showHours(minutes: number): string {
  const hours = minutes / 60;
  return hours < 100 ? String(Math.round(hours * 10) / 10) : showCount(Math.round(hours));
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', hour12: false },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
});
export const showClock = (time: number | string): string => clock.format(new Date(time));

export function showDay(time: number, language: 'zh' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    ...{ timeZone: 'Asia/Shanghai', weekday: 'long' },
    ...{ year: 'numeric', month: 'long', day: 'numeric' },
  }).format(new Date(time));
}
