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

/** Verifies tokens for one audience; any master key's id is accepted. */
export function createPrincipalVerifier(masterKeys: readonly NamedKey[], audience: string) {
  const keys = new Map(deriveKeys(masterKeys, `principal:${audience}`).map((k) => [k.kid, k]));
  return (token: string, nowMs: number): Principal => {
    const [version, kid = '', claimsText = '', signature = ''] = token.split('.');
    const key = keys.get(kid);
    if (version !== 'v1' || !key) throw new PrincipalTokenError('unknown form or key');
    const expected = createHmac('sha256', key.secret).update(`v1.${kid}.${claimsText}`).digest();
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new PrincipalTokenError('wrong signature');
    }
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(claimsText, 'base64url').toString()));
    const now = nowMs / 1000;
    if (claims.aud !== audience) throw new PrincipalTokenError('for another service');
    if (claims.exp < now || claims.iat > now + 5) throw new PrincipalTokenError('not valid now');
    return claims.principal;
  };
}
