import { idToBinary } from '@ddp/db-kit/ids';
import { createConnection } from 'mysql2/promise';
import { measureClosedLoop } from '../load/closed-loop.ts';
import type { Load } from '../load/load.ts';
import type { Sample } from '../measurement.ts';
import { voucherIdOf } from '../prepare/load-vouchers.ts';

/** A copy of the vouchers, with the same keys. */
export async function createBareVouchers(schemaUrl: string): Promise<void> {
  const connection = await createConnection({ uri: schemaUrl });
  await connection.query('CREATE TABLE bare_voucher LIKE rewards_voucher');
  await connection.query('INSERT INTO bare_voucher SELECT * FROM rewards_voucher');
  await connection.end();
}

const use = `UPDATE bare_voucher SET state = 'used', used_at = UTC_TIMESTAMP(3), used_step = 1
  WHERE id = ? AND state = 'issued' AND expires_at > UTC_TIMESTAMP(3)`;

/** One conditional update a voucher, committed by itself, over as many connections as the load has. */
export async function measure(load: Load): Promise<Sample> {
  const { schemaUrl } = load.config as { schemaUrl: string };
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => createConnection({ uri: schemaUrl })),
  );
  await connections[0]?.query(`UPDATE bare_voucher SET state = 'issued' WHERE state = 'used'`);
  let index = 0;
  const sample = await measureClosedLoop(
    load.durationMs,
    connections.map((connection) => async () => {
      index += 1;
      const [result] = await connection.execute(use, [idToBinary(voucherIdOf(index))]);
      if (!('affectedRows' in result) || result.affectedRows !== 1) {
        throw new Error(`the voucher ${index} was not there to be used`);
      }
    }),
  );
  await Promise.all(connections.map((connection) => connection.end()));
  return sample;
}
