import { civilDateOf } from '@ddp/calendar/civil-date';
import type { meSchema } from '@ddp/contracts/identity/schemas';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type * as z from 'zod';
import type { IdentityDeps } from '../deps.ts';
import { type Acting, decideActing, decideProgramme } from '../domain/authority.ts';
import { maskName, maskPhone } from '../domain/masking.ts';
import { listProgrammes, readHoldings } from '../store/holdings.ts';
import { findPerson } from '../store/people.ts';
import { findSession, type StoredSession } from '../store/sessions.ts';

export type Me = z.output<typeof meSchema>;

/** The session a person asks with. Throws 401 when it has ended. */
export async function requireSession(
  { store }: IdentityDeps,
  principal: Principal,
): Promise<StoredSession> {
  const session =
    principal.kind === 'person'
      ? await findSession(store.db, store.clock, principal.sessionId, principal.personId)
      : null;
  if (!session) throw new Problem(commonProblems.notSignedIn);
  return session;
}

/** What a session may do at this moment, from the posts and grants in force. */
export async function readActing(
  { store, clock }: IdentityDeps,
  session: StoredSession,
): Promise<Acting & { programmeId: string | null }> {
  const holdings = await readHoldings(store.db, session.personId);
  const acting = decideActing(session, holdings, civilDateOf(clock.now()));
  const home = session.mustChangePassword ? null : holdings.homePath;
  const programmeId = decideProgramme(acting, home, await listProgrammes(store.db));
  return { ...acting, programmeId };
}

/** What a person sees of themselves. */
export async function describeSession(deps: IdentityDeps, session: StoredSession): Promise<Me> {
  const acting = await readActing(deps, session);
  const person = await findPerson(deps.store.db, session.personId);
  if (!person) throw new Problem(commonProblems.notSignedIn);
  const { name, phone } = deps.vault.openPerson(person.id, person);
  return {
    personId: person.id,
    role: acting.role,
    roles: acting.roles,
    maskedName: maskName(name),
    maskedPhone: maskPhone(phone),
    areaPaths: acting.areaPaths,
    programmeId: acting.programmeId,
    merchantId: acting.merchantId,
    mustChangePassword: session.mustChangePassword,
  };
}
