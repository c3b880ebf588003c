import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { walkRating } from '@ddp/infra/demo/walk-rating';
import { walkRedemption } from '@ddp/infra/demo/walk-redemption';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { expect, it } from 'vitest';

const engines = readTestEngines();
const prefix = drawPrefix();
const name = `${prefix}_one`;
const password = 'only-for-this-test';

/** An account that may do anything in one database and nothing beside it, as hosts rent them out. */
async function openNarrowAccount(): Promise<string> {
  const connection = await createConnection(engines.databaseUrl);
  try {
    await connection.query(`CREATE DATABASE \`${name}\``);
    await connection.query(`CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`);
    const database = name.replaceAll('_', '\\_');
    await connection.query(`GRANT ALL ON \`${database}\`.* TO '${name}'@'%'`);
  } finally {
    await connection.end();
  }
  const url = new URL(engines.databaseUrl);
  Object.assign(url, { username: name, password, pathname: `/${name}` });
  return url.href;
}

async function countTables(databaseUrl: string): Promise<Record<string, number>> {
  const connection = await createConnection(databaseUrl);
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT table_schema AS place, COUNT(*) AS tables FROM information_schema.tables
      WHERE table_schema LIKE ? GROUP BY table_schema`,
    [`${prefix.replaceAll('_', '\\_')}\\_%`],
  );
  await connection.end();
  return Object.fromEntries(rows.map(({ place, tables }) => [place, Number(tables)]));
}

it('walks the journeys with an account of one database', { timeout: 120_000 }, async () => {
  const databaseUrl = await openNarrowAccount();
  const house = await openHouse({
    ...engines,
    databaseUrl,
    topology: 'mounted',
    prefix,
    logDir: mkdtempSync(path.join(tmpdir(), 'ddp-one-')),
  });
  try {
    const step = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
    const options = { house, officer: house.officer, areaCode, step };
    const { resident } = await walkRating(options);
    await walkRedemption({ ...options, officers: house.officers }, resident);
    const tables = await countTables(engines.databaseUrl);
    expect(Object.keys(tables)).toEqual([name]);
    expect(tables[name]).toBeGreaterThan(80);
  } finally {
    await house.stop();
  }
});
