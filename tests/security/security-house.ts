import { principalHeader } from '@ddp/auth/principal-token';
import { codesModule } from '@ddp/codes/module';
import type { Principal } from '@ddp/contracts/principal';
import { needsKey, type RouteDefinition } from '@ddp/contracts/route';
import type { ServiceName } from '@ddp/contracts/service-name';
import { newId } from '@ddp/db-kit/ids';
import { directoryModule } from '@ddp/directory/module';
import { gatewayModule } from '@ddp/gateway/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { ratingsModule } from '@ddp/ratings/module';
import { rewardsModule } from '@ddp/rewards/module';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, eventually, signPrincipal } from '@ddp/testing/module-harness';
import { volunteeringModule } from '@ddp/volunteering/module';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

const modules = [
  identityModule,
  directoryModule,
  codesModule,
  ratingsModule,
  pointsModule,
  rewardsModule,
  noticesModule,
  volunteeringModule,
  gatewayModule,
];

/** Every service behind the gateway, and what it takes to see that nothing changed. */
export async function openSecurityHouse() {
  const house = await createHarness({
    modules,
    environment: {
      SMS_PROVIDER: 'fake',
      SMS_URL: 'http://127.0.0.1:9',
      SMS_KEY: 'walk-the-routes',
    },
  });
  const database = await createConnection(readTestEngines().databaseUrl);
  const rows = async (text: string, values: unknown[] = []) =>
    (await database.query<RowDataPacket[]>(text, values))[0];

  async function listTables(): Promise<string[]> {
    // Without schemas of their own the services share the database of the URL.
    const found = await rows(
      `SELECT table_schema AS s, table_name AS t FROM information_schema.tables
        WHERE (table_schema LIKE ? OR table_schema = DATABASE()) AND table_type = 'BASE TABLE'`,
      [`${house.prefix.replaceAll('_', '\\_')}\\_%`],
    );
    return found.map(({ s, t }) => `\`${s}\`.\`${t}\``).sort();
  }

  return {
    ...house,
    /** Sends a request to a service as a principal, without a gateway in between. */
    send(route: RouteDefinition, path: string, principal: Principal, init: RequestInit = {}) {
      const headers = new Headers(init.headers);
      headers.set(principalHeader, signPrincipal(route.service, principal));
      if (needsKey(route) && !headers.has('idempotency-key')) {
        headers.set('idempotency-key', newId());
      }
      if (route.body && !headers.has('content-type')) {
        headers.set('content-type', 'application/json');
      }
      const { method } = route;
      const body = init.body ?? (route.body ? '{}' : undefined);
      const url = `http://${route.service}.test${path}`;
      const request = new Request(url, { method, headers, ...(body ? { body } : {}) });
      return house.fetchOf(route.service as ServiceName)(request);
    },
    /** A checksum of every table but those whose name matches, once no event is under way. */
    async checksums(except?: RegExp): Promise<Map<string, string>> {
      // How far the transport is with its own start is nobody's doing.
      const isTransport = (table: string) => table.endsWith('_queue_state`');
      const tables = (await listTables()).filter(
        (table) => !isTransport(table) && !except?.test(table),
      );
      const outboxes = tables.filter((table) => table.endsWith('_outbox`'));
      await eventually(async () => {
        for (const table of outboxes) {
          if ((await rows(`SELECT 1 FROM ${table} WHERE state < 2 LIMIT 1`)).length > 0)
            return false;
        }
        return true;
      });
      const sums = await rows(`CHECKSUM TABLE ${tables.join(', ')}`);
      return new Map(sums.map((row) => [String(row.Table), String(row.Checksum)]));
    },
    async stop() {
      await database.end();
      await house.stop();
    },
  };
}

export type SecurityHouse = Awaited<ReturnType<typeof openSecurityHouse>>;
