import { splitMessage } from '@ddp/service-kit/field-messages';
import type * as z from 'zod';
import type { Faults } from './table-importer.ts';

/** Whether a cell fits the schema of its field; a fault tells why not, as a form would. */
export function checkCell(
  faults: Faults,
  row: number,
  column: string,
  schema: z.ZodType,
  text: string,
): boolean {
  const result = schema.safeParse(text);
  if (result.success) return true;
  const { zh, en } = splitMessage(result.error.issues[0]?.message ?? '');
  faults.add(row, column, zh, en);
  return false;
}
