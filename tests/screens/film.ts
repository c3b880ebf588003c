import { type QrMatrix, quietZoneModules } from '@ddp/qr/matrix';

const width = 640;
const height = 480;
const black = 16;
const white = 235;

/** A film of one picture, YUV4MPEG2, that shows a symbol as a phone held before a camera would. */
export function filmOf(matrix: QrMatrix): Buffer {
  const module = Math.floor((height * 0.8) / (matrix.size + 2 * quietZoneModules));
  const side = module * matrix.size;
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const luma = Buffer.alloc(width * height, white);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const isDark = matrix.isDark(Math.floor(y / module), Math.floor(x / module));
      if (isDark) luma[(top + y) * width + left + x] = black;
    }
  }
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`;
  return Buffer.concat([Buffer.from(head), frame, frame]);
}

/** What makes a Chromium take the film for its camera, and ask nobody for it. */
export function camerasOf(film: string): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ];
}
