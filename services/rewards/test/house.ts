import path from 'node:path';
import { programmeChanged } from '@ddp/contracts/directory/events';
import type { EventDefinition } from '@ddp/contracts/event';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems } from '@ddp/contracts/problem';
import { voucherSettingsSchema } from '@ddp/contracts/rewards/voucher-settings';
import { newId } from '@ddp/db-kit/ids';
import type { Consumer } from '@ddp/queue-kit/consumer';
import { outboxState } from '@ddp/queue-kit/queue-tables';
import { openService } from '@ddp/service-kit/open-service';
import { createHarness } from '@ddp/testing/module-harness';
import { sql } from 'kysely';
import { readRewardsSettings } from '../src/config.ts';
import { onAreaMoved } from '../src/consumers/area-moved.ts';
import { onPersonErased } from '../src/consumers/person-erased.ts';
import { onProgrammeChanged } from '../src/consumers/programme-changed.ts';
import { onRedemptionHeld } from '../src/consumers/redemption-held.ts';
import { onRedemptionReleased } from '../src/consumers/redemption-released.ts';
import { onRedemptionRequested } from '../src/consumers/redemption-requested.ts';
import { onRedemptionReserved } from '../src/consumers/redemption-reserved.ts';
import { onVoucherVerified } from '../src/consumers/voucher-verified.ts';
import type { RewardsDatabase } from '../src/database.ts';
import type { RewardsDeps } from '../src/deps.ts';
import { createGroups, rewardsModule } from '../src/module.ts';
import { openPictureRoom } from '../src/operations/keep-pictures.ts';
import { listProgress } from '../src/operations/read-redemption.ts';
import { createRedemptionWatch } from '../src/redemption-watch.ts';
import { rewardsInvariants } from '../src/store/audit.ts';
import { saveSettings } from '../src/store/settings.ts';
import { createVoucherKeys } from '../src/voucher-keys.ts';
import { createActors, programmeId } from './actors.ts';
import { createPointsPeer, json, refuse } from './points-peer.ts';

const areas = new Map([
  ['1506', '/1506/'],
  ['150603', '/1506/150603/'],
  ['150602', '/1506/150602/'],
  ['150603001', '/1506/150603/150603001/'],
  ['150603001001', '/1506/150603/150603001/150603001001/'],
  ['1501', '/1501/'],
]);
const programmes = new Map([[programmeId, '/1506/']]);

interface Operator {
  personId: string;
  phone: string;
  merchantId: string;
  role: string;
  key: string | null;
  deviceBoundAt: string | null;
}

/** Identity's part in who acts for a merchant, by the contract: one person for one phone. */
async function answerOperators(operators: Operator[], request: Request, kind: string) {
  if (request.method === 'GET') {
    const merchantId = new URL(request.url).searchParams.get('merchantId');
    const found = operators.filter((one) => one.merchantId === merchantId);
    const items = found.map(({ personId, role, deviceBoundAt, phone }) => ({
      ...{ personId, role, deviceBoundAt },
      maskedName: '斯*',
      maskedPhone: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
    }));
    return json(200, { items });
  }
  const body = (await request.json()) as Record<string, string>;
  const { phone = '', merchantId = '', role = '', personId = '' } = body;
  if (kind === 'merchant-operators') {
    const key = request.headers.get('idempotency-key');
    const id = operators.find((one) => one.phone === phone)?.personId ?? newId();
    operators.push({ personId: id, phone, merchantId, role, key, deviceBoundAt: null });
    return json(201, { personId: id });
  }
  const held = operators.filter(
    (one) => one.merchantId === merchantId && one.personId === personId && one.role === role,
  );
  for (const one of held) {
    if (kind === 'operator-unbindings') one.deviceBoundAt = null;
    else operators.splice(operators.indexOf(one), 1);
  }
  return new Response(null, { status: 204 });
}

/** What the peers know of merchants' owners and of people's names. */
function createPeers() {
  const operators: Operator[] = [];
  const names = new Map<string, string | null>();
  /** Whose number is whose, of residents. */
  const phones = new Map<string, string>();
  /** Where people live; in the banner unless it is said. */
  const homes = new Map<string, string>();
  const state = { isIdentityDown: false };
  return {
    operators,
    names,
    phones,
    homes,
    state,
    directory: async (request: Request) => {
      const [, , kind, id = ''] = new URL(request.url).pathname.split('/');
      const areaPath = kind === 'areas' ? areas.get(id) : programmes.get(id);
      if (!areaPath) return refuse(commonProblems.notFound);
      if (kind === 'programmes') return json(200, { id, name: '方案', areaCode: '1506', areaPath });
      return json(200, { code: id, name: '康巴什区', level: 'banner', parentCode: null, areaPath });
    },
    identity: async (request: Request) => {
      if (state.isIdentityDown) return refuse(commonProblems.busy);
      const [, , kind, id = ''] = new URL(request.url).pathname.split('/');
      if (/operator/.test(kind ?? '')) return answerOperators(operators, request, kind ?? '');
      if (kind === 'person-lookups') {
        const { phone = '' } = (await request.json()) as Record<string, string>;
        const found = phones.get(phone);
        const maskedPhone = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
        if (!found) return refuse(commonProblems.notFound);
        return json(200, { id: found, maskedName: null, maskedPhone, areaPath: '/1506/' });
      }
      if (!names.has(id)) return refuse(commonProblems.notFound);
      return json(200, {
        id,
        maskedName: names.get(id),
        maskedPhone: null,
        areaPath: homes.get(id) ?? '/1506/150603/',
      });
    },
  };
}

const consumersOf = (deps: RewardsDeps): Consumer[] =>
  [
    onProgrammeChanged,
    onAreaMoved,
    onRedemptionRequested,
    onRedemptionHeld,
    onRedemptionReserved,
    onVoucherVerified,
    onRedemptionReleased,
    onPersonErased,
  ].map((make) => make(deps));

/** Looks into the service, and does by hand what its worker does. */
function createHand(deps: RewardsDeps) {
  const { db } = deps.store;
  return {
    /** Brings an event; each call is another delivery unless an id is given. */
    async step(
      event: EventDefinition,
      payload: object,
      given: { eventId?: string; deps?: RewardsDeps } = {},
    ): Promise<void> {
      const { eventId = newId(), deps: over = deps } = given;
      const consumer = consumersOf(over).find((one) => one.event.name === event.name);
      const producer = event.name.split('.')[0] ?? '';
      const delivery = { eventId, eventName: event.name, producer, payload };
      await consumer?.handle({ ...delivery, requestId: 'test-step' });
    },
    /** Names of the invariants that do not hold. */
    async findBroken(within: typeof db = db): Promise<string[]> {
      const broken: string[] = [];
      for (const { name, sql: text } of rewardsInvariants) {
        const { rows } = await sql([text] as unknown as TemplateStringsArray).execute(within);
        if (rows.length > 0) broken.push(name);
      }
      return broken;
    },
    /** Templates of what a person was told, in order. */
    async listNotices(personId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('rewards_outbox')
        .select('payload')
        .where('event_name', '=', noticeRequested.name)
        .orderBy('id')
        .execute();
      return rows
        .map((row) => noticeRequested.payload.parse(JSON.parse(row.payload)))
        .filter(({ audience }) => audience.kind === 'person' && audience.personId === personId)
        .map(({ template }) => template);
    },
    /** Names of the service's own events that wait for their effect. */
    async listWaiting(): Promise<string[]> {
      const rows = await db
        .selectFrom('rewards_outbox')
        .select('event_name')
        .where('consumer', '=', 'rewards')
        .where('state', '<', outboxState.done)
        .execute();
      return rows.map((row) => row.event_name);
    },
  };
}

/**
 * Rewards at work beside its peers. With `isManual` no worker runs: a test brings each event itself
 * by `step`, and may do so twice, late or never. A verification is final at once unless it is given
 * minutes to be undone in.
 */
export async function openHouse(options: { isManual?: boolean; undoMinutes?: number } = {}) {
  const points = createPointsPeer();
  const { directory, identity, ...known } = createPeers();
  const house = await createHarness({
    modules: [rewardsModule],
    peers: { directory, identity, points: points.fetch },
    environment: options.isManual ? { DDP_ROLE: 'http' } : {},
    startAt: new Date('2026-11-10T02:00:05.000Z'),
  });
  const opened = await openService<RewardsDatabase>(house.context, {
    name: 'rewards',
    migrationsFolder: path.join(import.meta.dirname, '../migrations'),
  });
  const voucherKeys = createVoucherKeys(house.context.host.DDP_MASTER_KEY);
  const pictures = openPictureRoom(house.context.environment.REWARDS_PICTURE_DIR ?? '');
  const settlement = { settlementDays: { dispute: 10, answer: 5 }, settlementWaitSeconds: 60 };
  const redemptionWatch = createRedemptionWatch({
    ...{ everyMs: 50, mostMs: 5_000, mostWatched: 2 },
    read: (watched) => listProgress(opened.deps.store.db, watched),
  });
  const groups = createGroups(
    { ...opened.deps, voucherKeys },
    readRewardsSettings(house.context.environment),
  );
  const own = { voucherKeys, pictures, ...settlement, redemptionWatch, ...groups };
  const deps: RewardsDeps = { ...opened.deps, ...own };
  const hand = createHand(deps);
  await hand.step(programmeChanged, { programmeId });
  const settings = voucherSettingsSchema.parse({ undoMinutes: options.undoMinutes ?? 0 });
  await saveSettings(deps.store.db, deps.store.clock, programmeId, settings);
  return {
    ...house,
    ...known,
    ...hand,
    ...createActors(house, points.people),
    points,
    deps,
    db: deps.store.db,
    async stop() {
      await opened.finish({ consumers: [], sweeps: [] }).stop();
      await house.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
