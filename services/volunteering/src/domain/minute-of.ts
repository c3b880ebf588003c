const shanghaiMs = 8 * 3_600_000;

/** An instant as people read it in Asia/Shanghai, to the minute. */
export function minuteOf(instant: Date): string {
  const local = new Date(instant.getTime() + shanghaiMs).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}
