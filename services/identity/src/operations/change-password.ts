import { requirePermission } from '@ddp/auth/authorize';
import { identityProblems } from '@ddp/contracts/identity/problems';
import type { changePassword as route } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { transact } from '@ddp/db-kit/transact';
import type { AnswerHeaders, Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { limitOfPassword } from '../domain/limits.ts';
import { checkPassword, hashPassword } from '../passwords.ts';
import { clearCounter, takePlace } from '../store/counters.ts';
import { findPasswordOf, replacePassword } from '../store/credentials.ts';
import { renewSession, revokeSessionsOf } from '../store/sessions.ts';
import { drawToken } from '../tokens.ts';
import { requireSession } from './describe-session.ts';
import { setSessionCookie } from './open-session.ts';

const sameAsBefore = { zh: '请换一个新密码', en: 'another password than the present one' };

/** Changes the password; this session goes on under a new token, the person's others end. */
export async function changePassword(
  deps: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
  headers: AnswerHeaders,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const { store, vault } = deps;
  const session = await requireSession(deps, principal);
  const credential = await findPasswordOf(store.db, session.personId);
  const oldSecret = credential?.secret ?? null;
  if (credential === null || oldSecret === null) throw new Problem(identityProblems.wrongPassword);
  const limit = limitOfPassword(vault.digest('login', credential.login).toString('hex'));
  const waitSeconds = await transact(store.db, (tx) => takePlace(tx, store.clock, limit));
  if (waitSeconds !== null) {
    throw new Problem(identityProblems.lockedOut, { retryAfterSeconds: waitSeconds });
  }
  if (!(await checkPassword(oldSecret, body.currentPassword))) {
    throw new Problem(identityProblems.wrongPassword);
  }
  if (body.newPassword === body.currentPassword) {
    throw new Problem(commonProblems.invalidRequest, {
      errors: [{ pointer: '/newPassword', message: sameAsBefore }],
    });
  }
  const newSecret = await hashPassword(body.newPassword);
  const { token, tokenHash } = drawToken();
  await transact(
    store.db,
    async (tx) => {
      if (!(await replacePassword(tx, session.personId, oldSecret, newSecret))) {
        throw new Problem(identityProblems.wrongPassword);
      }
      await revokeSessionsOf(tx, store.clock, session.personId, session.id);
      const renewed = { id: session.id, tokenHash, role: session.role };
      if (!(await renewSession(tx, renewed))) throw new Problem(commonProblems.notSignedIn);
      await clearCounter(tx, limit);
    },
    { isRepeatable: false },
  );
  setSessionCookie(deps, headers, token, session.method);
}
