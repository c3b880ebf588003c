import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Principal, principalSchema } from '@ddp/contracts/principal';
import * as z from 'zod';
import { deriveKeys, type NamedKey } from './keys.ts';

/** The header that carries a principal from the gateway or a service to a service. */
export const principalHeader = 'x-ddp-principal';

export const tokenLifetimeSeconds = 60;

const claimsSchema = z.strictObject({
  aud: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
  principal: principalSchema,
});

type Claims = z.output<typeof claimsSchema>;

/** The token is not one of ours, not for this service, or too old. */
export class PrincipalTokenError extends Error {
  override name = 'PrincipalTokenError';
}

/** Signs for one audience: `v1.<kid>.<claims>.<HMAC-SHA256>`. */
export function createPrincipalSigner(masterKeys: readonly NamedKey[], audience: string) {
  const [key] = deriveKeys(masterKeys, `principal:${audience}`);
  if (!key) throw new Error('no master key');
  return (principal: Principal, nowMs: number): string => {
    const iat = Math.floor(nowMs / 1000);
    const claims = { aud: audience, iat, exp: iat + tokenLifetimeSeconds, principal };
    const body = `v1.${key.kid}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    return `${body}.${createHmac('sha256', key.secret).update(body).digest('base64url')}`;
  };
}

/** Tokens that a verifier remembers; a caller may use one for its whole lifetime. */
const mostRemembered = 1_000;

/**
 * Verifies tokens for one audience; any master key's id is accepted. What was verified once is
 * remembered, save for its time, which is looked at whenever it is used.
 */
export function createPrincipalVerifier(masterKeys: readonly NamedKey[], audience: string) {
  const keys = new Map(deriveKeys(masterKeys, `principal:${audience}`).map((k) => [k.kid, k]));
  const remembered = new Map<string, Claims>();
  return (token: string, nowMs: number): Principal => {
    let claims = remembered.get(token);
    if (claims === undefined) {
      claims = readClaims(token, keys);
      if (claims.aud !== audience) throw new PrincipalTokenError('for another service');
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(token, claims);
    }
    const now = nowMs / 1000;
    if (claims.exp < now || claims.iat > now + 5) throw new PrincipalTokenError('not valid now');
    return claims.principal;
  };
}

function readClaims(token: string, keys: ReadonlyMap<string, NamedKey>): Claims {
  const [version, kid = '', claimsText = '', signature = ''] = token.split('.');
  const key = keys.get(kid);
  if (version !== 'v1' || !key) throw new PrincipalTokenError('unknown form or key');
  const expected = createHmac('sha256', key.secret).update(`v1.${kid}.${claimsText}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new PrincipalTokenError('wrong signature');
  }
  return claimsSchema.parse(JSON.parse(Buffer.from(claimsText, 'base64url').toString()));
}
