import { mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolderStore } from './file-store.ts';

const day = 86_400_000;
const newFolder = () => mkdtempSync(path.join(tmpdir(), 'ddp-files-'));
const kept =
  (...digests: string[]) =>
  async () =>
    new Set(digests);
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

describe('a store of files', () => {
  it('keeps bytes once, under what they are, for its own eyes alone', async () => {
    const folder = newFolder();
    const store = openFolderStore(folder);
    const digest = await store.put(Buffer.from('photo'));
    expect(await store.put(Buffer.from('photo'))).toBe(digest);
    expect((await store.read(digest))?.toString()).toBe('photo');
    const [file, ...others] = filesIn(folder);
    expect(others).toEqual([]);
    const place = path.join(file?.parentPath ?? '', file?.name ?? '');
    expect(statSync(place).mode & 0o077).toBe(0);
  });

  it('keeps the same bytes that come at once from many, once and whole', async () => {
    const folder = newFolder();
    const store = openFolderStore(folder);
    const bytes = Buffer.alloc(100_000, 7);
    const digests = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes)));
    expect(new Set(digests).size).toBe(1);
    expect(filesIn(folder)).toHaveLength(1);
    expect((await store.read(digests[0] ?? ''))?.equals(bytes)).toBe(true);
  });

  it('gives nothing for what it does not keep, and nothing that was changed since', async () => {
    const folder = newFolder();
    const store = openFolderStore(folder);
    expect(await store.read('0'.repeat(64))).toBeNull();
    const digest = await store.put(Buffer.from('photo'));
    writeFileSync(path.join(folder, digest.slice(0, 2), digest), 'other');
    await expect(store.read(digest)).rejects.toThrow('damaged');
  });

  it('has no way out of its folder', async () => {
    const store = openFolderStore(newFolder());
    await expect(store.read('../../etc/passwd')).rejects.toThrow('not a digest');
  });

  it('sweeps what nobody keeps, and nothing that is young or came again', async () => {
    const folder = newFolder();
    let now = Date.now();
    const store = openFolderStore(folder, () => now);
    const orphan = await store.put(Buffer.from('orphan'));
    const owned = await store.put(Buffer.from('owned'));
    expect(await store.sweep(kept())).toBe(0);
    now += day;
    const again = await store.put(Buffer.from('again'));
    expect(await store.sweep(kept(owned))).toBe(1);
    expect(await store.read(orphan)).toBeNull();
    expect(await store.read(owned)).not.toBeNull();
    expect(await store.read(again)).not.toBeNull();
    now += day;
    await store.put(Buffer.from('again'));
    expect(await store.sweep(kept(owned))).toBe(0);
  });

  it('sweeps nothing that came again while its owners were asked for', async () => {
    const folder = newFolder();
    let now = Date.now();
    const store = openFolderStore(folder, () => now);
    const digest = await store.put(Buffer.from('photo'));
    now += day;
    const removed = await store.sweep(async () => {
      await store.put(Buffer.from('photo'));
      return new Set();
    });
    expect(removed).toBe(0);
    expect(await store.read(digest)).not.toBeNull();
  });

  it('sweeps what was left half written', async () => {
    const folder = newFolder();
    const store = openFolderStore(folder);
    const digest = await store.put(Buffer.from('photo'));
    const half = path.join(folder, digest.slice(0, 2), `${digest}.half`);
    writeFileSync(half, 'ph');
    utimesSync(half, new Date(0), new Date(0));
    expect(await store.sweep(kept(digest))).toBe(1);
    expect(filesIn(folder)).toHaveLength(1);
  });
});
