import { binaryToId } from '@ddp/db-kit/ids';
import { digestTransfer, hashBlock } from '@ddp/ledger/domain/block';
import { findTransfer } from '@ddp/ledger/read-transfers';
import { verifyChain } from '@ddp/ledger/verify-chain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger, pending, post, posted, type TestLedger, voiding } from './ledger-fixture.ts';

let t: TestLedger;

/** Three blocks: a posting and an open hold; its part post; a chain of three. */
beforeEach(async () => {
  t = await openLedger();
  const [bank, ada] = [await t.open(), await t.open('debits-may-not-exceed-credits')];
  const held = pending(ada, bank, 4);
  const open = pending(ada, bank, 2);
  await t.apply([[posted(bank, ada, 10)], [held], [open]]);
  await t.apply([[post(held.id, 3)]]);
  const third = pending(bank, ada, 1);
  await t.apply([[posted(bank, ada, 1), third, voiding(third.id)]]);
  expect(await t.audit()).toEqual([]);
});

afterEach(() => t.db.destroy());

async function fault() {
  const report = await verifyChain(t.db, t.ledger.prefix);
  return report.fault;
}

const transfer = 'test_ledger_transfer';
const account = 'test_ledger_account';
const hexOf = (id: string) => id.replaceAll('-', '');

describe('the chain names the first bad row', () => {
  it('is whole as written', async () => {
    const report = await verifyChain(t.db, t.ledger.prefix);
    expect(report).toMatchObject({ blocks: 3, transfers: 7, head: { seq: 3 }, fault: null });
    expect(report.head.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is whole where the ledger went on with another hash', async () => {
    t.ledger.hashName = 'sm3';
    const [shop, bank] = [await t.open(), await t.open()];
    await t.apply([[posted(bank, shop, 5)]]);
    t.ledger.hashName = 'sha256';
    await t.apply([[posted(bank, shop, 6)]]);
    const rows = await t.sql('SELECT hash_name FROM test_ledger_block ORDER BY seq');
    expect(rows.map((row) => row.hash_name)).toEqual([
      'sha256',
      'sha256',
      'sha256',
      'sm3',
      'sha256',
    ]);
    expect(await fault()).toBeNull();
  });

  it('after a flip', async () => {
    await t.sql(`UPDATE ${transfer} SET code = 9 WHERE block_seq = 1 AND position = 1`);
    expect(await fault()).toMatchObject({
      blockSeq: 1,
      position: 1,
      reason: 'the transfer was changed',
    });
  });

  it('after a flip whose digest was made to agree', async () => {
    const rows = await t.sql(
      `SELECT digest FROM ${transfer} WHERE block_seq = 1 ORDER BY position`,
    );
    await t.sql(
      `UPDATE ${transfer} SET digest = ? WHERE block_seq = 1 AND position = 1`,
      rows[0]?.digest,
    );
    expect(await fault()).toMatchObject({ blockSeq: 1, position: 1 });
  });

  it('after a deletion in the middle, at the end of a block, and of a whole block', async () => {
    await t.sql(`DELETE FROM ${transfer} WHERE block_seq = 3 AND position = 2`);
    expect(await fault()).toMatchObject({
      blockSeq: 3,
      position: 2,
      reason: 'a transfer is missing',
    });
    await t.sql(`DELETE FROM ${transfer} WHERE block_seq = 1 AND position = 1`);
    expect(await fault()).toMatchObject({
      blockSeq: 1,
      position: 1,
      reason: 'a transfer is missing',
    });
    await t.sql(`DELETE FROM test_ledger_block WHERE seq = 1`);
    expect(await fault()).toMatchObject({ blockSeq: 1, position: null });
  });

  it('after two rows changed places', async () => {
    await t.sql(`UPDATE ${transfer} SET position = 9 WHERE block_seq = 3 AND position = 0`);
    await t.sql(`UPDATE ${transfer} SET position = 0 WHERE block_seq = 3 AND position = 1`);
    await t.sql(`UPDATE ${transfer} SET position = 1 WHERE block_seq = 3 AND position = 9`);
    expect(await fault()).toMatchObject({
      blockSeq: 3,
      position: 0,
      reason: 'the transfer was changed',
    });
  });

  it('where a block names another hash, or one that nobody knows', async () => {
    await t.sql(`UPDATE test_ledger_block SET hash_name = 'sm3' WHERE seq = 2`);
    expect(await fault()).toMatchObject({ blockSeq: 2, position: 0 });
    await t.sql(`UPDATE test_ledger_block SET hash_name = 'md5' WHERE seq = 2`);
    expect(await fault()).toMatchObject({
      blockSeq: 2,
      reason: 'the block names a hash that is none of ours',
    });
  });

  it('after a truncation that left the head, and rows behind a head that was moved back', async () => {
    const [second] = await t.sql(`SELECT hash FROM test_ledger_block WHERE seq = 2`);
    await t.sql(`UPDATE test_ledger_head SET seq = 2, hash = ?`, second?.hash);
    expect(await fault()).toMatchObject({
      blockSeq: 3,
      position: 0,
      reason: 'the transfer lies behind the head',
    });
    await t.sql(`DELETE FROM ${transfer} WHERE block_seq = 3`);
    expect(await fault()).toMatchObject({ blockSeq: 3, reason: 'the block lies behind the head' });
    await t.sql(`UPDATE test_ledger_head SET seq = 4`);
    await t.sql(`DELETE FROM test_ledger_block WHERE seq = 3`);
    expect(await fault()).toMatchObject({ blockSeq: 3, reason: 'the block is missing' });
  });

  it('after a block was given an earlier time than the one before, with hashes that agree', async () => {
    const rows = await t.sql(`SELECT id FROM ${transfer} WHERE block_seq = 3 ORDER BY position`);
    const createdAt = new Date(0);
    const digests: Buffer[] = [];
    for (const row of rows) {
      const id = binaryToId(row.id as Buffer);
      const stored = await findTransfer(t.db, t.ledger, id);
      if (!stored) throw new Error('the transfer is not there');
      const digest = digestTransfer('sha256', { ...stored.transfer, createdAt });
      digests.push(digest);
      await t.sql(
        `UPDATE ${transfer} SET created_at = ?, digest = ? WHERE id = ?`,
        createdAt,
        digest,
        row.id,
      );
    }
    const [second] = await t.sql('SELECT hash FROM test_ledger_block WHERE seq = 2');
    const header = { seq: 3, createdAt, previousHash: second?.hash as Buffer };
    const hash = hashBlock('sha256', header, digests);
    await t.sql(
      'UPDATE test_ledger_block SET created_at = ?, hash = ? WHERE seq = 3',
      createdAt,
      hash,
    );
    await t.sql('UPDATE test_ledger_head SET hash = ?', hash);
    expect(await fault()).toMatchObject({
      blockSeq: 3,
      reason: 'the block is older than the one before',
    });
  });

  it('after a row or a block was put in', async () => {
    await t.sql(
      `INSERT INTO ${transfer} SELECT UNHEX(REPEAT('ab', 16)), kind, debit_account_id,
         credit_account_id, amount, unit, code, reference, NULL, expires_at, 1, 3, created_at, digest
       FROM ${transfer} WHERE block_seq = 1 AND position = 0`,
    );
    expect(await fault()).toMatchObject({ blockSeq: 1, position: 3 });
  });

  it('after the head was exchanged', async () => {
    await t.sql(`UPDATE test_ledger_head SET hash = UNHEX(REPEAT('00', 32))`);
    expect(await fault()).toMatchObject({ blockSeq: 3, position: null });
  });
});

describe('the audit names a planted violation of', () => {
  it('I1 and I2: a credit out of nothing', async () => {
    await t.sql(
      `UPDATE ${account} SET credits_posted = credits_posted + 1 WHERE debits_posted = 3`,
    );
    expect(await t.audit()).toEqual(['I1', 'I2']);
  });

  it('I1: a transfer to an account that is not there', async () => {
    await t.sql(`UPDATE ${transfer} SET unit = 'cents' WHERE block_seq = 1 AND position = 0`);
    expect(await t.audit()).toEqual(['I1']);
  });

  it('I1: a transfer that names an account which is not there, or one account twice', async () => {
    await t.sql(`UPDATE ${transfer} SET credit_account_id = UNHEX(REPEAT('ab', 16))
      WHERE block_seq = 3 AND position = 0`);
    expect(await t.audit()).toEqual(['I1', 'I2']);
    await t.sql(`UPDATE ${transfer} SET credit_account_id = debit_account_id
      WHERE block_seq = 3 AND position = 0`);
    expect(await t.audit()).toEqual(['I1', 'I2']);
  });

  it('I2: a balance whose transfer was deleted or changed', async () => {
    await t.sql(`UPDATE ${transfer} SET amount = amount + 1 WHERE block_seq = 1 AND position = 0`);
    expect(await t.audit()).toEqual(['I2']);
    await t.sql(`DELETE FROM ${transfer} WHERE block_seq = 1 AND position = 0`);
    expect(await t.audit()).toEqual(['I2']);
  });

  it('I2 alone: two accounts whose balances were moved without a transfer', async () => {
    await t.sql(
      `UPDATE ${account} SET debits_posted = debits_posted + 1, credits_posted = credits_posted + 1`,
    );
    expect(await t.audit()).toEqual(['I2']);
  });

  it('I3: the database itself refuses an account beyond its limit', async () => {
    const beyond = t.sql(
      `UPDATE ${account} SET debits_posted = 100 WHERE limit_kind = 'debits-may-not-exceed-credits'`,
    );
    await expect(beyond).rejects.toThrow(/debit_limit|CONSTRAINT/i);
    await expect(t.sql(`UPDATE ${account} SET debits_pending = -1`)).rejects.toThrow(
      /sums|CONSTRAINT/i,
    );
    await t.sql(`ALTER TABLE ${account} DROP CONSTRAINT ${account}_debit_limit`);
    await t.sql(
      `UPDATE ${account} SET debits_posted = 100 WHERE limit_kind = 'debits-may-not-exceed-credits'`,
    );
    expect(await t.audit()).toEqual(['I1', 'I2', 'I3']);
  });

  it('I3: an account below zero, and one beyond the limit on its other side', async () => {
    for (const check of ['sums', 'credit_limit']) {
      await t.sql(`ALTER TABLE ${account} DROP CONSTRAINT ${account}_${check}`);
    }
    const other = await t.open('credits-may-not-exceed-debits');
    await t.sql(`UPDATE ${account} SET credits_posted = 1 WHERE id = UNHEX(?)`, hexOf(other));
    expect(await t.audit()).toEqual(['I1', 'I2', 'I3']);
    await t.sql(`UPDATE ${account} SET credits_posted = -1 WHERE id = UNHEX(?)`, hexOf(other));
    expect(await t.audit()).toEqual(['I1', 'I2', 'I3']);
  });

  it('I4 alone: pending amounts that no hold accounts for', async () => {
    await t.sql(`UPDATE ${account} SET debits_pending = debits_pending + 1,
      credits_pending = credits_pending + 1 WHERE limit_kind = 'none'`);
    expect(await t.audit()).toContain('I4');
    expect(await t.audit()).not.toContain('I5');
  });

  it('I5: a hold without a row, a row without a hold, an end of what holds nothing', async () => {
    await t.sql(`DELETE FROM test_ledger_hold WHERE state = 'voided'`);
    expect(await t.audit()).toEqual(['I5']);
    await t.sql(`INSERT INTO test_ledger_hold SELECT id, 'voided', NULL FROM ${transfer}
      WHERE block_seq = 3 AND position = 1`);
    expect(await t.audit()).toEqual([]);
    await t.sql(`INSERT INTO test_ledger_hold VALUES (UNHEX(REPEAT('ab', 16)), 'posted', NULL)`);
    expect(await t.audit()).toEqual(['I5']);
    await t.sql(`DELETE FROM test_ledger_hold WHERE transfer_id = UNHEX(REPEAT('ab', 16))`);
    await t.sql(`UPDATE ${transfer} SET kind = 'posted' WHERE block_seq = 3 AND position = 1`);
    expect(await t.audit()).toContain('I5');
  });

  it('I5: two ends of one hold, where the key that forbids them is gone', async () => {
    await t.sql(`ALTER TABLE ${transfer} DROP KEY ${transfer}_resolves`);
    await t.sql(
      `INSERT INTO ${transfer} SELECT UNHEX(REPEAT('ab', 16)), 'void-pending', debit_account_id,
         credit_account_id, amount, unit, code, reference, pending_id, expires_at, 9, 0, created_at,
         digest FROM ${transfer} WHERE kind = 'post-pending'`,
    );
    expect(await t.audit()).toContain('I5');
  });

  it('I4 and I5: a hold whose state was set back', async () => {
    await t.sql(`UPDATE test_ledger_hold SET state = 'open' WHERE state = 'voided'`);
    expect(await t.audit()).toEqual(['I4', 'I5']);
  });

  it('I5: the database itself refuses a second end of a hold', async () => {
    const second = t.sql(
      `INSERT INTO ${transfer} SELECT UNHEX(REPEAT('ab', 16)), kind, debit_account_id,
         credit_account_id, amount, unit, code, reference, pending_id, expires_at, 9, 0, created_at,
         digest FROM ${transfer} WHERE kind = 'post-pending'`,
    );
    await expect(second).rejects.toThrow(/Duplicate/);
  });

  it('I6: a hold left open after its deadline', async () => {
    await t.sql(`UPDATE test_ledger_hold SET expires_at = '2020-01-01' WHERE state = 'open'`);
    expect(await t.audit()).toEqual(['I5', 'I6']);
  });
});
