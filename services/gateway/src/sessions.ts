import { createHash } from 'node:crypto';
import { CallProblem } from '@ddp/contracts/call';
import { lookUpSession } from '@ddp/contracts/identity/routes';
import type { RouteResult } from '@ddp/contracts/route';
import type { ServiceCaller } from '@ddp/service-kit/service-caller';

export type SessionPrincipal = RouteResult<typeof lookUpSession>;

interface Kept {
  principal: Promise<SessionPrincipal | null>;
  until: number;
}

const keptLimit = 20_000;

/** Asks identity whose session a token is, and keeps the answer for a few seconds. */
export function createSessionReader(caller: ServiceCaller, keepMs: number) {
  const kept = new Map<string, Kept>();

  async function ask(token: string, requestId: string): Promise<SessionPrincipal | null> {
    try {
      return await caller.call(lookUpSession, { body: { token } }, { requestId });
    } catch (error) {
      if (error instanceof CallProblem && error.document.status === 404) return null;
      throw error;
    }
  }

  return {
    /** The session's person and role, or null for a token that is not in force. */
    async read(token: string, requestId: string): Promise<SessionPrincipal | null> {
      if (token.length > 128) return null;
      const mark = createHash('sha256').update(token).digest('base64');
      const now = performance.now();
      const known = kept.get(mark);
      if (known && known.until > now) return known.principal;
      const principal = ask(token, requestId);
      if (kept.size >= keptLimit) kept.clear();
      kept.set(mark, { principal, until: now + keepMs });
      principal.catch(() => kept.delete(mark));
      return principal;
    },
    /** Forgets an answer, after a request that may have changed the session. */
    forget(token: string): void {
      kept.delete(createHash('sha256').update(token).digest('base64'));
    },
  };
}

export type SessionReader = ReturnType<typeof createSessionReader>;
