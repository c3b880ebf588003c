import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import type { Post } from '@ddp/contracts/directory/schemas';
import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import type { Principal } from '@ddp/contracts/principal';
import { submitRating } from '@ddp/contracts/ratings/routes';
import { readScore } from '@ddp/contracts/ratings/score-routes';
import type { RouteInput } from '@ddp/contracts/route';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, type Harness } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import type { RatingsDatabase } from '../src/database.ts';
import { ratingsModule } from '../src/module.ts';
import { ratingsInvariants } from '../src/store/audit.ts';

export const street = '/1506/150603/150603003/';

/** The schema of ratings under a harness, for looking and for planting faults. */
async function openSchema(house: Harness) {
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'ratings',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  const db = openDatabase<RatingsDatabase>({ url });
  const sql = async (text: string, ...values: unknown[]) => {
    const { rows } = await db.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(text, values),
    );
    return rows;
  };
  return {
    db,
    sql,
    count: async (table: string) =>
      Number((await sql(`SELECT COUNT(*) AS count FROM ${table}`))[0]?.count),
    /**
     * The short names of the invariants that some row breaks. What a sweep comes to late is seen at
     * a time that is given: a clock that jumps is no fault.
     */
    async audit(at = new Date(0)): Promise<string[]> {
      const broken = new Set<string>();
      const now = `CAST('${at.toISOString().slice(0, -1)}' AS DATETIME(3))`;
      for (const { name, sql: text } of ratingsInvariants) {
        const rows = await sql(text.replaceAll('UTC_TIMESTAMP(3)', now));
        if (rows.length > 0) broken.add(name.split(' ')[0] ?? '');
      }
      return [...broken];
    },
  };
}

const programme = { name: '品德积分', areaCode: '150603', areaPath: '/1506/150603/' };

/** The communities of a township. */
const communities = [
  { code: '150603003001', name: '示范社区' },
  { code: '150603003002', name: '滨河社区' },
].map((part) => ({
  ...{ ...part, level: 'community', parentCode: '150603003' },
  areaPath: `/1506/150603/150603003/${part.code}/`,
}));

const problem = (slug: string, status: number) =>
  new Response(JSON.stringify({ type: `urn:ddp:problem:${slug}`, title: '', status }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

const lastPart = (request: Request) => new URL(request.url).pathname.split('/').at(-1) ?? '';

async function answerAsCodes(scans: Map<string, ResolvedScan>, request: Request) {
  const tokens = new URL(request.url).searchParams.get('tokens')?.split(',');
  if (tokens) {
    const found = tokens.map((token) => ({ token, scan: scans.get(token) ?? null }));
    return Response.json({ scans: found });
  }
  const scan = scans.get(lastPart(request));
  return scan ? Response.json(scan) : problem('invalid-code', 404);
}

async function answerAsDirectory(posts: Map<string, Post>, request: Request) {
  const { pathname } = new URL(request.url);
  const code = lastPart(request);
  if (pathname.startsWith('/v1/programmes/')) return Response.json({ id: code, ...programme });
  if (pathname === '/v1/areas') return Response.json({ items: communities, nextCursor: null });
  if (!pathname.startsWith('/v1/areas/')) return Response.json(posts.get(code));
  if (!code.startsWith('1506')) return problem('not-found', 404);
  const parts = [code.slice(0, 4), code.slice(0, 6), code.slice(0, 9)];
  const areaPath = `/${[...new Set(parts)].join('/')}/`;
  const area = { code, name: '街道', level: 'township', parentCode: null, areaPath };
  return Response.json(area);
}

/** Codes that a test issues. */
function createCodes(programmeId: string) {
  const scans = new Map<string, ResolvedScan>();
  return {
    scans,
    /** A code in force for a new subject; returns its token. */
    addCode(fields: Partial<ResolvedScan> = {}, subject: Partial<ResolvedScan['subject']> = {}) {
      const token = newId().replaceAll('-', '').slice(0, 26);
      scans.set(token, {
        codeId: newId(),
        subject: {
          ...{ id: newId(), kind: 'worker', name: '乌兰', title: '社工' },
          ...{ unitId: null, unitName: '滨河社工站', areaName: '滨河街道', ...subject },
        },
        ...{ place: '', areaPath: street, programmeId, subjectPersonId: newId() },
        ...fields,
      });
      return token;
    },
    scanOf(token: string): ResolvedScan {
      const scan = scans.get(token);
      if (!scan) throw new Error('no such code');
      return scan;
    },
    subjectOf(token: string): string {
      return this.scanOf(token).subject.id;
    },
  };
}

/** Ratings at work on a simulated clock, with codes and a directory that know what they are told. */
export async function openHouse(environment = {}, options: { startAt?: Date } = {}) {
  const programmeId = newId();
  const codes = createCodes(programmeId);
  const posts = new Map<string, Post>();
  let scanCalls = 0;
  const house = await createHarness({
    modules: [ratingsModule],
    environment,
    peers: {
      codes: (request) => {
        scanCalls += 1;
        return answerAsCodes(codes.scans, request);
      },
      directory: (request) => answerAsDirectory(posts, request),
    },
    ...options,
  });
  const schema = await openSchema(house);

  return {
    ...house,
    ...schema,
    programmeId,
    ...codes,
    countScanCalls: () => scanCalls,
    officer: personAs('community-officer', { areaPaths: ['/1506/150603/'], programmeId }),
    otherOfficer: personAs('banner-officer', { areaPaths: ['/1506/150603/'], programmeId }),
    administrator: personAs('administrator', { areaPaths: ['/'], programmeId }),
    rate(
      token: string,
      principal: Principal = personAs('resident'),
      fields: Partial<RouteInput<typeof submitRating>['body']> = {},
      key = newId(),
    ) {
      const body = { token, level: 5, ...fields };
      return house.call(submitRating, { body }, principal, key);
    },
    guest: (): Principal => ({ ...anonymous, deviceId: newId() }) as Principal,
    score: (id: string, query = {}) => house.call(readScore, { params: { id }, query }, anonymous),
    /** Brings an event, as a transport would. */
    tell<E extends EventDefinition>(event: E, payload: PayloadOf<E>, producer: string) {
      const eventName = event.name;
      const delivery = {
        eventId: newId(),
        eventName,
        producer,
        payload,
        requestId: 'test-request',
      };
      return house.deliver('ratings', delivery);
    },
    /** Lets a person serve in a unit. */
    addPost(personId: string, unitId: string | null, fields: Partial<Post> = {}): Post {
      const dates = { fromOn: '2020-01-01', toOn: null };
      const place = { role: null, unitId, areaPath: '/1506/' };
      const post: Post = { id: newId(), personId, ...place, ...dates, ...fields };
      posts.set(post.id, post);
      return post;
    },
    async stop() {
      await schema.db.destroy();
      await house.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
