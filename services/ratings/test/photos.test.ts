import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { personErased } from '@ddp/contracts/identity/events';
import { listRatingPhotos, readPhoto, uploadPhoto } from '@ddp/contracts/ratings/photo-routes';
import { newId } from '@ddp/db-kit/ids';
import { openFolderStore } from '@ddp/files/file-store';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepPhotos } from '../src/operations/keep-photos.ts';
import { type House, openHouse } from './house.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ddp-photos-'));
/** A red dot of one pixel. */
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

let house: House;
beforeAll(async () => {
  house = await openHouse({ RATINGS_PHOTO_DIR: folder });
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const upload = (principal = personAs('resident'), data = dot, key = newId()) =>
  house.call(uploadPhoto, { body: { data } }, principal, key);
const filesKept = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

describe('a photo', () => {
  it('is seen by its rater and the officers of the area, and by nobody else', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    const { id } = await upload(resident);
    await expect(house.call(readPhoto, { params: { id } }, resident)).rejects.toMatchObject({
      slug: 'not-found',
    });
    const rating = await house.rate(token, resident, { photoIds: [id] });
    expect(rating.photoCount).toBe(1);
    const worker = personAs('resident', { personId: house.scanOf(token).subjectPersonId ?? '' });
    const elsewhere = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
    const seen = (principal: typeof resident) =>
      house.call(readPhoto, { params: { id } }, principal).then(
        (bytes) => Buffer.from(bytes).subarray(8, 12).toString(),
        (error: { slug: string }) => error.slug,
      );
    expect(await seen(resident)).toBe('WEBP');
    expect(await seen(house.officer)).toBe('WEBP');
    for (const stranger of [worker, elsewhere, personAs('resident'), personAs('grid-worker')]) {
      expect(await seen(stranger)).toBe('not-found');
    }
    const listed = { params: { id: rating.id } };
    const { items } = await house.call(listRatingPhotos, listed, house.officer);
    expect(items).toMatchObject([{ id, mediaType: 'image/webp' }]);
    await expect(house.call(listRatingPhotos, listed, worker)).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(house.call(readPhoto, { params: { id } }, anonymous)).rejects.toMatchObject({
      slug: 'not-signed-in',
    });
  });

  it('goes with one rating of its own rater only', async () => {
    const resident = personAs('resident');
    const { id } = await upload(resident);
    const photoIds = [id];
    const missing = { slug: 'photo-missing' };
    await expect(
      house.rate(house.addCode(), personAs('resident'), { photoIds }),
    ).rejects.toMatchObject(missing);
    await expect(
      house.rate(house.addCode(), resident, { photoIds: [newId()] }),
    ).rejects.toMatchObject(missing);
    await expect(
      house.rate(house.addCode(), resident, { photoIds: [id, id] }),
    ).rejects.toMatchObject(missing);
    const outcomes = await Promise.allSettled([
      house.rate(house.addCode(), resident, { photoIds }),
      house.rate(house.addCode(), resident, { photoIds }),
    ]);
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('that is none is refused, and a repeated upload is one photo', async () => {
    const resident = personAs('resident');
    const html = Buffer.from('<html>').toString('base64');
    await expect(upload(resident, html)).rejects.toMatchObject({ slug: 'photo-refused' });
    const key = newId();
    expect(await upload(resident, dot, key)).toEqual(await upload(resident, dot, key));
  });

  it('beyond six that wait for a rating is refused', async () => {
    const resident = personAs('resident');
    for (let count = 0; count < 6; count += 1) await upload(resident);
    await expect(upload(resident)).rejects.toMatchObject({ slug: 'too-many-requests' });
  });

  it('beyond six is refused also where all come at once, and from who could not use it', async () => {
    const resident = personAs('resident');
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => upload(resident)));
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(6);
    await expect(upload(anonymous as typeof resident)).rejects.toMatchObject({
      slug: 'not-signed-in',
    });
    expect(await upload(house.guest() as typeof resident)).toHaveProperty('id');
  });

  it('comes with the form of the scan page, without any script, once however often it is sent', async () => {
    const token = house.addCode();
    const open = (body: FormData) =>
      house.fetchOf('ratings')(
        new Request(`http://ratings.test/e/${token}`, { method: 'POST', body, redirect: 'manual' }),
      );
    const form = () => {
      const data = new FormData();
      data.set('key', key);
      data.set('level', '4');
      data.append('photos', new File([Buffer.from(dot, 'base64')], 'IMG_1.png'));
      return data;
    };
    const key = newId();
    const [first, second] = [await open(form()), await open(form())];
    expect([first.status, second.status]).toEqual([303, 303]);
    const subject = Buffer.from(house.subjectOf(token).replaceAll('-', ''), 'hex');
    const rows = await house.sql(
      `SELECT COUNT(*) AS photos FROM ratings_photo p JOIN ratings_rating r ON r.id = p.rating_id
        WHERE r.subject_id = ?`,
      subject,
    );
    expect(Number(rows[0]?.photos)).toBe(1);
    const four = form();
    four.set('key', newId());
    for (let more = 0; more < 3; more += 1) {
      four.append('photos', new File([Buffer.from(dot, 'base64')], 'IMG.png'));
    }
    const refused = await open(four);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('最多 3 张照片');
  });

  it('is dropped with the person, and after a day without a rating, and its file with it', async () => {
    const resident = personAs('resident');
    const { id } = await upload(resident);
    await house.rate(house.addCode(), resident, { photoIds: [id] });
    await upload(personAs('resident'));
    await house.tell(personErased, { personId: resident.personId }, 'identity');
    const rowOf = (photo: string) =>
      house.sql(
        'SELECT id FROM ratings_photo WHERE id = ?',
        Buffer.from(photo.replaceAll('-', ''), 'hex'),
      );
    await eventually(async () => (await rowOf(id)).length === 0);
    house.clock.advanceMs(25 * 3_600_000);
    const store = { db: house.db, clock: house.clock };
    await sweepPhotos({ store, photos: { store: openFolderStore(folder) } });
    const free = await house.sql('SELECT id FROM ratings_photo WHERE rating_id IS NULL');
    expect(free).toEqual([]);
    // The same dot is kept for other ratings; its file is one, and stays for them.
    expect(filesKept()).toHaveLength(1);
  });
});
