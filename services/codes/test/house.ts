import * as routes from '@ddp/contracts/codes/routes';
import type { Code } from '@ddp/contracts/codes/schemas';
import { subjectChanged } from '@ddp/contracts/directory/events';
import type { Subject } from '@ddp/contracts/directory/schemas';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import type { Environment } from '@ddp/service-kit/config';
import { createAuditor } from '@ddp/testing/auditing';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import type { CodesDatabase } from '../src/database.ts';
import { codesModule } from '../src/module.ts';
import { codesInvariants } from '../src/store/audit.ts';

export const officer = personAs('community-officer', { areaPaths: ['/1506/150603/'] });
export const stranger = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
export const cityOfficer = personAs('city-officer', { areaPaths: ['/1506/'] });

export const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

const areas: Record<string, string> = {
  '1506': '/1506/',
  '150602': '/1506/150602/',
  '150603': '/1506/150603/',
};

export const toSubject = (fields: Partial<Subject> = {}): Subject => ({
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
});

/** The schema of codes under a harness, for looking and for planting faults. */
async function openSchema(house: Harness) {
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'codes',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  const db = openDatabase<CodesDatabase>({ url });
  const sql = async (text: string, ...values: unknown[]) => {
    const { rows } = await db.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(text, values),
    );
    return rows;
  };
  return {
    db,
    sql,
    close: () => db.destroy(),
    ...createAuditor(db, codesInvariants),
  };
}

/** A directory that knows a few areas and the subjects that a test adds. */
function directoryOf(subjects: ReadonlyMap<string, Subject>) {
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const id = pathname.split('/').at(-1) ?? '';
    if (!pathname.includes('/areas/')) return Response.json(subjects.get(id));
    const areaPath = areas[id];
    if (areaPath === undefined) {
      const problem = { type: 'urn:ddp:problem:not-found', title: '没有找到', status: 404 };
      const headers = { 'content-type': 'application/problem+json' };
      return new Response(JSON.stringify(problem), { status: 404, headers });
    }
    return Response.json({ code: id, name: '某区', level: 'banner', parentCode: null, areaPath });
  };
}

/** The service with a directory that tells of the subjects which a test adds. */
export async function openCodesHouse(environment: Environment = {}) {
  const subjects = new Map<string, Subject>();
  const house = await createHarness({
    modules: [codesModule],
    environment,
    peers: { directory: directoryOf(subjects) },
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
    const subject = toSubject(fields);
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

  const schema = await openSchema(house);
  return {
    ...house,
    db: schema.db,
    sql: schema.sql,
    audit: schema.audit,
    auditWith: schema.auditWith,
    async stop() {
      await schema.close();
      await house.stop();
    },
    tell,
    addSubject,
    issue: (subjectId: string, place = ''): Promise<Code> =>
      house.call(routes.issueCode, { body: { subjectId, place } }, officer),
    scan: (token: string) => house.call(routes.readScan, { params: { token } }, anonymous),
  };
}

export type CodesHouse = Awaited<ReturnType<typeof openCodesHouse>>;
