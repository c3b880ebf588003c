import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { lockMerchant, type StoredMerchant } from '../store/merchants.ts';

export interface Owner extends PersonPrincipal {
  merchantId: string;
}

/** The owner who asks. Throws for anybody else. */
export function requireOwner(principal: Principal): Owner {
  requirePermission('merchants.own', principal);
  const person = requirePerson(principal);
  const { merchantId } = person;
  if (merchantId === null) throw new Problem(commonProblems.forbidden);
  return { ...person, merchantId };
}

/** The owner's merchant, locked. Throws 404 when it is not there, 409 before it was admitted. */
export async function lockOwnMerchant(
  tx: Transaction<RewardsDatabase>,
  { merchantId }: Owner,
): Promise<StoredMerchant> {
  const merchant = await lockMerchant(tx, merchantId);
  if (!merchant) throw new Problem(commonProblems.notFound);
  if (merchant.state !== 'active' && merchant.state !== 'paused') {
    throw new Problem(commonProblems.conflict);
  }
  return merchant;
}
