import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { subjectChanged } from '@ddp/contracts/directory/events';
import { createSubject, readSubject } from '@ddp/contracts/directory/routes';
import {
  closeSubject,
  readSubjectPhoto,
  setSubjectPhoto,
} from '@ddp/contracts/directory/subject-routes';
import { personErased } from '@ddp/contracts/identity/events';
import { newId } from '@ddp/db-kit/ids';
import { openFolderStore } from '@ddp/files/file-store';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepSubjectPhotos } from '../src/operations/keep-subject-photo.ts';
import { type House, openHouse } from './house.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ddp-subject-photos-'));
let house: House;
beforeAll(async () => {
  house = await openHouse({ environment: { DIRECTORY_PHOTO_DIR: folder } });
  await house.plantAreas();
});
afterAll(async () => {
  expect(await house?.audit()).toEqual([]);
  await house?.stop();
});

let shade = 0;
/** A picture that no other is the same as, with a place in it. */
async function picture(width = 900, height = 1_200): Promise<string> {
  shade += 1;
  // Neighbouring colours would come out as the same bytes.
  const background = { r: (shade * 40) % 240, g: (shade * 90) % 250, b: 90 };
  const create = { width, height, channels: 3 as const, background };
  const bytes = await sharp({ create })
    .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitude: '39/1 36/1 0/1' } })
    .jpeg()
    .toBuffer();
  return bytes.toString('base64');
}
const hire = (personId = newId()) => {
  const body = { kind: 'worker' as const, name: '萨仁', areaCode: '150603001001', unitId: null };
  return house.call(createSubject, { body: { ...body, personId } }, house.officer);
};
const set = (id: string, data: string | null, by = house.officer, key = newId()) =>
  house.call(setSubjectPhoto, { params: { id }, body: { data } }, by, key);
const bytesOf = async (photoId: string) =>
  Buffer.from(await house.call(readSubjectPhoto, { params: { photoId } }, anonymous));
const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 'seen',
    (error: { slug: string }) => error.slug,
  );
const card = (id: string) => house.call(readSubject, { params: { id } }, serviceAs('codes'));
const filesKept = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

describe('the photo of a subject', () => {
  it('is made small without place and device, told of, and read by anybody at its address', async () => {
    const { id, photoId: none } = await hire();
    expect(none).toBeNull();
    const key = newId();
    const data = await picture();
    const { photoId, version } = await set(id, data, house.officer, key);
    expect(version).toBe(2);
    expect(await set(id, data, house.officer, key)).toMatchObject({ photoId, version: 2 });
    expect(await card(id)).toMatchObject({ photoId, version: 2 });
    const bytes = await bytesOf(photoId ?? '');
    expect(bytes.length).toBeLessThanOrEqual(30 * 1_024);
    const about = await sharp(bytes).metadata();
    expect(about).toMatchObject({ format: 'webp', width: 240, height: 320 });
    expect(about.exif).toBeUndefined();
    const told = (await house.sent(subjectChanged)).filter(({ subjectId }) => subjectId === id);
    expect(told).toHaveLength(2);
    const rows = await house.sql(
      "SELECT 1 FROM directory_audit WHERE action = 'set-subject-photo' AND object_id = ?",
      id,
    );
    expect(rows).toHaveLength(1);
  });

  it('may be kept by browsers for a day, and is nothing else than a picture', async () => {
    const { photoId } = await set((await hire()).id, await picture());
    const url = `http://directory.test/v1/subject-photos/${photoId}`;
    const answer = await house.fetchOf('directory')(new Request(url));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=86400, immutable');
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const missing = await house.fetchOf('directory')(
      new Request(`http://directory.test/v1/subject-photos/${'0'.repeat(64)}`),
    );
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  it('is nowhere any more once it is replaced, taken away, or its subject closed or erased', async () => {
    const personId = newId();
    const { id } = await hire(personId);
    const first = (await set(id, await picture())).photoId ?? '';
    const second = (await set(id, await picture())).photoId ?? '';
    expect(await statusOf(bytesOf(first))).toBe('not-found');
    expect(await statusOf(bytesOf(second))).toBe('seen');
    expect((await set(id, null)).photoId).toBeNull();
    expect(await statusOf(bytesOf(second))).toBe('not-found');
    const third = (await set(id, await picture())).photoId ?? '';
    await house.deliver('directory', {
      ...{ eventId: newId(), eventName: personErased.name, producer: 'identity' },
      ...{ payload: { personId }, requestId: 'test-request' },
    });
    await eventually(async () => (await statusOf(bytesOf(third))) === 'not-found');
    const other = await hire();
    const last = (await set(other.id, await picture())).photoId ?? '';
    const closing = { params: { id: other.id }, body: { reason: '离职' } };
    expect(await house.call(closeSubject, closing, house.officer)).toMatchObject({ photoId: null });
    expect(await statusOf(bytesOf(last))).toBe('not-found');
    expect(await statusOf(set(other.id, await picture()))).toBe('subject-closed');
  });

  it('is set by officers of the area alone, and from nothing else than a picture', async () => {
    const { id } = await hire();
    const data = await picture();
    expect(await statusOf(set(id, data, house.stranger))).toBe('not-found');
    expect(await statusOf(set(id, data, personAs('resident')))).toBe('forbidden');
    expect(await statusOf(set(newId(), data))).toBe('not-found');
    const text = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64');
    expect(await statusOf(set(id, text))).toBe('photo-refused');
    expect(await card(id)).toMatchObject({ photoId: null, version: 1 });
  });

  it('set many times at once is the last one, each a version of its own', async () => {
    const { id } = await hire();
    const pictures = await Promise.all(Array.from({ length: 6 }, () => picture(90, 90)));
    const answers = await Promise.all(pictures.map((data) => set(id, data)));
    const versions = answers.map(({ version }) => version).sort();
    expect(versions).toEqual([2, 3, 4, 5, 6, 7]);
    const newest = answers.find(({ version }) => version === 7);
    expect(await card(id)).toMatchObject({ photoId: newest?.photoId, version: 7 });
  });

  it('leaves no file behind that no subject shows', async () => {
    const { id } = await hire();
    const data = await picture();
    await set(id, data);
    await set(id, await picture());
    const tomorrow = () => Date.now() + 86_400_000;
    const photos = { store: openFolderStore(folder, tomorrow) };
    await sweepSubjectPhotos({ store: { db: house.db }, photos });
    const [{ shown } = { shown: 0 }] = await house.sql(
      'SELECT COUNT(DISTINCT photo_digest) AS shown FROM directory_subject',
    );
    expect(filesKept()).toHaveLength(Number(shown));
  });
});
