import { randomBytes } from 'node:crypto';
import { isDuplicate } from '@ddp/db-kit/errors';
import { transact } from '@ddp/db-kit/transact';
import type { IdentityDeps } from '../deps.ts';
import { hashPassword, readablePassword } from '../passwords.ts';
import { insertPassword } from '../store/credentials.ts';
import { hasAdministrator, insertGrant } from '../store/holdings.ts';
import { createPerson } from './keep-person.ts';

/**
 * Makes the one administrator of an install that has none, and tells the one-time password once.
 * Of several processes that start together, the login's unique key lets one win; only it tells.
 */
export async function createFirstAdministrator(
  deps: IdentityDeps,
  tell: (line: string) => void,
): Promise<void> {
  const { store, settings } = deps;
  if (await hasAdministrator(store.db)) return;
  const login = settings.IDENTITY_ADMIN_LOGIN;
  const chosen = settings.DDP_DEMO ? settings.DDP_DEMO_PASSWORD : undefined;
  const password = chosen ?? readablePassword(randomBytes(16));
  const secret = await hashPassword(password);
  try {
    await transact(
      store.db,
      async (tx) => {
        const person = { name: '管理员', phone: null, homePath: null };
        const personId = await createPerson(deps, tx, person);
        const mustChange = chosen === undefined;
        await insertPassword(tx, store.clock, { personId, login, secret, mustChange });
        await insertGrant(tx, store.clock, { personId, role: 'administrator', merchantId: null });
      },
      { isRepeatable: false },
    );
  } catch (error) {
    if (isDuplicate(error)) return;
    throw error;
  }
  if (chosen === undefined) tell(`@admin ${login} ${password}`);
}
