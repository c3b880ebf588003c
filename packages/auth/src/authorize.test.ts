import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { Problem } from '@ddp/contracts/problem';
import { describe, expect, it } from 'vitest';
import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
  requireService,
} from './authorize.ts';

const officer: PersonPrincipal = {
  kind: 'person',
  personId: '0195512a-0000-7000-8000-000000000001',
  sessionId: '0195512a-0000-7000-8000-000000000002',
  role: 'community-officer',
  areaPaths: ['/1506/150603/', '/1507/'],
  programmeId: null,
  merchantId: null,
  requestId: 'request-1',
};
const anonymous: Principal = { kind: 'anonymous', deviceId: null, requestId: 'request-2' };
const service: Principal = {
  kind: 'service',
  service: 'ratings',
  onBehalfOf: officer.personId,
  requestId: 'request-3',
};

/** The status of the problem an act throws; 200 when it throws none. */
function statusOf(act: () => unknown): number {
  try {
    act();
    return 200;
  } catch (error) {
    if (error instanceof Problem) return error.definition.status;
    throw error;
  }
}

describe('requireArea', () => {
  it('lets a person into the subtrees of the post', () => {
    for (const path of ['/1506/150603/', '/1506/150603/150603001/', '/1507/15070101/']) {
      expect(statusOf(() => requireArea(officer, path))).toBe(200);
    }
  });

  it('answers 404 to what is out of reach, as if it were not there', () => {
    for (const path of ['/', '/1506/', '/1506/150604/', '/1506/1506031/', '/15070/', '']) {
      expect(statusOf(() => requireArea(officer, path))).toBe(404);
    }
    expect(statusOf(() => requireArea({ ...officer, areaPaths: [] }, '/1506/150603/'))).toBe(404);
  });

  it('lets the administrator in everywhere, and services too; a stranger signs in first', () => {
    expect(statusOf(() => requireArea({ ...officer, areaPaths: ['/'] }, '/1506/'))).toBe(200);
    expect(statusOf(() => requireArea(service, '/1506/'))).toBe(200);
    expect(statusOf(() => requireArea(anonymous, '/1506/'))).toBe(401);
  });
});

describe('who must be who', () => {
  it('a permission that is lacking is 403, of a stranger 401', () => {
    expect(statusOf(() => requirePermission('codes.issue', officer))).toBe(200);
    expect(statusOf(() => requirePermission('operations', officer))).toBe(403);
    expect(statusOf(() => requirePermission('codes.issue', anonymous))).toBe(401);
    expect(statusOf(() => requirePermission('codes.issue', service))).toBe(403);
  });

  it('a person is a person and a service a service', () => {
    expect(requirePerson(officer)).toBe(officer);
    expect(requireService(service)).toBe(service);
    expect(statusOf(() => requirePerson(anonymous))).toBe(401);
    expect(statusOf(() => requirePerson(service))).toBe(403);
    expect(statusOf(() => requireService(officer))).toBe(403);
    expect(statusOf(() => requireService(anonymous))).toBe(403);
  });

  it('a programme is wanted where there is none: 409', () => {
    expect(statusOf(() => requireProgramme(officer))).toBe(409);
    expect(requireProgramme({ ...officer, programmeId: 'p' })).toBe('p');
  });
});

describe('whose keys and rows', () => {
  it('persons, services and devices never share an actor', () => {
    const actors = [officer, service, anonymous, { ...anonymous, deviceId: 'ratings' }].map(
      actorOf,
    );
    expect(actors).toEqual([
      `person:${officer.personId}`,
      'service:ratings',
      'device:none',
      'device:ratings',
    ]);
  });

  it('an audit row names the person and the role, or the kind of what acted', () => {
    expect(auditActor(officer)).toEqual({
      personId: officer.personId,
      role: 'community-officer',
      requestId: 'request-1',
    });
    expect(auditActor(service)).toEqual({
      personId: null,
      role: 'service',
      requestId: 'request-3',
    });
  });
});
