/** How many wrong codes are taken within an hour that begins with the first. */
export interface TryLimit {
  kind: 'operator' | 'voucher' | 'giver';
  subjectId: string;
  max: number;
}

const windowMs = 3_600_000;

/** The limits that a code is tried under; the operator's comes first, as locks are taken in order. */
export function limitsOfTry(operatorId: string, voucherId: string | null): TryLimit[] {
  const operator = { kind: 'operator' as const, subjectId: operatorId, max: 20 };
  if (voucherId === null) return [operator];
  return [operator, { kind: 'voucher', subjectId: voucherId, max: 5 }];
}

/** Offers of one person, so that nobody finds out by offering who has which number. */
export function limitOfOffers(giverId: string): TryLimit {
  return { kind: 'giver', subjectId: giverId, max: 10 };
}

/** Wrong codes that were counted, and when their hour ends. */
export interface Tries {
  used: number;
  endsAt: Date;
}

/** By `tryKey`; what is not there was never counted. */
export type CountedTries = ReadonlyMap<string, Tries>;

export const tryKey = ({ kind, subjectId }: Pick<TryLimit, 'kind' | 'subjectId'>): string =>
  `${kind} ${subjectId}`;

/** The seconds until one of the limits lets somebody try again; null while all of them do. */
export function waitOfTries(
  limits: readonly TryLimit[],
  tries: CountedTries,
  now: Date,
): number | null {
  const reached = limits.find(
    (limit) => hasOpenHour(tries.get(tryKey(limit)), now) && usedOf(tries, limit) >= limit.max,
  );
  const endsAt = reached && tries.get(tryKey(reached))?.endsAt;
  return endsAt ? Math.floor((endsAt.getTime() - now.getTime()) / 1_000) + 1 : null;
}

/** One try more under each of the limits; an hour begins with its first. */
export function addTry(limits: readonly TryLimit[], tries: CountedTries, now: Date) {
  return new Map(
    limits.map((limit): [string, Tries] => {
      const before = tries.get(tryKey(limit));
      return [
        tryKey(limit),
        hasOpenHour(before, now)
          ? { used: before.used + 1, endsAt: before.endsAt }
          : { used: 1, endsAt: new Date(now.getTime() + windowMs) },
      ];
    }),
  );
}

const usedOf = (tries: CountedTries, limit: TryLimit) => tries.get(tryKey(limit))?.used ?? 0;

function hasOpenHour(tries: Tries | undefined, now: Date): tries is Tries {
  return tries !== undefined && tries.endsAt > now;
}
