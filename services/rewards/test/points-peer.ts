import { parseMasterKeys } from '@ddp/auth/keys';
import { createPrincipalVerifier, principalHeader } from '@ddp/auth/principal-token';
import type { Fetch } from '@ddp/contracts/call';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { newHoldSchema } from '@ddp/contracts/points/schemas';
import type { ProblemDefinition } from '@ddp/contracts/problem';
import { testMasterKey } from '@ddp/testing/keys';
import type * as z from 'zod';

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
    place(body: NewHold): Response {
      const known = holds.get(body.id);
      if (known) {
        const { state: _state, ...fields } = known;
        const isSame = JSON.stringify(fields) === JSON.stringify(body);
        return isSame ? json(201, shown(known)) : refuse(pointsProblems.idReused);
      }
      const person = people.get(body.personId);
      if (!person) return refuse(pointsProblems.notParticipating);
      if (person.standing < body.minimumStanding) return refuse(pointsProblems.levelTooLow);
      if (person.points < body.amountPoints) return refuse(pointsProblems.insufficientPoints);
      person.points -= body.amountPoints;
      const hold: Hold = { ...body, state: 'held' };
      holds.set(body.id, hold);
      return json(201, shown(hold));
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
    if (answers.has(key)) return json(request.url.endsWith('/holds') ? 201 : 200, answers.get(key));
    const answer = work();
    if (answer.status < 400) answers.set(key, await answer.clone().json());
    return answer;
  }

  const fetch: Fetch = async (request) => {
    const principal = verify(request.headers.get(principalHeader) ?? '', Date.now());
    if (principal.kind !== 'service' || principal.service !== 'rewards') return json(403, {});
    const isRead = request.method === 'GET';
    if (!isRead && !/^[0-9a-f-]{36}$/.test(request.headers.get('idempotency-key') ?? ''))
      return json(400, {});
    if (trouble.isDown) {
      refusals += 1;
      return json(503, { type: 'urn:ddp:problem:busy', title: '', status: 503 });
    }
    if (trouble.isBroken) {
      return json(500, { type: 'urn:ddp:problem:internal-error', title: '', status: 500 });
    }
    const [, , , id = '', part] = new URL(request.url).pathname.split('/');
    if (isRead) return read(id);
    const body = part ? null : newHoldSchema.parse(await request.json());
    const call = part === 'postings' ? 'post' : part === 'voiding' ? 'void' : 'place';
    calls.push({ call, id: body?.id ?? id });
    await trouble.onCall?.(call, body?.id ?? id);
    const answer = await once(request, () =>
      body ? place(body) : settle(id, call === 'post' ? 'posted' : 'voided'),
    );
    if (trouble.losesAnswers) throw new TypeError('the connection was cut');
    return answer;
  };
  /** How often it was asked while it was away. */
  return { fetch, people, holds, trouble, calls, refusals: () => refusals };
}
