import type { Page } from 'playwright-core';
import { findIn, openDesk, press, see, untilDone } from './desk.ts';

/** A version of what is asked of those who rate: drafted, whole or not sent, then published for good. */
export async function publishQuestions(page: Page): Promise<void> {
  await openDesk(page, '/question-sets');
  await press(page, '起草新版本');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('问题', { exact: true }).fill('这次办事您满意吗？');
  await dialog.getByLabel('问题（英文）').fill('Was it done well?');
  const removal = dialog.getByRole('button', { name: '去掉这条理由' });
  while ((await removal.count()) > 1) await removal.last().click();
  await dialog.getByText('都要填写').waitFor();
  await dialog.getByLabel('非常满意').check();
  await press(page, '保存草案');
  await page.getByRole('cell', { name: '草案', exact: true }).waitFor();
  await press(page, '发布');
  await see(page, '只能由下一个版本接替');
  await press(page, '发布');
  await page.getByRole('cell', { name: '已发布', exact: true }).waitFor();
}

/** Deadlines and settings of points that hold from tomorrow on. */
export async function setProgramme(page: Page): Promise<void> {
  await openDesk(page, '/follow-up-terms');
  await press(page, '修改时限');
  await page.getByRole('dialog').getByRole('spinbutton', { name: '办结', exact: true }).fill('12');
  await press(page, '保存');
  await see(page, '已保存第 1 版');
  await openDesk(page, '/points-settings');
  await press(page, '修改设置');
  await page.getByRole('dialog').getByRole('button', { name: '去掉' }).last().click();
  await press(page, '保存');
  await see(page, '已保存第 1 版');
}

/** A word that is looked at before it is shown, by the administrator. */
export async function screenWord(page: Page): Promise<void> {
  await openDesk(page, '/screened-words');
  await press(page, '添加敏感词');
  await page.getByRole('dialog').getByLabel('敏感词').fill('骗子');
  await press(page, '添加敏感词');
  await page.getByRole('cell', { name: '骗子', exact: true }).waitFor();
}

/** A community more by the table, moved with its reason, and a grid in it; the path of its history. */
export async function arrangeAreas(page: Page): Promise<string> {
  await openDesk(page, '/areas');
  await press(page, '导入区划');
  const rows = ['代码,名称,级别,上级代码', '150603004,城西街道,苏木乡镇街道,150603'];
  const community = '150603004001,河湾社区,嘎查社区,150603004';
  const tableOf = (lines: string[]) => ({
    name: 'areas.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  const file = page.locator('input[name=areas]');
  await file.setInputFiles(tableOf([...rows, '1506030,坏行,省,150603']));
  await see(page, '级别不对');
  await file.setInputFiles(tableOf([...rows, community]));
  await press(page, '导入 2 行');
  await see(page, '新增 2 个');
  await openDesk(page, '/areas?search=河湾');
  await press(page, '划归另一上级');
  await findIn(page, '新的上级', '滨河街道');
  await page.getByRole('dialog').getByLabel('依据').fill('康政发〔2026〕3 号');
  await press(page, '划归另一上级');
  await untilDone(page);
  await openDesk(page, '/relocations');
  await page.getByRole('cell', { name: '划归', exact: true }).waitFor();
  await openDesk(page, '/grids');
  await press(page, '设立网格');
  await findIn(page, '嘎查社区', '示范社区');
  await page.getByRole('dialog').getByLabel('网格编号').fill('01');
  await page.getByRole('dialog').getByLabel('名称').fill('第一网格');
  await press(page, '设立网格');
  await untilDone(page);
  await page.getByRole('cell', { name: '第一网格' }).waitFor();
  const history = '/desk/areas/150603004001/history';
  await page.goto(history);
  await see(page, '康政发〔2026〕3 号');
  return history;
}
