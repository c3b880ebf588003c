import { permissions, type Role, roles } from '@ddp/contracts/permission';
import type { Principal } from '@ddp/contracts/principal';
import { describe, expect, it } from 'vitest';
import { decidePermission, isStaffRole } from './permission-table.ts';

const anonymous: Principal = { kind: 'anonymous', deviceId: 'd', requestId: 'r' };
const service: Principal = { kind: 'service', service: 'points', onBehalfOf: null, requestId: 'r' };

function personAs(role: Role): Principal {
  return {
    kind: 'person',
    personId: '0195512a-0000-7000-8000-000000000001',
    sessionId: '0195512a-0000-7000-8000-000000000002',
    role,
    areaPaths: ['/1506/'],
    programmeId: null,
    merchantId: null,
    requestId: 'r',
  };
}

/** What each role may do, read off the duties of its post and not off the table under test. */
const duties: Record<Role, string> = {
  resident: 'resident volunteering.lead',
  'volunteer-leader': 'resident places.show volunteering.lead',
  'merchant-owner': 'vouchers.verify merchants.own merchants.pause statements.read',
  'merchant-clerk': 'vouchers.verify',
  'grid-worker':
    'staff people.register directory.read codes.read codes.print places.open places.show follow-ups.read points.award points.read rules.read rewards.read rewards.assist statements.read ratings.read ratings.assist volunteering.lead volunteering.read volunteering.assist',
  'community-officer':
    'staff people.register directory.read directory.manage codes.read codes.issue codes.print places.open places.show follow-ups.read follow-ups.handle points.award points.decide points.read rules.read rewards.manage rewards.read rewards.assist merchants.pause statements.read board.manage walls.manage ratings.read ratings.assist ratings.review volunteering.lead volunteering.manage volunteering.read volunteering.assist',
  'banner-officer':
    'staff people.register directory.read directory.manage codes.read codes.issue codes.print places.open places.show follow-ups.read follow-ups.handle points.award points.decide points.read rules.manage rules.read rewards.manage rewards.read rewards.assist merchants.pause statements.read board.manage walls.manage ratings.read ratings.assist ratings.review ratings.manage volunteering.lead volunteering.manage volunteering.read volunteering.assist',
  'city-officer':
    'staff people.register directory.read directory.manage codes.read codes.issue codes.print places.open places.show follow-ups.read follow-ups.handle points.award points.decide points.read rules.manage rules.read rewards.manage rewards.read rewards.assist merchants.pause statements.read board.manage walls.manage ratings.read ratings.assist ratings.review ratings.manage volunteering.lead volunteering.manage volunteering.read volunteering.assist',
  auditor:
    'staff directory.read codes.read places.show follow-ups.read points.read rules.read rewards.read statements.read ratings.read volunteering.read',
  administrator:
    'staff staff.manage areas.manage directory.read directory.manage codes.read places.show points.read rules.read rewards.read statements.read operations ratings.read ratings.words volunteering.read',
};

const named = permissions.filter((one) => !['public', 'signed-in', 'service'].includes(one));

describe('the permission table', () => {
  it.each(roles)('lets a %s do what the post asks and nothing else', (role) => {
    const may = named.filter((one) => decidePermission(one, personAs(role)) === 'allowed');
    expect(may.sort()).toEqual(duties[role].split(' ').sort());
  });

  it('asks a stranger to sign in for everything but what is public or for services', () => {
    const asked = permissions.filter((one) => decidePermission(one, anonymous) === 'not-signed-in');
    expect(asked).toEqual(permissions.filter((one) => one !== 'public' && one !== 'service'));
    expect(decidePermission('public', anonymous)).toBe('allowed');
    expect(decidePermission('service', anonymous)).toBe('forbidden');
  });

  it('lets a service do what is for services, and nothing that is for persons', () => {
    const may = permissions.filter((one) => decidePermission(one, service) === 'allowed');
    expect(may).toEqual(['public', 'service']);
  });

  it('lets no person, however high, pass for a service', () => {
    for (const role of roles) {
      expect(decidePermission('service', personAs(role))).toBe('forbidden');
      expect(decidePermission('signed-in', personAs(role))).toBe('allowed');
      expect(decidePermission('public', personAs(role))).toBe('allowed');
    }
  });

  it('lets nobody who only reads change anything', () => {
    const changes = named.filter((one) => /\.(manage|issue|open|award|register|verify)$/.test(one));
    expect(changes.length).toBeGreaterThan(5);
    for (const one of changes) expect(decidePermission(one, personAs('auditor'))).toBe('forbidden');
  });

  it('counts as staff exactly the roles that hold the permission of that name', () => {
    for (const role of roles) {
      expect(isStaffRole(role)).toBe(decidePermission('staff', personAs(role)) === 'allowed');
    }
  });
});
