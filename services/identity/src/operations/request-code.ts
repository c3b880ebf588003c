import { randomInt } from 'node:crypto';
import { requirePermission } from '@ddp/auth/authorize';
import { identityProblems } from '@ddp/contracts/identity/problems';
import type { requestCode as route } from '@ddp/contracts/identity/routes';
import { sendText } from '@ddp/contracts/notices/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { codeLifetimeSeconds, limitsOfCode } from '../domain/limits.ts';
import { insertCodeRequest, voidCode } from '../store/codes.ts';
import { clearCounter, takePlace } from '../store/counters.ts';

/**
 * Draws a code and sends it once it is stored. The answer is the same for a number that is known
 * and for one that is not.
 */
export async function requestCode(
  deps: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('public', principal);
  const { store, vault, caller } = deps;
  const requestId = newId();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const phoneLookup = vault.phoneLookup(body.phone);
  const limits = limitsOf(deps, body.phone, phoneLookup);
  const expiresAt = await transact(store.db, async (tx) => {
    for (const limit of limits) {
      const waitSeconds = await takePlace(tx, store.clock, limit);
      if (waitSeconds === null) continue;
      throw new Problem(identityProblems.tooManyCodes, { retryAfterSeconds: waitSeconds });
    }
    return insertCodeRequest(tx, store.clock, {
      id: requestId,
      phoneLookup,
      codeHash: vault.hashCode(requestId, code),
      lifetimeSeconds: codeLifetimeSeconds,
    });
  });
  const minutes = codeLifetimeSeconds / 60;
  const text = { phone: body.phone, template: 'sign-in-code' as const, params: { code, minutes } };
  try {
    await caller.call(sendText, { body: text }, { requestId: principal.requestId });
  } catch (error) {
    await transact(store.db, async (tx) => {
      await voidCode(tx, store.clock, requestId);
      // The wait between two codes is for codes that were sent; the day's count stays.
      await clearCounter(tx, { name: 'code-wait', subject: phoneLookup });
    });
    throw new Problem(identityProblems.textNotSent, { retryAfterSeconds: 5, cause: error });
  }
  return { requestId, expiresAt: expiresAt.toISOString() };
}

function limitsOf({ vault, settings }: IdentityDeps, phone: string, phoneLookup: string) {
  const prefix = vault.digest('phone-prefix', phone.slice(0, -4)).toString('hex');
  return limitsOfCode(
    { phone: phoneLookup, prefix },
    {
      waitSeconds: settings.IDENTITY_CODE_WAIT_SECONDS,
      perPhoneDay: settings.IDENTITY_CODES_PER_PHONE_DAY,
      perPrefixHour: settings.IDENTITY_CODES_PER_PREFIX_HOUR,
      perDay: settings.IDENTITY_CODES_PER_DAY,
    },
  );
}
