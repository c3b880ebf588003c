import { actorOf, requirePermission } from '@ddp/auth/authorize';
import type { checkPlaceCode as route } from '@ddp/contracts/codes/place-code-routes';
import { codesProblems } from '@ddp/contracts/codes/problems';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { everywhere } from '@ddp/db-kit/scope';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { findStep, isOpenAt, splitPlaceCode } from '../domain/place-step.ts';
import { findPlace, insertPlaceUse } from '../store/place-codes.ts';
import { windowOf } from './read-place-code.ts';

/**
 * Verifies the code of a place for a person, as another service asks. A wrong, an expired and a
 * foreign code are refused alike; the same person uses the code of a step once.
 */
export async function checkPlaceCode(
  { store, placeKeys }: CodesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const command = { actor: actorOf(principal), key, name: 'check-place-code', input: body };
  return runCommand(store, command, async (tx) => {
    const parts = splitPlaceCode(body.code);
    const place = parts && (await findPlace(tx, { number: parts.number }, everywhere));
    if (!parts || !place || place.isClosed) throw new Problem(codesProblems.placeCodeRefused);
    const now = await readNow(tx, store.clock);
    const window = windowOf(place);
    const secret = placeKeys.secretOf(place.id, place.seal);
    const step = findStep(secret, parts.nonce, window, now.getTime());
    if (step === null) throw new Problem(codesProblems.placeCodeRefused);
    if (!isOpenAt(window, now.getTime())) throw new Problem(codesProblems.placeNotOpen);
    const use = { placeId: place.id, step, personId: body.personId };
    if (!(await insertPlaceUse(tx, store.clock, use))) {
      throw new Problem(codesProblems.placeCodeUsed);
    }
    const { id: placeCodeId, name, areaPath } = place;
    return { placeCodeId, name, areaPath, checkedAt: now.toISOString() };
  });
}
