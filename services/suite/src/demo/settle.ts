import type { ModuleContext } from '@ddp/service-kit/module';
import { openReader } from '../audit-reader.ts';
import { serviceModules } from '../modules.ts';

const boundMs = 180_000;
const lookMs = 15;

/** Waits until no event is on its way any more, in any service. */
export async function createSettler(context: ModuleContext) {
  const readers = await Promise.all(
    serviceModules.map(async ({ name }) => ({
      name,
      reader: await openReader(context.environment, context.host, name),
    })),
  );
  async function isQuiet(): Promise<boolean> {
    for (const { name, reader } of readers) {
      const rows = await reader.query(`SELECT 1 FROM ${name}_outbox WHERE state < 2 LIMIT 1`);
      if (rows.length > 0) return false;
    }
    return true;
  }
  return {
    async now(): Promise<void> {
      const endsAt = Date.now() + boundMs;
      while (!(await isQuiet())) {
        if (Date.now() > endsAt)
          throw new Error('events of the demo did not reach their consumers');
        await new Promise((resolve) => setTimeout(resolve, lookMs));
      }
    },
    async close(): Promise<void> {
      for (const { reader } of readers) await reader.close();
    },
  };
}
