import { createHmac } from 'node:crypto';
import type { Principal } from '@ddp/contracts/principal';
import { describe, expect, it } from 'vitest';
import { deriveKey, type NamedKey } from './keys.ts';
import {
  createPrincipalSigner,
  createPrincipalVerifier,
  PrincipalTokenError,
  tokenLifetimeSeconds,
} from './principal-token.ts';

const older: NamedKey = { kid: 'old', secret: Buffer.alloc(32, 1) };
const newer: NamedKey = { kid: 'new', secret: Buffer.alloc(32, 2) };
const nowMs = Date.UTC(2026, 2, 1, 12);
const principal: Principal = {
  kind: 'person',
  personId: '0195512a-0000-7000-8000-000000000001',
  sessionId: '0195512a-0000-7000-8000-000000000002',
  role: 'resident',
  areaPaths: ['/1506/150603/'],
  programmeId: null,
  merchantId: null,
  requestId: 'request-1',
};

const sign = createPrincipalSigner([older], 'points');
const verify = createPrincipalVerifier([older], 'points');
const token = sign(principal, nowMs);

/** Signs any text as claims by the right key, as a service of another release might. */
function seal(claimsText: string, version = 'v1', key = older): string {
  const body = `${version}.${key.kid}.${Buffer.from(claimsText).toString('base64url')}`;
  const hmac = createHmac('sha256', deriveKey(key, 'principal:points')).update(body);
  return `${body}.${hmac.digest('base64url')}`;
}

function claimsOf(text: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(text.split('.')[2] ?? '', 'base64url').toString());
}

describe('a token', () => {
  it('gives back the principal it was signed for', () => {
    expect(verify(token, nowMs)).toEqual(principal);
    for (const other of [
      { kind: 'anonymous', deviceId: null, requestId: 'r' },
      { kind: 'service', service: 'ratings', onBehalfOf: null, requestId: 'r' },
    ] satisfies Principal[]) {
      expect(verify(sign(other, nowMs), nowMs)).toEqual(other);
    }
  });

  it('is good for its lifetime and not a second longer', () => {
    expect(tokenLifetimeSeconds).toBeLessThanOrEqual(60);
    expect(verify(token, nowMs + tokenLifetimeSeconds * 1000)).toEqual(principal);
    expect(() => verify(token, nowMs + (tokenLifetimeSeconds + 1) * 1000)).toThrow(
      PrincipalTokenError,
    );
  });

  it('verified before is as mortal as any, and known in its whole length alone', () => {
    const again = createPrincipalVerifier([older], 'points');
    for (let time = 0; time < 2; time += 1) expect(again(token, nowMs)).toEqual(principal);
    expect(() => again(token, nowMs + (tokenLifetimeSeconds + 1) * 1000)).toThrow('not valid now');
    expect(() => again(token.slice(0, -1), nowMs)).toThrow(PrincipalTokenError);
    for (let seconds = 0; seconds < 1_100; seconds += 1) {
      const atMs = nowMs + seconds * 1000;
      expect(again(sign(principal, atMs), atMs)).toEqual(principal);
    }
  });

  it('of the future is refused, save for five seconds between two clocks', () => {
    expect(verify(token, nowMs - 5_000)).toEqual(principal);
    expect(() => verify(token, nowMs - 6_000)).toThrow('not valid now');
  });

  it('for another service is refused, also when it was sealed by the key of this one', () => {
    const forCodes = createPrincipalSigner([older], 'codes')(principal, nowMs);
    expect(() => verify(forCodes, nowMs)).toThrow('wrong signature');
    const claims = { ...claimsOf(token), aud: 'codes' };
    expect(() => verify(seal(JSON.stringify(claims)), nowMs)).toThrow('for another service');
  });

  it('signed by a foreign key is refused, whatever id it claims', () => {
    const foreign: NamedKey = { kid: 'old', secret: Buffer.alloc(32, 9) };
    const forged = createPrincipalSigner([foreign], 'points')(principal, nowMs);
    expect(() => verify(forged, nowMs)).toThrow('wrong signature');
    const unknown = createPrincipalSigner([newer], 'points')(principal, nowMs);
    expect(() => verify(unknown, nowMs)).toThrow('unknown form or key');
  });

  it('with any claim changed is refused', () => {
    const [version, kid, , signature] = token.split('.');
    const claims = claimsOf(token);
    for (const change of [
      { principal: { ...principal, role: 'administrator' } },
      { principal: { ...principal, areaPaths: ['/'] } },
      { exp: Number(claims.exp) + 3_600 },
      { aud: 'codes' },
    ]) {
      const text = Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url');
      expect(() => verify([version, kid, text, signature].join('.'), nowMs)).toThrow(
        'wrong signature',
      );
    }
  });

  it('has no algorithm to choose: other forms, no signature and a JWT are refused', () => {
    const [version, kid, claims, signature] = token.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const text of [
      '',
      'v1',
      '...',
      `${version}.${kid}.${claims}`,
      `${version}.${kid}.${claims}.`,
      `${version}.${kid}.${claims}.${signature?.slice(0, -2)}`,
      `v2.${kid}.${claims}.${signature}`,
      `none.${kid}.${claims}.`,
      `${none}.${claims}.`,
      `${none}.${claims}.${signature}`,
      seal(JSON.stringify(claimsOf(token)), 'v2'),
    ]) {
      expect(() => verify(text, nowMs)).toThrow(PrincipalTokenError);
    }
  });

  it('well signed but of another shape is refused', () => {
    const claims = claimsOf(token);
    for (const text of [
      'not json',
      'null',
      JSON.stringify({ ...claims, more: 1 }),
      JSON.stringify({ ...claims, principal: { ...principal, role: 'emperor' } }),
      JSON.stringify({ ...claims, principal: { ...principal, isRoot: true } }),
      JSON.stringify({ ...claims, exp: undefined }),
    ]) {
      expect(() => verify(seal(text), nowMs)).toThrow();
    }
  });
});

describe('rotation', () => {
  const both = createPrincipalVerifier([newer, older], 'points');

  it('signs by the first key and verifies by all', () => {
    const signed = createPrincipalSigner([newer, older], 'points')(principal, nowMs);
    expect(signed.split('.')[1]).toBe('new');
    expect(both(signed, nowMs)).toEqual(principal);
    expect(both(token, nowMs)).toEqual(principal);
  });

  it('ends with the removal of the old key', () => {
    expect(() => createPrincipalVerifier([newer], 'points')(token, nowMs)).toThrow(
      PrincipalTokenError,
    );
  });

  it('signs nothing without a key', () => {
    expect(() => createPrincipalSigner([], 'points')).toThrow('no master key');
  });
});
