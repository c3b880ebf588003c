import type { AreaReport } from '@ddp/contracts/ratings/area-report-schemas';
import type { Column } from '@ddp/paper/spreadsheet/column';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import { outcomeNames } from './report-words.ts';

const column = (key: string, zh: string, en: string): Column => ({ key, title: { zh, en } });

const figureColumns = [
  column('count', '实名评价', 'Verified'),
  column('guestCount', '游客评价', 'Guests'),
  column('assistedCount', '代评', 'Assisted'),
  column('mean', '平均分', 'Mean'),
  column('margin', '95% 区间 ±', 'Margin'),
  column('level5', '非常满意', 'Level 5'),
  column('level4', '满意', 'Level 4'),
  column('level3', '基本满意', 'Level 3'),
  column('level2', '不满意', 'Level 2'),
  column('level1', '非常不满意', 'Level 1'),
];
const followUpColumns = [
  column('opened', '新开差评整改', 'Opened'),
  column('closed', '办结', 'Closed'),
  column('closedOnTime', '按期办结', 'Closed on time'),
  column('overdue', '当月逾期', 'Overdue'),
  column('openAtEnd', '月末未结', 'Open at the end'),
];
/** The product's rule goes with every figure that leaves the house. */
const noticeColumn = column('notice', '说明', 'Notice');

type Figures = Pick<
  AreaReport,
  'count' | 'guestCount' | 'assistedCount' | 'mean' | 'margin' | 'levels'
>;

function cellsOf({ count, guestCount, assistedCount, mean, margin, levels }: Figures) {
  const byLevel = Object.fromEntries(levels.map((one, index) => [`level${index + 1}`, one]));
  return { count, guestCount, assistedCount, mean, margin, ...byLevel };
}

export function toWorkbook(report: AreaReport): Promise<Uint8Array<ArrayBuffer>> {
  const { areaName, month, trend, parts, followUps, notice } = report;
  const { outcomes, ...counts } = followUps;
  const place = column('areaName', '区域', 'Area');
  const time = column('month', '月份', 'Month');
  return writeWorkbook([
    {
      name: '本月',
      columns: [place, time, ...figureColumns, ...followUpColumns, noticeColumn],
      rows: [{ areaName, month, ...cellsOf(report), ...counts, notice }],
    },
    {
      name: '近十二个月',
      columns: [time, ...figureColumns, noticeColumn],
      rows: trend.map((one) => ({ month: one.month, ...cellsOf(one), notice })),
    },
    {
      name: '各区域（近十二个月）',
      columns: [place, ...figureColumns, noticeColumn],
      rows: parts.map((one) => ({ areaName: one.areaName, ...cellsOf(one), notice })),
    },
    {
      name: '办结情况',
      columns: [column('outcome', '结果', 'Outcome'), column('count', '件数', 'Cases')],
      rows: outcomes.map(({ outcome, count }) => ({ outcome: outcomeNames[outcome], count })),
    },
  ]);
}
