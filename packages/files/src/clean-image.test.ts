import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cleanImage, ImageRefusedError } from './clean-image.ts';

const limits = { maxBytes: 5 * 1024 * 1024, maxSide: 1_600 };
const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } });

describe('a picture', () => {
  it('loses place, time and device, and is turned as it was taken', async () => {
    const photo = await canvas(40, 20)
      .withExif({
        IFD0: { Make: 'Phone', Orientation: '6' },
        IFD3: { GPSLatitude: '39/1 36/1 0/1', GPSLongitude: '109/1 48/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const clean = await cleanImage(photo, limits);
    const about = await sharp(clean.bytes).metadata();
    expect(about).toMatchObject({ format: 'webp', width: 20, height: 40 });
    expect([about.exif, about.iptc, about.xmp, about.icc]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(clean.bytes.includes('Phone')).toBe(false);
  });

  it('is made smaller and never larger', async () => {
    const large = await cleanImage(await canvas(4_000, 1_000).png().toBuffer(), limits);
    expect(await sharp(large.bytes).metadata()).toMatchObject({ width: 1_600, height: 400 });
    const small = await cleanImage(await canvas(10, 10).webp().toBuffer(), limits);
    expect(await sharp(small.bytes).metadata()).toMatchObject({ width: 10, height: 10 });
  });

  it('is made so light as is asked, by detail first, and stays as large', async () => {
    const noise = sharp({
      create: {
        ...{ width: 640, height: 640, channels: 3, background: '#888' },
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    });
    const bytes = await noise.png().toBuffer();
    const light = await cleanImage(bytes, { ...limits, maxSide: 320, mostBytes: 30_720 });
    expect(light.bytes.length).toBeLessThanOrEqual(30_720);
    expect(await sharp(light.bytes).metadata()).toMatchObject({ width: 320, height: 320 });
    const tiny = await cleanImage(bytes, { ...limits, maxSide: 320, mostBytes: 1_000 });
    expect(tiny.bytes.length).toBeLessThanOrEqual(1_000);
  });

  it('is refused where it is none, is cut off, too heavy, or unfolds beyond all bounds', async () => {
    const png = await canvas(800, 800).png().toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const bomb = await sharp({
      create: { width: 16_000, height: 16_000, channels: 3, background: '#000' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    const html = Buffer.from('<html><script>alert(1)</script>');
    const gif = Buffer.from('GIF89a');
    for (const bytes of [svg, html, gif, Buffer.alloc(0), png.subarray(0, 200), bomb]) {
      await expect(cleanImage(bytes, limits)).rejects.toThrow(ImageRefusedError);
    }
    const tiny = { ...limits, maxBytes: 10 };
    await expect(cleanImage(png, tiny)).rejects.toThrow(ImageRefusedError);
  });

  it('that hides a program behind its pixels comes out without it', async () => {
    const png = await canvas(10, 10).png().toBuffer();
    const hidden = Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]);
    expect((await cleanImage(hidden, limits)).bytes.includes('script')).toBe(false);
  });
});
