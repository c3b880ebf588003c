import { parseMasterKeys } from '@ddp/auth/keys';
import { createPrincipalVerifier, principalHeader } from '@ddp/auth/principal-token';
import type { Fetch } from '@ddp/contracts/call';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { type newHoldSchema, newHoldsSchema } from '@ddp/contracts/points/schemas';
import type { ProblemDefinition } from '@ddp/contracts/problem';
import { testMasterKey } from '@ddp/testing/keys';
import type * as z from 'zod';
import { createLedgerPeer } from './ledger-peer.ts';

type NewHold = z.output<typeof newHoldSchema>;
interface Hold extends NewHold {
  state: 'held' | 'posted' | 'voided' | 'expired';
}
export type PointsCall = 'place' | 'post' | 'void';

export const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
export const refuse = ({ slug, status, title, retryable }: ProblemDefinition) =>
  json(status, { type: `urn:ddp:problem:${slug}`, title: title.zh, status, retryable });

const shown = ({ id, state, amountPoints, expiresAt }: Hold) => ({
  ...{ id, state, amountPoints, expiresAt },
});

/** People's points and holds, by the rules of the contract. */
function createAccounts() {
  const people = new Map<string, { points: number; standing: number }>();
  const holds = new Map<string, Hold>();
  return {
    people,
    holds,
    place(body: NewHold) {
      const { id } = body;
      const refused = ({ slug }: ProblemDefinition) => ({ id, state: null, problem: slug });
      const known = holds.get(id);
      if (known) {
        const { state, ...fields } = known;
        const isSame = JSON.stringify(fields) === JSON.stringify(body);
        return isSame ? { id, state, problem: null } : refused(pointsProblems.idReused);
      }
      const person = people.get(body.personId);
      if (!person) return refused(pointsProblems.notParticipating);
      if (person.standing < body.minimumStanding) return refused(pointsProblems.levelTooLow);
      if (person.points < body.amountPoints) return refused(pointsProblems.insufficientPoints);
      person.points -= body.amountPoints;
      holds.set(id, { ...body, state: 'held' });
      return { id, state: 'held', problem: null };
    },
    read(id: string): Response {
      const hold = holds.get(id);
      if (!hold) return refuse(pointsProblems.holdNotFound);
      const at = '2026-11-10T02:00:06.000Z';
      const placed = { id, kind: 'placed', amountPoints: hold.amountPoints, at };
      return json(200, { ...shown(hold), entries: [{ ...placed, blockSeq: 1, position: 0 }] });
    },
    settle(id: string, to: 'posted' | 'voided'): Response {
      const hold = holds.get(id);
      if (!hold) return refuse(pointsProblems.holdNotFound);
      if (hold.state !== 'held') return refuse(pointsProblems.holdClosed);
      hold.state = to;
      const person = people.get(hold.personId);
      if (to === 'voided' && person) person.points += hold.amountPoints;
      return json(200, shown(hold));
    },
  };
}

/** Points that answer by the contract, and can be troubled. */
export function createPointsPeer() {
  const { people, holds, place, read, settle } = createAccounts();
  const ledger = createLedgerPeer();
  const answers = new Map<string, unknown>();
  const verify = createPrincipalVerifier(parseMasterKeys(testMasterKey), 'points');
  const trouble = {
    /** Away: the event waits for it. */
    isDown: false,
    /** At fault: after five tries the event is buried. */
    isBroken: false,
    /** Does the work, and loses the answer on the way. */
    losesAnswers: false,
    /** Runs before the work is done. */
    onCall: null as ((call: PointsCall, id: string) => Promise<void>) | null,
  };
  const calls: { call: PointsCall; id: string }[] = [];
  let refusals = 0;

  async function once(request: Request, work: () => Response): Promise<Response> {
    const key = `${request.url} ${request.headers.get('idempotency-key')}`;
    if (answers.has(key)) return json(200, answers.get(key));
    const answer = work();
    if (answer.status < 400) answers.set(key, await answer.clone().json());
    return answer;
  }

  async function tell(call: PointsCall, id: string): Promise<void> {
    calls.push({ call, id });
    await trouble.onCall?.(call, id);
  }

  async function placeAll(request: Request): Promise<Response> {
    const { holds: asked } = newHoldsSchema.parse(await request.json());
    const results = [];
    for (const hold of asked) {
      await tell('place', hold.id);
      results.push(place(hold));
    }
    if (trouble.losesAnswers) throw new TypeError('the connection was cut');
    return json(200, { results });
  }

  const fetch: Fetch = async (request) => {
    const principal = verify(request.headers.get(principalHeader) ?? '', Date.now());
    if (principal.kind !== 'service' || principal.service !== 'rewards') return json(403, {});
    const booked = await ledger.answer(request);
    if (booked) return json(booked.status, booked.body);
    if (trouble.isDown) {
      refusals += 1;
      return json(503, { type: 'urn:ddp:problem:busy', title: '', status: 503 });
    }
    if (trouble.isBroken) {
      return json(500, { type: 'urn:ddp:problem:internal-error', title: '', status: 500 });
    }
    const [, , collection, id = '', part] = new URL(request.url).pathname.split('/');
    if (request.method === 'GET') return read(id);
    if (collection === 'hold-batches') return placeAll(request);
    if (!/^[0-9a-f-]{36}$/.test(request.headers.get('idempotency-key') ?? '')) return json(400, {});
    const call = part === 'postings' ? 'post' : 'void';
    await tell(call, id);
    const answer = await once(request, () => settle(id, call === 'post' ? 'posted' : 'voided'));
    if (trouble.losesAnswers) throw new TypeError('the connection was cut');
    return answer;
  };
  /** How often it was asked while it was away. */
  return { fetch, people, holds, ledger, trouble, calls, refusals: () => refusals };
}
