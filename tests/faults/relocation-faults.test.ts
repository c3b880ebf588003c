import { listRelocations, moveArea } from '@ddp/contracts/directory/relocation-routes';
import { createPost, createSubject, importAreas } from '@ddp/contracts/directory/routes';
import { createHouseClient, type HouseClient } from '@ddp/contracts/house-client';
import { registerPerson, signInByPassword } from '@ddp/contracts/identity/routes';
import { areaCode, password } from '@ddp/infra/demo/prepare-house';
import { until } from '@ddp/infra/demo/step';
import { type FaultHouse, openFaultHouse } from '@ddp/infra/faults/fault-house';
import { findObstacle } from '@ddp/infra/faults/private-engines';
import { insist } from '@ddp/infra/faults/shop';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const obstacle = findObstacle();
const banners = ['150602', '150603'] as const;
const township = '150603003';

let house: FaultHouse;
let administrator: HouseClient;
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));
beforeAll(async () => {
  if (obstacle !== null) return;
  house = await openFaultHouse('mounted');
  administrator = createHouseClient(house.url);
  await administrator.call(signInByPassword, { body: { login: 'admin', password } });
  const other = { code: banners[0], name: '东胜区', level: 'banner' as const, parentCode: '1506' };
  await administrator.call(importAreas, { body: { areas: [other] } });
  for (let index = 0; index < 3; index += 1) await settlePerson(`居民${index}`);
});
afterAll(() => house?.stop());

/** A resident with a post and a code's subject in the township. */
async function settlePerson(name: string): Promise<void> {
  const { officer } = house;
  const person = { name, phone: null, areaCode, consent: 'signed' as const };
  const { id: personId } = await officer.call(registerPerson, { body: person });
  const subject = { kind: 'worker' as const, name, unitId: null, areaCode, personId };
  await officer.call(createSubject, { body: subject });
  const post = { personId, role: 'grid-worker' as const, unitId: null, areaCode };
  await officer.call(createPost, { body: { ...post, fromOn: '2026-01-01', toOn: null } });
}

/** How many rows of a table stand under the banner. */
async function countUnder(table: string, banner: string): Promise<number> {
  const [service] = table.split('_');
  const rows = await house.query(
    `SELECT 1 FROM faults_${service}.${table} WHERE area_path LIKE '/1506/${banner}/${township}/%'`,
  );
  return rows.length;
}

const newest = async () =>
  (await insist(() => house.officer.call(listRelocations, {}))).items[0]?.state;

describe('the process killed while a township moves', { timeout: 120_000 }, () => {
  it.each([
    ['its posts', 'directory_post', banners[0]],
    ['the homes of its people', 'identity_person', banners[1]],
  ] as const)(
    'before %s are rewritten: all of it arrives, and the audit is clean',
    async (_what, table, target) => {
      const source = banners.find((one) => one !== target) ?? target;
      const frozen = await house.freeze(table);
      const body = { newParentCode: target, reason: '区划调整' };
      await administrator.call(moveArea, { params: { code: township }, body });
      await frozen.caught();
      const victim = house.topology.processes.get('suite');
      await victim?.kill9();
      expect(await countUnder(table, source)).toBe(3);
      await frozen.thaw();
      await victim?.restart();
      await until('the rows in their new place', async () => {
        const left = await countUnder(table, source);
        return left === 0 && (await newest()) === 'settling' ? true : null;
      });
      for (const one of [
        'directory_subject',
        'directory_post',
        'identity_post',
        'identity_person',
      ]) {
        await until(`${one} in the new place`, async () =>
          (await countUnder(one, target)) === 3 ? true : null,
        );
      }
      expect(await house.audit()).toEqual([]);
      await house.query(
        "UPDATE faults_directory.directory_relocation SET settle_at = '2020-01-01'",
      );
      await until('the change followed everywhere', async () =>
        (await newest()) === 'done' ? true : null,
      );
      expect(await house.audit()).toEqual([]);
    },
  );
});
