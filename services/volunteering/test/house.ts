import type { Subject } from '@ddp/contracts/directory/schemas';
import { commonProblems } from '@ddp/contracts/problem';
import { saveMyProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import type { ServiceModule } from '@ddp/service-kit/module';
import { createAuditor } from '@ddp/testing/auditing';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import type { VolunteeringDatabase } from '../src/database.ts';
import { volunteeringModule } from '../src/module.ts';
import { volunteeringInvariants } from '../src/store/audit.ts';

export const programmeId = newId();
export const city = '/1506/';
export const banner = '/1506/150603/';
export const community = '/1506/150603/150603001/';

const areas = new Map([
  ['1506', city],
  ['150603', banner],
  ['150602', '/1506/150602/'],
  ['150603001', community],
]);

const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
const { slug, title, retryable } = commonProblems.notFound;
const notFound = () =>
  answer(404, { type: `urn:ddp:problem:${slug}`, title: title.zh, status: 404, retryable });

/** Volunteering at work beside its peers, with people of a banner. */
export async function openHouse(options: { modules?: ServiceModule[]; startAt?: Date } = {}) {
  /** Who lives where; in the banner unless it is said. */
  const homes = new Map<string, string>();
  /** Subjects of the directory by their id. */
  const subjects = new Map<string, Partial<Subject>>();
  /** What ratings was asked to let be rated, by key. */
  const rights = new Map<string, unknown>();
  const house = await createHarness({
    modules: [...(options.modules ?? []), volunteeringModule],
    peers: {
      directory: async (request) => {
        const [, , kind, id = ''] = new URL(request.url).pathname.split('/');
        if (kind === 'programmes') {
          return answer(200, { id, name: '方案', areaCode: '1506', areaPath: city });
        }
        if (kind === 'subjects') return answer(200, subjects.get(id) ?? {});
        const areaPath = areas.get(id);
        if (!areaPath) return notFound();
        const area = { code: id, name: '康巴什区', level: 'banner', parentCode: null, areaPath };
        return answer(200, { ...area, state: 'open', mergedInto: null });
      },
      ratings: async (request) => {
        const key = request.headers.get('idempotency-key') ?? '';
        rights.set(key, await request.json());
        return answer(201, { id: key, token: key.slice(0, 26) });
      },
      identity: async (request) => {
        const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
        const areaPath = homes.get(id) ?? banner;
        return answer(200, { id, maskedName: '乌*', maskedPhone: null, areaPath });
      },
    },
    startAt: options.startAt ?? new Date('2026-11-10T02:00:05.000Z'),
  });
  const { databaseUrl } = readTestEngines();
  const url = new URL(databaseUrl);
  url.pathname = `/${house.prefix}_volunteering`;
  const db = openDatabase<VolunteeringDatabase>({ url: url.href, poolSize: 2 });
  const staffOf = (areaPath: string) =>
    personAs('community-officer', { areaPaths: [areaPath], programmeId });
  const newResident = () => personAs('resident', { areaPaths: [banner], programmeId });

  return {
    ...house,
    ...createAuditor(db, volunteeringInvariants),
    db,
    homes,
    subjects,
    rights,
    officer: staffOf(banner),
    otherOfficer: staffOf(banner),
    stranger: staffOf('/1506/150602/'),
    newResident,
    /** A resident who has registered. */
    async newVolunteer(birthMonth = '1990-05', skillIds: string[] = []) {
      const person = newResident();
      await house.call(saveMyProfile, { body: { birthMonth, skillIds } }, person);
      return person;
    },
    async stop() {
      await db.destroy();
      await house.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
