import * as routes from '@ddp/contracts/codes/routes';
import type { Code } from '@ddp/contracts/codes/schemas';
import { subjectChanged } from '@ddp/contracts/directory/events';
import type { Subject } from '@ddp/contracts/directory/schemas';
import { newId } from '@ddp/db-kit/ids';
import type { Environment } from '@ddp/service-kit/config';
import { createHarness, eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { codesModule } from '../src/module.ts';

export const officer = personAs('community-officer', { areaPaths: ['/1506/150603/'] });
export const stranger = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
export const cityOfficer = personAs('city-officer', { areaPaths: ['/1506/'] });

export const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

const areas: Record<string, string> = {
  '1506': '/1506/',
  '150602': '/1506/150602/',
  '150603': '/1506/150603/',
};

/** The service with a directory that tells of the subjects which a test adds. */
export async function openCodesHouse(environment: Environment = {}) {
  const subjects = new Map<string, Subject>();
  const house = await createHarness({
    modules: [codesModule],
    environment,
    peers: {
      directory: async (request) => {
        const { pathname } = new URL(request.url);
        const id = pathname.split('/').at(-1) ?? '';
        if (!pathname.includes('/areas/')) return Response.json(subjects.get(id));
        const areaPath = areas[id];
        if (areaPath === undefined) {
          const problem = { type: 'urn:ddp:problem:not-found', title: '没有找到', status: 404 };
          const headers = { 'content-type': 'application/problem+json' };
          return new Response(JSON.stringify(problem), { status: 404, headers });
        }
        const area = { code: id, name: '某区', level: 'banner', parentCode: null };
        return Response.json({ ...area, areaPath });
      },
    },
  });

  async function tell(subject: Subject): Promise<void> {
    subjects.set(subject.id, subject);
    await house.deliver('codes', {
      eventId: newId(),
      eventName: subjectChanged.name,
      producer: 'directory',
      payload: { subjectId: subject.id },
      requestId: 'test-request',
    });
  }

  /** Registers a subject as directory would tell it, and waits until codes knows it. */
  async function addSubject(fields: Partial<Subject> = {}): Promise<Subject> {
    const subject: Subject = {
      id: newId(),
      kind: 'worker',
      name: '乌兰',
      title: '社工',
      unitId: null,
      unitName: null,
      areaName: '康巴什区',
      areaPath: '/1506/150603/',
      personId: newId(),
      programmeId: newId(),
      isActive: true,
      version: 1,
      ...fields,
    };
    await tell(subject);
    await eventually(() => isKnown(subject));
    return subject;
  }

  /** A retired code tells that the card has come, and takes no place of the subject's. */
  async function isKnown(subject: Subject): Promise<boolean> {
    const body = { subjectId: subject.id, place: `probe-${newId().slice(-6)}` };
    try {
      const { id } = await house.call(routes.issueCode, { body }, cityOfficer);
      const closing = { params: { id }, body: { state: 'retired' as const } };
      await house.call(routes.closeCode, closing, cityOfficer);
      return true;
    } catch {
      return false;
    }
  }

  return {
    ...house,
    tell,
    addSubject,
    issue: (subjectId: string, place = ''): Promise<Code> =>
      house.call(routes.issueCode, { body: { subjectId, place } }, officer),
    scan: (token: string) => house.call(routes.readScan, { params: { token } }, anonymous),
  };
}

export type CodesHouse = Awaited<ReturnType<typeof openCodesHouse>>;
