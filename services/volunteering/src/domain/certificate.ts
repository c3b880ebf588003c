import type { HoursKind } from '@ddp/contracts/volunteering/hours';

/** Hours as they stand on a certificate, in the version of that moment. */
export interface CertificateItem {
  hoursId: string;
  version: number;
  kind: HoursKind;
  title: string;
  teamName: string;
  on: string;
  minutes: number;
}

/** What was done in one activity of one team. */
export interface ServiceLine {
  title: string;
  teamName: string;
  firstOn: string;
  lastOn: string;
  times: number;
  minutes: number;
  isRecorded: boolean;
}

export function sumItems(items: readonly CertificateItem[], kind: HoursKind): number {
  return items.reduce((sum, one) => sum + (one.kind === kind ? one.minutes : 0), 0);
}

/** Items by what they were for: verified ones first, the earliest first. */
export function groupItems(items: readonly CertificateItem[]): ServiceLine[] {
  const groups = new Map<string, ServiceLine>();
  for (const { kind, title, teamName, on, minutes } of items) {
    const key = JSON.stringify([kind, title, teamName]);
    const known = groups.get(key);
    const line = known ?? {
      ...{ title, teamName, firstOn: on, lastOn: on, times: 0, minutes: 0 },
      isRecorded: kind === 'recorded',
    };
    const days = [line.firstOn, line.lastOn, on].sort();
    groups.set(key, {
      ...line,
      firstOn: days[0] ?? on,
      lastOn: days.at(-1) ?? on,
      times: line.times + 1,
      minutes: line.minutes + minutes,
    });
  }
  return [...groups.values()].sort(
    (a, b) =>
      Number(a.isRecorded) - Number(b.isRecorded) ||
      (a.firstOn < b.firstOn ? -1 : Number(a.firstOn > b.firstOn)),
  );
}

/** Whether two readings of the same period are the same hours in the same versions. */
export function areSameItems(
  one: readonly CertificateItem[],
  other: readonly CertificateItem[],
): boolean {
  const keyOf = ({ hoursId, version }: CertificateItem) => `${hoursId}:${version}`;
  const known = new Set(one.map(keyOf));
  return one.length === other.length && other.every((item) => known.has(keyOf(item)));
}
