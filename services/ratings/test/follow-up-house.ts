import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { postChanged } from '@ddp/contracts/directory/events';
import type { Post } from '@ddp/contracts/directory/schemas';
import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import * as appeals from '@ddp/contracts/ratings/appeal-routes';
import * as followUps from '@ddp/contracts/ratings/follow-up-routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import type { RatingsDatabase } from '../src/database.ts';
import type { FollowUpOutcome } from '../src/domain/follow-up.ts';
import { ratingsModule } from '../src/module.ts';
import { ratingsInvariants } from '../src/store/audit.ts';

export const city = '/1506/';
export const banner = '/1506/150603/';
export const township = '/1506/150603/150603003/';
export const community = '/1506/150603/150603003/150603003001/';
const grid = `${community}15060300300101/`;

/** Ratings beside a codes service and a directory that know what the test tells them. */
export async function openHouse(startAt: Date) {
  const scans = new Map<string, ResolvedScan>();
  const posts = new Map<string, Post>();
  const programmeId = newId();
  const lastPart = (request: Request) => new URL(request.url).pathname.split('/').at(-1) ?? '';
  const house = await createHarness({
    startAt,
    modules: [ratingsModule],
    peers: {
      codes: async (request) => Response.json(scans.get(lastPart(request))),
      directory: async (request) =>
        Response.json(
          posts.get(lastPart(request)) ?? {
            ...{ id: programmeId, name: '品德积分', areaCode: '150603', areaPath: banner },
          },
        ),
    },
  });
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'ratings',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  const db = openDatabase<RatingsDatabase>({ url });
  const sql = async (text: string, ...values: unknown[]) =>
    (await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values))).rows;
  const tell = <E extends EventDefinition>(event: E, payload: PayloadOf<E>) =>
    house.deliver('ratings', {
      eventId: newId(),
      eventName: event.name,
      producer: 'directory',
      payload,
      requestId: 'test-request',
    });
  const officerOver = (areaPath: string, role: PersonPrincipal['role'] = 'community-officer') =>
    personAs(role, { areaPaths: [areaPath], programmeId });

  /** A code in force for a new subject in a grid; returns its token. */
  function addCode(fields: Partial<ResolvedScan> = {}): string {
    const token = newId().replaceAll('-', '').slice(0, 26);
    const subject = { id: newId(), kind: 'worker', name: '乌兰', title: '社工' } as const;
    const unit = { unitId: null, unitName: '滨河社工站', areaName: '滨河街道' };
    scans.set(token, {
      codeId: newId(),
      subject: { ...subject, ...unit },
      place: '',
      areaPath: grid,
      programmeId,
      subjectPersonId: newId(),
      ...fields,
    });
    return token;
  }
  const rate = (token: string, principal: Principal, level = 1) =>
    house.call(submitRating, { body: { token, level } }, principal);

  return {
    ...house,
    db,
    sql,
    tell,
    programmeId,
    officerOver,
    addCode,
    rate,
    scanOf: (token: string) => scans.get(token),
    /** Gives an officer a post and waits until the ratings service knows it. */
    async givePost(officer: PersonPrincipal, fields: Partial<Post> = {}) {
      const [areaPath = city] = officer.areaPaths;
      const role = officer.role as Post['role'];
      const dates = { fromOn: '2020-01-01', toOn: null };
      const post = { id: newId(), personId: officer.personId, role, unitId: null, areaPath };
      posts.set(post.id, { ...post, ...dates, ...fields });
      await tell(postChanged, { postId: post.id });
      await eventually(async () => {
        const known = 'SELECT 1 FROM ratings_post_card WHERE post_id = UNHEX(?)';
        return (await sql(known, post.id.replaceAll('-', ''))).length === 1;
      });
    },
    /** A bad rating of a new subject, and the follow-up it opened. */
    async openFollowUp(
      fields: Partial<ResolvedScan> = {},
      rater: Principal = personAs('resident'),
    ) {
      const token = addCode(fields);
      const rating = await rate(token, rater);
      const reader = officerOver(city, 'city-officer');
      const { items } = await house.call(
        followUps.listFollowUps,
        { query: { subjectId: rating.subjectId } },
        reader,
      );
      const [followUp] = items;
      if (!followUp) throw new Error('a bad rating opened nothing');
      return { followUp, rating, rater, token };
    },
    read: (id: string, by: PersonPrincipal) =>
      house.call(followUps.readFollowUp, { params: { id } }, by),
    accept: (id: string, by: PersonPrincipal, key = newId()) =>
      house.call(followUps.acceptFollowUp, { params: { id } }, by, key),
    contact: (id: string, by: PersonPrincipal, words = '已电话说明') =>
      house.call(followUps.contactRater, { params: { id }, body: { way: 'phone', words } }, by),
    extend: (id: string, by: PersonPrincipal, reason = '配件要等厂家') =>
      house.call(followUps.extendFollowUp, { params: { id }, body: { reason } }, by),
    transfer: (id: string, by: PersonPrincipal, to: PersonPrincipal) =>
      house.call(
        followUps.transferFollowUp,
        { params: { id }, body: { toPersonId: to.personId, reason: '由分管同志办理' } },
        by,
      ),
    resolve: (id: string, by: PersonPrincipal, outcome: FollowUpOutcome = 'fixed') => {
      const words = '路灯已修好，已回访';
      const body =
        outcome === 'not-ours' ? { outcome, words, passedTo: '市供电局' } : { outcome, words };
      return house.call(followUps.resolveFollowUp, { params: { id }, body }, by);
    },
    appeal: (ratingId: string, by: PersonPrincipal) =>
      house.call(
        appeals.appealRating,
        { params: { id: ratingId }, body: { text: '当天我不在岗，有考勤为证' } },
        by,
      ),
    /** The short names of the invariants that some row breaks, at the time of the house's clock. */
    async audit(): Promise<string[]> {
      const broken = new Set<string>();
      const now = `CAST('${house.clock.now().toISOString().slice(0, -1)}' AS DATETIME(3))`;
      for (const { name, sql: text } of ratingsInvariants) {
        if ((await sql(text.replaceAll('UTC_TIMESTAMP(3)', now))).length > 0)
          broken.add(name.split(' ')[0] ?? '');
      }
      return [...broken];
    },
    async stop() {
      await db.destroy();
      await house.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
