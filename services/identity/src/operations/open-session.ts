import type { Role } from '@ddp/contracts/permission';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { newId } from '@ddp/db-kit/ids';
import type { AnswerHeaders } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import type { IdentityDeps } from '../deps.ts';
import type { SessionState } from '../domain/authority.ts';
import { sessionLifetimeSeconds } from '../domain/limits.ts';
import { sessionCookie } from '../domain/session-cookie.ts';
import { lockPerson } from '../store/people.ts';
import { insertSession, type StoredSession } from '../store/sessions.ts';
import { drawToken } from '../tokens.ts';

export interface SessionRequest {
  personId: string;
  method: SessionState['method'];
  role: Role;
  mustChangePassword: boolean;
  /** Who signs in, as the gateway tells it: names the device. */
  principal: Principal;
}

export interface OpenedSession {
  session: StoredSession;
  token: string;
}

/**
 * Opens a session in the caller's transaction; its token is told to nobody before the commit.
 * Throws 401 for a person who is being erased.
 */
export async function openSession(
  { store }: IdentityDeps,
  tx: Transaction<IdentityDatabase>,
  request: SessionRequest,
): Promise<OpenedSession> {
  const { principal, ...state } = request;
  if (!(await lockPerson(tx, request.personId))) throw new Problem(commonProblems.notSignedIn);
  const { token, tokenHash } = drawToken();
  const id = newId();
  await insertSession(tx, store.clock, {
    ...state,
    id,
    tokenHash,
    device: principal.kind === 'anonymous' ? principal.deviceId : null,
    lifetimeSeconds: sessionLifetimeSeconds(state.method),
  });
  return { session: { ...state, id }, token };
}

/** Gives the browser the token of its session. */
export function setSessionCookie(
  { hasSecureCookie }: IdentityDeps,
  headers: AnswerHeaders,
  token: string,
  method: SessionState['method'],
): void {
  headers.cookies.push(sessionCookie(token, sessionLifetimeSeconds(method), hasSecureCookie));
}

/** Takes the token away from the browser. */
export function clearSessionCookie(
  { hasSecureCookie }: IdentityDeps,
  headers: AnswerHeaders,
): void {
  headers.cookies.push(sessionCookie('', 0, hasSecureCookie));
}
