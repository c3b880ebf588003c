import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import {
  joinProgramme,
  placeHold,
  readMyBalance,
  readMyStatement,
} from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import { createAuditor } from '@ddp/testing/auditing';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { personAs, serviceAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import type { PointsDatabase } from '../src/database.ts';
import { pointsModule } from '../src/module.ts';
import { pointsInvariants } from '../src/store/audit.ts';

const home = '/1506/150603/150603003/';

/** The schema of points under a harness, for looking and for planting faults. */
async function openSchema(house: Harness) {
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'points',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  const db = openDatabase<PointsDatabase>({ url });
  const sql = async (text: string, ...values: unknown[]) => {
    const { rows } = await db.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(text, values),
    );
    return rows;
  };
  const count = async (table: string) =>
    Number((await sql(`SELECT COUNT(*) AS count FROM ${table}`))[0]?.count);
  return {
    db,
    sql,
    countDigested: () => count('points_inbox'),
    letters: () => count('points_dead_letter'),
    ...createAuditor(db, pointsInvariants),
  };
}

/** A directory that knows one programme, over a banner. */
function directoryOf(programmeId: string) {
  return async (request: Request) => {
    const id = new URL(request.url).pathname.split('/')[3] ?? '';
    if (id !== programmeId) {
      const missing = { type: 'urn:ddp:problem:not-found', title: '', status: 404 };
      const headers = { 'content-type': 'application/problem+json' };
      return new Response(JSON.stringify(missing), { status: 404, headers });
    }
    return Response.json({ id, name: '品德积分', areaCode: '150603', areaPath: '/1506/150603/' });
  };
}

/** An identity that knows where some people live. */
function identityOf(homes: ReadonlyMap<string, string>) {
  return async (request: Request) => {
    const id = new URL(request.url).pathname.split('/')[3] ?? '';
    const areaPath = homes.get(id);
    if (areaPath !== undefined) {
      return Response.json({ id, maskedName: '巴*', maskedPhone: null, areaPath });
    }
    const missing = { type: 'urn:ddp:problem:not-found', title: '', status: 404 };
    const headers = { 'content-type': 'application/problem+json' };
    return new Response(JSON.stringify(missing), { status: 404, headers });
  };
}

/** Points at work on a simulated clock, with short ways to use them. */
export async function openHouse(environment = {}, options: { startAt?: Date } = {}) {
  const programmeId = newId();
  const homes = new Map<string, string>();
  const peers = { directory: directoryOf(programmeId), identity: identityOf(homes) };
  const house = await createHarness({ modules: [pointsModule], peers, environment, ...options });
  const schema = await openSchema(house);
  let told = 0;
  const officer = personAs('community-officer', { areaPaths: ['/1506/150603/'], programmeId });
  const rewards = serviceAs('rewards');

  return {
    ...house,
    ...schema,
    programmeId,
    homes,
    officer,
    rewards,
    /** A resident who takes part. */
    async joined(): Promise<PersonPrincipal> {
      const resident = personAs('resident', { areaPaths: [home], programmeId });
      await house.call(joinProgramme, { body: { consentVersion } }, resident);
      return resident;
    },
    /** Twenty points by staff for each time. */
    async enrich(resident: PersonPrincipal, times = 1): Promise<void> {
      const { personId } = resident;
      const body = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷' };
      for (let time = 0; time < times; time += 1) await house.call(awardPoints, { body }, officer);
    },
    balance: (resident: PersonPrincipal) => house.call(readMyBalance, {}, resident),
    async kinds(resident: PersonPrincipal): Promise<string[]> {
      const { items } = await house.call(readMyStatement, { query: { limit: 100 } }, resident);
      return items.map((line) => line.kind);
    },
    hold(resident: PersonPrincipal, amountPoints: number, fields = {}, key = newId()) {
      const { personId } = resident;
      const expiresAt = new Date(house.clock.now().getTime() + 86_400_000).toISOString();
      const terms = { programmeId, personId, amountPoints, minimumStanding: 0, expiresAt };
      const body = { id: newId(), reference: 'redemption:1', ...terms, ...fields };
      return house.call(placeHold, { body }, rewards, key);
    },
    /** Waits until every event that was told has had its effect, or has none. */
    async digested(): Promise<void> {
      await eventually(async () => (await schema.countDigested()) >= told);
    },
    /** Brings an event, twice, as a transport may. */
    async tell<E extends EventDefinition>(event: E, payload: PayloadOf<E>): Promise<void> {
      told += 1;
      const { name: eventName } = event;
      const delivery = { eventId: newId(), eventName, payload, requestId: 'test-request' };
      await house.deliver('points', { ...delivery, producer: 'ratings' });
      await house.deliver('points', { ...delivery, producer: 'ratings' });
    },
    rated(resident: PersonPrincipal, ratedOn: string, ratingId = newId()): Promise<void> {
      const { personId } = resident;
      const payload = { ratingId, programmeId, personId, areaPath: home, ratedOn };
      return this.tell(ratingSubmitted, payload);
    },
    async stop() {
      await schema.db.destroy();
      await house.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
