import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findIn, openDesk, press, see } from './desk.ts';

/** The link of a wall is shown once, shows its area, and is ended. */
export async function setUpWall(page: Page): Promise<void> {
  await openDesk(page, '/walls');
  await press(page, '开通大屏');
  await findIn(page, '显示哪个区划', '鄂尔多斯市');
  await page.getByRole('dialog').getByLabel('屏幕放在哪里').fill('一楼大厅');
  await press(page, '开通大屏');
  const link = await page.getByLabel('链接', { exact: true }).inputValue();
  const wall = await page.context().newPage();
  await wall.goto(link);
  await wall.getByRole('heading', { name: '鄂尔多斯市' }).waitFor();
  await press(page, '停用');
  await press(page, '停用');
  await see(page, '还没有大屏');
  await wall.getByRole('heading', { name: '这块屏幕的链接已失效' }).waitFor();
  await wall.close();
  await page.reload();
  await see(page, '还没有大屏');
  expect(await page.content()).not.toContain(link.split('#k=')[1]);
}

/** A map that does not fit is refused in words; one that does is kept. */
export async function bringMap(page: Page): Promise<void> {
  await openDesk(page, '/maps');
  await see(page, '还没有地图');
  const fileOf = (code: string) => ({
    name: 'map.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { code },
            geometry: { type: 'Polygon', coordinates: [ring] },
          },
        ],
      }),
    ),
  });
  const ring = [
    [109, 39],
    [110, 39],
    [110, 40],
    [109, 39],
  ];
  await page.locator('input[name=map]').setInputFiles(fileOf('999999'));
  await press(page, '上传地图');
  await see(page, '第 1 块');
  await page.locator('input[name=map]').setInputFiles(fileOf('150603'));
  await press(page, '上传地图');
  await see(page, '1 个下级区划中，1 个有边界');
}

/** Who serves in a shift, and hours corrected; the path of the activity. */
export async function correctHours(page: Page): Promise<string> {
  await openDesk(page, '/activities');
  await page.getByRole('link', { name: /清洁河岸/ }).click();
  await see(page, '报名中');
  await see(page, '服务中');
  const activity = new URL(page.url()).pathname;
  await openDesk(page, '/hours');
  await page.getByRole('button', { name: '更正', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('积分和统计随之更正').waitFor();
  await dialog.getByLabel('正确的分钟数').fill('240');
  await dialog.getByLabel('原因').fill('登记时多写了一小时');
  await press(page, '更正');
  await page.getByRole('cell', { name: '240', exact: true }).waitFor();
  return activity;
}
