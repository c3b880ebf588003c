import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import type { Transaction } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import type { IdentityDeps } from '../deps.ts';
import { insertPhone } from '../store/credentials.ts';
import { findPersonByCredential, insertPerson } from '../store/people.ts';
import type { PersonalData } from '../vault.ts';

/**
 * Writes a new person with a key of their own, and the index of their phone. Throws a duplicate,
 * before the person's row is written, when the phone belongs to somebody.
 */
export async function createPerson(
  { store, vault, settings }: IdentityDeps,
  tx: Transaction<IdentityDatabase>,
  data: PersonalData & { homePath: string | null },
): Promise<string> {
  const id = newId();
  if (data.phone !== null) {
    await insertPhone(tx, store.clock, id, vault.phoneLookup(data.phone));
  }
  await insertPerson(tx, store.clock, {
    ...vault.sealPerson(id, data),
    id,
    homePath: data.homePath,
    isDemo: settings.DDP_DEMO,
  });
  return id;
}

/** The person of a phone; a new one without a home when nobody has it yet. */
export async function findOrCreatePerson(
  deps: IdentityDeps,
  tx: Transaction<IdentityDatabase>,
  data: { name: string | null; phone: string },
): Promise<string> {
  const lookup = deps.vault.phoneLookup(data.phone);
  const known = await findPersonByCredential(tx, 'phone', lookup);
  if (known) return known.id;
  try {
    return await createPerson(deps, tx, { ...data, homePath: null });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const first = await findPersonByCredential(tx, 'phone', lookup);
    if (!first) throw error;
    return first.id;
  }
}
