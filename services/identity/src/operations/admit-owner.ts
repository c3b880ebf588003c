import type { PayloadOf } from '@ddp/contracts/event';
import type { merchantAdmitted } from '@ddp/contracts/rewards/events';
import { isDuplicate } from '@ddp/db-kit/errors';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { IdentityDeps } from '../deps.ts';
import { insertGrant } from '../store/holdings.ts';
import { lockPerson } from '../store/people.ts';

/** Lets the person whose application was approved act as the owner; nobody does who left meanwhile. */
export async function admitOwner(
  { store }: IdentityDeps,
  delivery: Delivery<PayloadOf<typeof merchantAdmitted>>,
): Promise<void> {
  const { personId, merchantId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    if (!(await lockPerson(tx, personId))) return;
    const grant = { personId, role: 'merchant-owner' as const, merchantId };
    await insertGrant(tx, store.clock, grant).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
  });
}
