import { CompiledQuery, type Kysely } from 'kysely';

class TakenBack extends Error {}

/** Looks at the invariants of a service in its schema. */
export function createAuditor<DB>(
  db: Kysely<DB>,
  invariants: readonly { name: string; sql: string }[],
) {
  async function audit(within: Kysely<DB> = db): Promise<string[]> {
    const broken = new Set<string>();
    for (const { name, sql } of invariants) {
      const { rows } = await within.executeQuery(CompiledQuery.raw(sql));
      if (rows.length > 0) broken.add(name.split(' ')[0] ?? '');
    }
    return [...broken];
  }

  return {
    /** The short names of the invariants that some row breaks. */
    audit: () => audit(),
    /** The same of a fault, which nobody else sees and which is taken back. */
    async auditWith(fault: string): Promise<string[]> {
      let broken: string[] = [];
      const plant = db.transaction().execute(async (tx) => {
        await tx.executeQuery(CompiledQuery.raw(fault));
        broken = await audit(tx);
        throw new TakenBack();
      });
      await plant.catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error;
      });
      return broken;
    },
  };
}
