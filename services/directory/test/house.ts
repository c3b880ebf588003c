import { importAreas } from '@ddp/contracts/directory/routes';
import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import type { Environment } from '@ddp/service-kit/config';
import { createAuditor } from '@ddp/testing/auditing';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, type Harness } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import type { DirectoryDatabase } from '../src/database.ts';
import { directoryModule } from '../src/module.ts';
import { directoryInvariants } from '../src/store/audit.ts';

/** Two banners, a township in each, and communities under them. */
export const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, parentCode: null },
  { code: '150603', name: '康巴什区', level: 'banner' as const, parentCode: '1506' },
  { code: '150602', name: '东胜区', level: 'banner' as const, parentCode: '1506' },
  { code: '150603001', name: '滨河街道', level: 'township' as const, parentCode: '150603' },
  { code: '150602001', name: '交通街道', level: 'township' as const, parentCode: '150602' },
  { code: '150602002', name: '公园街道', level: 'township' as const, parentCode: '150602' },
  { code: '150603001001', name: '滨河社区', level: 'community' as const, parentCode: '150603001' },
  { code: '150603001002', name: '景观社区', level: 'community' as const, parentCode: '150603001' },
  { code: '150602001001', name: '通达社区', level: 'community' as const, parentCode: '150602001' },
];
export const township = '/1506/150603/150603001/';
export const community = '/1506/150603/150603001/150603001001/';

/** A day in a year without a change of rules; noon in Ordos. */
const noon = new Date('2026-11-25T04:00:00Z');

export interface HouseOptions {
  startAt?: Date;
  environment?: Environment;
}

/** An identity that knows everybody but the strangers. */
function identityWithout(strangers: ReadonlySet<string>) {
  return async (request: Request) => {
    const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
    if (!strangers.has(id)) {
      return Response.json({ id, maskedName: '乌*', maskedPhone: null, areaPath: null });
    }
    const problem = { type: 'urn:ddp:problem:not-found', title: 'x', status: 404 };
    return new Response(JSON.stringify({ ...problem, retryable: false }), {
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
    });
  };
}

/** The schema of the directory, for looking and for planting faults. */
async function openSchema(house: Harness, prefix: string) {
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix,
    service: 'directory',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  const db = openDatabase<DirectoryDatabase>({ url });
  const sql = async (text: string, ...values: unknown[]) => {
    const query = CompiledQuery.raw(text, values);
    return (await db.executeQuery<Record<string, unknown>>(query)).rows;
  };
  return { db, sql };
}

/** The directory alone, with two banners to fill. */
export async function openHouse({ startAt = noon, environment = {} }: HouseOptions = {}) {
  const strangers = new Set<string>();
  const peers = { identity: identityWithout(strangers) };
  const house = await createHarness({ modules: [directoryModule], peers, startAt, environment });
  const { db, sql } = await openSchema(house, environment.DATABASE_PREFIX ?? house.prefix);
  const administrator = personAs('administrator', { areaPaths: ['/'] });

  return {
    ...house,
    db,
    sql,
    administrator,
    officer: personAs('banner-officer', { areaPaths: ['/1506/150603/'] }),
    stranger: personAs('banner-officer', { areaPaths: ['/1506/150602/'] }),
    reader: personAs('auditor', { areaPaths: ['/1506/'] }),
    /** Somebody whom identity does not know. */
    unknownPerson() {
      const id = newId();
      strangers.add(id);
      return id;
    },
    plantAreas: () => house.call(importAreas, { body: { areas } }, administrator),
    ...createAuditor(db, directoryInvariants),
    /** Payloads of an event that was sent, one for each time, oldest first. */
    async sent<E extends EventDefinition>(event: E): Promise<PayloadOf<E>[]> {
      const rows = await sql(
        `SELECT DISTINCT id, payload FROM directory_outbox WHERE event_name = ? ORDER BY id`,
        event.name,
      );
      return rows.map((row) =>
        event.payload.parse(JSON.parse(String(row.payload))),
      ) as PayloadOf<E>[];
    },
    /** How many audit rows tell of an action. */
    async audited(action: string): Promise<number> {
      const rows = await sql('SELECT 1 FROM directory_audit WHERE action = ?', action);
      return rows.length;
    },
    async stop() {
      await db.destroy();
      await house.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
