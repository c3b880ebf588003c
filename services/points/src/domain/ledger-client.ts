import type { ledgerUnits } from '@ddp/contracts/points/schemas';

type Unit = (typeof ledgerUnits)[number];

/** What a service may do in the ledger: its own sorts of account, in its own units. */
export interface LedgerClient {
  units: readonly Unit[];
  fromCode: number;
  toCode: number;
  mayHoldPoints: boolean;
}

const clients: Record<string, LedgerClient> = {
  rewards: { units: ['cents'], fromCode: 4_000, toCode: 4_999, mayHoldPoints: true },
  volunteering: { units: ['minutes'], fromCode: 5_000, toCode: 5_999, mayHoldPoints: false },
  fund: { units: ['cents'], fromCode: 6_000, toCode: 6_999, mayHoldPoints: false },
};

/** Every unit that services move by themselves. */
export const clientUnits: readonly Unit[] = [
  ...new Set(Object.values(clients).flatMap(({ units }) => units)),
];

/** The rights of a service in the ledger, or null where it has none. */
export function findLedgerClient(service: string): LedgerClient | null {
  return Object.hasOwn(clients, service) ? (clients[service] ?? null) : null;
}

export function ownsCode(client: LedgerClient, code: number): boolean {
  return code >= client.fromCode && code <= client.toCode;
}
