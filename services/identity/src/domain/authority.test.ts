import type { Role } from '@ddp/contracts/permission';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideActing, decideProgramme, type Holdings, listRoles } from './authority.ts';

const today = '2026-05-20';
const none: Holdings = { homePath: '/1506/150603/', posts: [], grants: [] };
const post = (role: Role, areaPath: string, fromOn = '2026-01-01', toOn: string | null = null) => ({
  role,
  areaPath,
  fromOn,
  toOn,
});
const session = (role: Role, method: 'code' | 'password' = 'password') => ({
  role,
  method,
  mustChangePassword: false,
  device: null,
});

describe('authority', () => {
  it('holds from the first day of a post to its last', () => {
    for (const [from, to, isHeld] of [
      ['2026-05-20', null, true],
      ['2026-05-21', null, false],
      ['2026-01-01', '2026-05-20', true],
      ['2026-01-01', '2026-05-19', false],
    ] as const) {
      const posts = [post('grid-worker', '/1506/', from, to)];
      const roles = listRoles({ ...none, posts }, session('resident'), today);
      expect(roles.includes('grid-worker')).toBe(isHeld);
    }
  });

  it('covers the subtrees of the posts of the acting role only, none inside another', () => {
    const posts = [
      post('community-officer', '/1506/150603/150603003/'),
      post('community-officer', '/1506/150603/'),
      post('community-officer', '/1506/150602/'),
      post('grid-worker', '/1506/150621/'),
    ];
    const acting = decideActing(session('community-officer'), { ...none, posts }, today);
    expect(acting.areaPaths).toEqual(['/1506/150602/', '/1506/150603/']);
  });

  it('never exceeds what is held, whatever a session says', () => {
    const role = fc.constantFrom<Role>('administrator', 'city-officer', 'merchant-owner');
    fc.assert(
      fc.property(role, fc.boolean(), (wanted, mustChangePassword) => {
        const acting = decideActing({ ...session(wanted), mustChangePassword }, none, today);
        expect(acting).toMatchObject({ role: 'resident', merchantId: null });
      }),
    );
  });

  it('of staff needs a password that is one’s own', () => {
    const holdings = {
      ...none,
      grants: [{ role: 'administrator' as const, merchantId: null, device: null }],
    };
    expect(decideActing(session('administrator', 'code'), holdings, today).role).toBe('resident');
    const fresh = { ...session('administrator'), mustChangePassword: true };
    expect(decideActing(fresh, holdings, today)).toMatchObject({ role: 'resident', areaPaths: [] });
    expect(decideActing(session('administrator'), holdings, today).areaPaths).toEqual(['/']);
  });
});

it('lets a clerk act on the phone that is bound and on no other', () => {
  const clerk = { role: 'merchant-clerk' as const, merchantId: 'shop', device: 'phone' };
  const holdings = { ...none, grants: [clerk] };
  const on = (device: string | null) =>
    decideActing({ ...session('merchant-clerk', 'code'), device }, holdings, today);
  expect(on('phone')).toMatchObject({ role: 'merchant-clerk', merchantId: 'shop' });
  for (const device of ['other', null]) {
    expect(on(device)).toMatchObject({ role: 'resident', merchantId: null });
  }
  const unbound = { ...none, grants: [{ ...clerk, device: null }] };
  expect(decideActing({ ...session('merchant-clerk'), device: null }, unbound, today).role).toBe(
    'resident',
  );
});

it('finds the programme over a home, and over the first area of staff', () => {
  const programmes = [
    { id: 'city', areaPath: '/1506/' },
    { id: 'banner', areaPath: '/1506/150603/' },
  ];
  const resident = decideActing(session('resident'), none, today);
  expect(decideProgramme(resident, none.homePath, programmes)).toBe('banner');
  expect(decideProgramme(resident, null, programmes)).toBeNull();
  const posts = [post('city-officer', '/1506/')];
  const officer = decideActing(session('city-officer'), { ...none, posts }, today);
  expect(decideProgramme(officer, none.homePath, programmes)).toBe('city');
});
