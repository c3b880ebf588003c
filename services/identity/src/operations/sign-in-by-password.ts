import { requirePermission } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { identityProblems } from '@ddp/contracts/identity/problems';
import type { signInByPassword as route } from '@ddp/contracts/identity/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { transact } from '@ddp/db-kit/transact';
import type { AnswerHeaders, Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { listRoles } from '../domain/authority.ts';
import { limitOfPassword } from '../domain/limits.ts';
import { checkPassword } from '../passwords.ts';
import { clearCounter, takePlace } from '../store/counters.ts';
import { findPasswordByLogin } from '../store/credentials.ts';
import { readHoldings } from '../store/holdings.ts';
import { describeSession } from './describe-session.ts';
import { openSession, setSessionCookie } from './open-session.ts';

/**
 * Signs staff in, acting in their strongest role. Each try takes one of the login's places before
 * the password is looked at, so that guesses made at once are counted too; success gives them back.
 */
export async function signInByPassword(
  deps: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
  headers: AnswerHeaders,
): Promise<RouteResult<typeof route>> {
  requirePermission('public', principal);
  const { store, vault, clock } = deps;
  const limit = limitOfPassword(vault.digest('login', body.login).toString('hex'));
  const waitSeconds = await transact(store.db, (tx) => takePlace(tx, store.clock, limit));
  if (waitSeconds !== null) {
    throw new Problem(identityProblems.lockedOut, { retryAfterSeconds: waitSeconds });
  }
  const credential = await findPasswordByLogin(store.db, body.login);
  const isRight = await checkPassword(credential?.secret ?? null, body.password);
  if (credential === null || !isRight) throw new Problem(identityProblems.wrongPassword);

  const { personId, mustChange } = credential;
  const holdings = await readHoldings(store.db, personId);
  const [role = 'resident'] = listRoles(holdings, 'password', civilDateOf(clock.now()));
  const opened = await transact(
    store.db,
    async (tx) => {
      await clearCounter(tx, limit);
      return openSession(deps, tx, {
        personId,
        method: 'password',
        role,
        mustChangePassword: mustChange,
        principal,
      });
    },
    { isRepeatable: false },
  );
  setSessionCookie(deps, headers, opened.token, 'password');
  return describeSession(deps, opened.session);
}
