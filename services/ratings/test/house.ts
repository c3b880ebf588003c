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
    /** The short names of the invariants that some row breaks. */
    async audit(): Promise<string[]> {
      const broken = new Set<string>();
      for (const { name, sql: text } of ratingsInvariants) {
        if ((await sql(text)).length > 0) broken.add(name.split(' ')[0] ?? '');
      }
      return [...broken];
    },
  };
}

const problem = (slug: string, status: number) =>
  new Response(JSON.stringify({ type: `urn:ddp:problem:${slug}`, title: '', status }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

/** Codes and a directory that know what they are told. */
function createPeers(programmeId: string) {
  const scans = new Map<string, ResolvedScan>();
  const posts = new Map<string, Post>();
  const asked = { scans: 0 };
  const lastPart = (request: Request) => new URL(request.url).pathname.split('/').at(-1) ?? '';
  const codes = async (request: Request) => {
    asked.scans += 1;
    const tokens = new URL(request.url).searchParams.get('tokens')?.split(',');
    if (tokens) {
      const found = tokens.map((token) => ({ token, scan: scans.get(token) ?? null }));
      return Response.json({ scans: found });
    }
    const scan = scans.get(lastPart(request));
    return scan ? Response.json(scan) : problem('invalid-code', 404);
  };
  const directory = async (request: Request) => {
    const { pathname } = new URL(request.url);
    const id = lastPart(request);
    if (pathname.startsWith('/v1/programmes/')) {
      const areaPath = '/1506/150603/';
      return Response.json({ id, name: '品德积分', areaCode: '150603', areaPath });
    }
    if (!pathname.startsWith('/v1/areas/')) return Response.json(posts.get(id));
    const parts = [id.slice(0, 4), id.slice(0, 6), id.slice(0, 9)];
    const areaPath = `/${[...new Set(parts)].join('/')}/`;
    return Response.json({ code: id, name: '街道', level: 'township', parentCode: null, areaPath });
  };
  return {
    peers: { codes, directory },
    scans,
    countScanCalls: () => asked.scans,
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
    /** Lets a person serve in a unit. */
    addPost(personId: string, unitId: string): Post {
      const dates = { fromOn: '2020-01-01', toOn: null };
      const post: Post = {
        id: newId(),
        personId,
        role: null,
        unitId,
        areaPath: '/1506/',
        ...dates,
      };
      posts.set(post.id, post);
      return post;
    },
  };
}

/** Ratings at work on a simulated clock, with short ways to use them. */
export async function openHouse(environment = {}, options: { startAt?: Date } = {}) {
  const programmeId = newId();
  const { peers, ...known } = createPeers(programmeId);
  const house = await createHarness({ modules: [ratingsModule], environment, peers, ...options });
  const schema = await openSchema(house);
  const areaPaths = ['/1506/150603/'];

  return {
    ...house,
    ...schema,
    ...known,
    programmeId,
    officer: personAs('community-officer', { areaPaths, programmeId }),
    otherOfficer: personAs('banner-officer', { areaPaths, programmeId }),
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
    async stop() {
      await schema.db.destroy();
      await house.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
