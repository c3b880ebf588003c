/** How many wrong codes are taken within an hour that begins with the first. */
export interface TryLimit {
  kind: 'operator' | 'voucher' | 'giver';
  subjectId: string;
  max: number;
}

export const tryWindowSeconds = 3_600;

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
