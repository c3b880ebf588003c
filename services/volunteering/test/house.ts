import { codesProblems } from '@ddp/contracts/codes/problems';
import type { Subject } from '@ddp/contracts/directory/schemas';
import { commonProblems, type ProblemDefinition } from '@ddp/contracts/problem';
import { saveMyProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { createAuditor } from '@ddp/testing/auditing';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, type Harness } from '@ddp/testing/module-harness';
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

const areaOf = (code: string, areaPath: string) => ({
  ...{ code, name: '康巴什区', level: 'banner', parentCode: null, areaPath },
  ...{ state: 'open', mergedInto: null },
});

/** The areas right below one. */
const partsOf = (parentCode: string) =>
  [...areas].filter(([code, path]) => path.endsWith(`/${parentCode}/${code}/`));

const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
const refusal = ({ slug, title, retryable, status }: ProblemDefinition) =>
  answer(status, { type: `urn:ddp:problem:${slug}`, title: title.zh, status, retryable });
const notFound = () => refusal(commonProblems.notFound);

/** The codes that places show now, and whose a card is, by the contract of codes. */
function createCodesPeer(now: () => Date) {
  const places = new Map<string, string>();
  const cards = new Map<string, string>();
  return {
    places,
    cards,
    codes: async (request: Request) => {
      const body = (await request.json()) as Record<string, string>;
      if (new URL(request.url).pathname.endsWith('/card-checks')) {
        const personId = cards.get(body.card ?? '');
        return personId ? answer(200, { cardId: newId(), personId, areaPath: banner }) : notFound();
      }
      const placeCodeId = places.get(body.code ?? '');
      if (!placeCodeId) return refusal(codesProblems.placeCodeRefused);
      const checked = { placeCodeId, name: '广场', areaPath: banner };
      return answer(201, { ...checked, checkedAt: now().toISOString() });
    },
  };
}

interface Transfer {
  id: string;
  debitAccountId: string;
  creditAccountId: string;
  amount: number;
  unit: string;
  reference: string;
}

/** The ledger's part of points by the contract: a transfer once by its id. */
function createLedgerPeer() {
  const transfers = new Map<string, Transfer>();
  const trouble = { losesAnswers: false };
  return {
    transfers,
    trouble,
    points: async (request: Request) => {
      const body = (await request.json()) as { transfers?: Transfer[]; accounts?: object[] };
      if (!body.transfers) return answer(201, { accounts: body.accounts?.length ?? 0 });
      const results = body.transfers.map((one) => {
        const status = transfers.has(one.id) ? 'exists' : 'created';
        if (status === 'created') transfers.set(one.id, one);
        return { id: one.id, status, problem: null };
      });
      if (trouble.losesAnswers) throw new TypeError('the connection was cut');
      return answer(200, { results });
    },
  };
}

/** Who can be rated, and what ratings was asked to let be rated. */
function createRatingsPeer() {
  /** Subjects of the directory by their id. */
  const subjects = new Map<string, Partial<Subject>>();
  const rights = new Map<string, unknown>();
  return {
    subjects,
    rights,
    ratings: async (request: Request) => {
      const key = request.headers.get('idempotency-key') ?? '';
      rights.set(key, await request.json());
      return answer(201, { id: key, token: key.slice(0, 26) });
    },
  };
}

/** Where people live and what they are called, by the contract of identity. */
function createIdentityPeer() {
  /** Who lives where; in the banner unless it is said. */
  const homes = new Map<string, string>();
  /** Whole names; who has none here has registered none. */
  const names = new Map<string, string>();
  /** How many answers about names are lost from now on. */
  const lost = { names: 0 };
  return {
    homes,
    names,
    lost,
    identity: async (request: Request) => {
      const [, , , id = '', part] = new URL(request.url).pathname.split('/');
      if (part === 'full-name') {
        lost.names -= 1;
        if (lost.names >= 0) throw new TypeError('the connection was cut');
        return answer(200, { name: names.get(id) ?? null });
      }
      const areaPath = homes.get(id) ?? banner;
      return answer(200, { id, maskedName: '乌*', maskedPhone: null, areaPath });
    },
  };
}

/** Volunteering at work beside its peers, with people of a banner. */
export async function openHouse(options: { startAt?: Date } = {}) {
  const { identity, ...registered } = createIdentityPeer();
  const { ratings, ...rated } = createRatingsPeer();
  const { codes, ...known } = createCodesPeer(() => house.clock.now());
  const { points, ...ledger } = createLedgerPeer();
  const house: Harness = await createHarness({
    modules: [volunteeringModule],
    peers: {
      directory: async (request) => {
        const [, , kind, id = ''] = new URL(request.url).pathname.split('/');
        if (kind === 'programmes') {
          return answer(200, { id, name: '方案', areaCode: '1506', areaPath: city });
        }
        if (kind === 'subjects') return answer(200, rated.subjects.get(id) ?? {});
        const above = new URL(request.url).searchParams.get('parentCode');
        if (above !== null) {
          const items = partsOf(above).map(([code, path]) => areaOf(code, path));
          return answer(200, { items, nextCursor: null });
        }
        const areaPath = areas.get(id);
        return areaPath ? answer(200, areaOf(id, areaPath)) : notFound();
      },
      ratings,
      identity,
      codes,
      points,
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
    ...known,
    ledger,
    db,
    ...registered,
    ...rated,
    officer: staffOf(banner),
    otherOfficer: staffOf(banner),
    stranger: staffOf('/1506/150602/'),
    newResident,
    newGridWorker: () => personAs('grid-worker', { areaPaths: [banner], programmeId }),
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
