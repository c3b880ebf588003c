import { createHash } from 'node:crypto';
import { CallProblem } from '@ddp/contracts/call';
import { lookUpSession } from '@ddp/contracts/identity/routes';
import type { RouteResult } from '@ddp/contracts/route';
import type { ServiceCaller } from '@ddp/service-kit/service-caller';

export type SessionPrincipal = RouteResult<typeof lookUpSession>;

interface Kept {
  session: SessionPrincipal;
  until: number;
}

const keptLimit = 20_000;

const markOf = (token: string) => createHash('sha256').update(token).digest('base64');

/**
 * Asks identity whose session a token is, and keeps the answer for a few seconds. Only sessions
 * are kept: tokens that are none cannot push them out.
 */
export function createSessionReader(caller: ServiceCaller, keepMs: number) {
  /** By the token's mark, the one heard of longest ago first. */
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<SessionPrincipal | null>>();

  async function ask(token: string, requestId: string): Promise<SessionPrincipal | null> {
    try {
      return await caller.call(lookUpSession, { body: { token } }, { requestId });
    } catch (error) {
      if (error instanceof CallProblem && error.document.status === 404) return null;
      throw error;
    }
  }

  function keep(mark: string, entry: Kept): void {
    kept.delete(mark);
    const [oldest] = kept.keys();
    if (kept.size >= keptLimit && oldest !== undefined) kept.delete(oldest);
    kept.set(mark, entry);
  }

  async function askAndKeep(token: string, mark: string, requestId: string) {
    const until = performance.now() + keepMs;
    const answer = ask(token, requestId);
    underWay.set(mark, answer);
    try {
      const session = await answer;
      // One that was forgotten meanwhile may be out of date already.
      const isWanted = underWay.get(mark) === answer;
      if (session && isWanted) keep(mark, { session, until });
      if (!session) kept.delete(mark);
      return session;
    } finally {
      if (underWay.get(mark) === answer) underWay.delete(mark);
    }
  }

  return {
    /** The id of the session if the token was good when last heard of, to count requests by. */
    findKnownId(token: string): string | null {
      return kept.get(markOf(token))?.session.sessionId ?? null;
    },
    /** The session's person and role, or null for a token that is not in force. */
    async read(token: string, requestId: string): Promise<SessionPrincipal | null> {
      const mark = markOf(token);
      const known = kept.get(mark);
      if (known && known.until > performance.now()) return known.session;
      return underWay.get(mark) ?? askAndKeep(token, mark, requestId);
    },
    /** Forgets an answer, after a request that may have changed the session. */
    forget(token: string): void {
      const mark = markOf(token);
      kept.delete(mark);
      underWay.delete(mark);
    },
  };
}

export type SessionReader = ReturnType<typeof createSessionReader>;
