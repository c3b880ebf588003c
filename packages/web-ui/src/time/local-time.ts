const options = { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' } as const;

/** Half past eight in Ordos, as a field for a day and a time takes it. */
export function localOf(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', options).format(new Date(instant)).replace(' ', 'T');
}

/** The instant of what was typed in such a field; as it stands where that is no time. */
export function instantOf(local: string): string {
  const date = new Date(`${local}:00+08:00`);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}
