import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness } from '@ddp/testing/module-harness';
import { CompiledQuery, type Kysely } from 'kysely';
import type { NoticesDatabase } from '../src/database.ts';
import { noticesModule } from '../src/module.ts';
import { noticesInvariants } from '../src/store/audit.ts';

const areas = new Map([
  ['1506', '/1506/'],
  ['150603', '/1506/150603/'],
  ['150602', '/1506/150602/'],
]);

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
const missing = () => json(404, { type: 'urn:ddp:problem:not-found', title: '', status: 404 });

export interface KnownPerson {
  areaPath: string | null;
  phone: string | null;
}

/** A provider of text messages that speaks the adapter's protocol, and can be told to fail. */
async function startProvider(key: string) {
  const sent: { phone: string; text: string }[] = [];
  const state = { failures: 0, asked: 0 };
  const server: Server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      state.asked += 1;
      const isKnown = request.headers.authorization === `Bearer ${key}`;
      const isFailing = state.failures > 0;
      if (isFailing) state.failures -= 1;
      if (isKnown && !isFailing && request.url === '/send') sent.push(JSON.parse(text));
      response.writeHead(!isKnown ? 401 : isFailing ? 503 : 200).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, sent, state, stop: () => server.close() };
}

/** Short ways to look into what notices keeps. */
function lookInto(db: Kysely<NoticesDatabase>) {
  return {
    /** What services were told of an entry, in order: the event's short name and its payload. */
    async toldOf(entryId: string): Promise<{ told: string; payload: Record<string, unknown> }[]> {
      const rows = await db
        .selectFrom('notices_outbox')
        .select(['event_name', 'payload'])
        // Each service that listens has a row of its own.
        .where('consumer', '=', 'points')
        .where('payload', 'like', `%"entryId":"${entryId}"%`)
        .orderBy('id')
        .execute();
      return rows.map(({ event_name: name, payload }) => ({
        told: name.replace('notices.', ''),
        payload: JSON.parse(payload),
      }));
    },
    /** The names of the invariants that some row breaks. */
    async broken(): Promise<string[]> {
      const names: string[] = [];
      for (const { name, sql: text } of noticesInvariants) {
        const { rows } = await db.executeQuery(CompiledQuery.raw(text));
        if (rows.length > 0) names.push(name);
      }
      return names;
    },
  };
}

/** Notices at work, with a directory, an identity and a provider that answer by the contract. */
export async function openHouse(options: { startAt?: Date } = {}) {
  const people = new Map<string, KnownPerson>();
  const provider = await startProvider('a-key-of-tests');
  const house = await createHarness({
    modules: [noticesModule],
    ...options,
    environment: { SMS_PROVIDER: 'http', SMS_URL: provider.url, SMS_KEY: 'a-key-of-tests' },
    peers: {
      directory: async (request) => {
        const code = new URL(request.url).pathname.split('/')[3] ?? '';
        const areaPath = areas.get(code);
        if (!areaPath) return missing();
        return json(200, { code, name: '康巴什区', level: 'banner', parentCode: null, areaPath });
      },
      identity: async (request) => {
        const [, , , id = '', part] = new URL(request.url).pathname.split('/');
        const person = people.get(id);
        if (!person) return missing();
        if (part === 'contact') return json(200, { phone: person.phone });
        const { areaPath } = person;
        return json(200, { id, maskedName: null, maskedPhone: null, areaPath });
      },
    },
  });
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'notices',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  const db = openDatabase<NoticesDatabase>({ url });

  return {
    ...house,
    people,
    provider,
    db,
    ...lookInto(db),
    newPerson(person: KnownPerson): string {
      const id = newId();
      people.set(id, person);
      return id;
    },
    /** Brings an event, twice, as a transport may. */
    async tell<E extends EventDefinition>(event: E, payload: PayloadOf<E>): Promise<void> {
      const delivery = {
        eventId: newId(),
        eventName: event.name,
        producer: 'points',
        payload,
        requestId: 'test-request',
      };
      await house.deliver('notices', delivery);
      await house.deliver('notices', delivery);
    },
    async stop() {
      await db.destroy();
      await house.stop();
      provider.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
