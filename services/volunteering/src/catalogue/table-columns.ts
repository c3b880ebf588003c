import type { consentKinds } from '@ddp/contracts/consent';
import type { ActivityState } from '@ddp/contracts/volunteering/activities';
import type { HoursKind } from '@ddp/contracts/volunteering/hours';
import type { SignUpState } from '@ddp/contracts/volunteering/sign-ups';
import type { Column } from '@ddp/paper/spreadsheet/column';

/** Headings of the tables that are taken out and brought in, in both languages. */
export const statisticColumns = [
  { key: 'areaCode', title: { zh: '区划代码', en: 'Area code' }, width: 18 },
  { key: 'areaName', title: { zh: '区划', en: 'Area' } },
  { key: 'period', title: { zh: '期间', en: 'Period' } },
  { key: 'people', title: { zh: '服务人数', en: 'People' } },
  { key: 'services', title: { zh: '服务人次', en: 'Services' } },
  { key: 'verifiedMinutes', title: { zh: '核实时长（小时）', en: 'Verified hours' } },
  { key: 'recordedMinutes', title: { zh: '补录时长（小时）', en: 'Recorded hours' } },
  { key: 'orders', title: { zh: '菜单服务单', en: 'Orders served' } },
  { key: 'activities', title: { zh: '活动数', en: 'Activities' } },
  { key: 'shifts', title: { zh: '班次数', en: 'Shifts' } },
  { key: 'teams', title: { zh: '队伍数', en: 'Teams' } },
] as const satisfies readonly Column[];

export const skillFigureColumns = [
  { key: 'name', title: { zh: '技能', en: 'Skill' } },
  { key: 'people', title: { zh: '服务人数', en: 'People' } },
  { key: 'services', title: { zh: '服务人次', en: 'Services' } },
  { key: 'verifiedMinutes', title: { zh: '核实时长（小时）', en: 'Verified hours' } },
] as const satisfies readonly Column[];

export const statisticNotes = [
  '第一行为全区域，其余为下一级区划；时长按班次开始之日计入，补录时长单列，不与核实时长相加。',
  '不足 5 人的数字，以及可由其余数字推出的数字，不予显示。区划调整前的服务计入当时所在区划。',
  'The first row is the whole area, the others are the areas right below it. A shift counts whole on the day it began; recorded hours stand apart.',
  'Figures of fewer than five people, and those that would follow from the rest, are not told. What was served before an area moved counts where it was.',
] as const;

export const consentWords: Record<(typeof consentKinds)[number], string> = {
  signed: '书面',
  spoken: '口头',
  guardian: '监护人',
};

const number = {
  key: 'number',
  title: { zh: '志愿者编号', en: 'Volunteer number' },
  required: true,
  width: 14,
  example: '10020030',
  note: {
    zh: '8 位志愿者编号，本人页面和名册上可见',
    en: 'the 8 digits that name a volunteer, on their page and on rosters',
  },
} as const;

const consent = [
  {
    key: 'consent',
    title: { zh: '同意方式', en: 'Consent' },
    required: true,
    example: '口头',
    note: { zh: '填写其一：书面、口头、监护人', en: 'one of: 书面, 口头, 监护人' },
  },
  {
    key: 'consentWords',
    title: { zh: '同意说明', en: 'How it was given' },
    required: true,
    width: 30,
    example: '本人电话确认',
    note: { zh: '谁在场、凭什么单据', en: 'who was there, which paper' },
  },
  {
    key: 'consentOn',
    title: { zh: '同意日期', en: 'Given on' },
    required: true,
    example: '2026-11-10',
    note: { zh: '年-月-日', en: 'year-month-day' },
  },
] as const;

export const memberColumns = [number, ...consent] as const satisfies readonly Column[];

export const signUpColumns = [
  number,
  {
    key: 'skill',
    title: { zh: '技能岗位', en: 'Skill' },
    example: '理发',
    note: { zh: '要求技能的名额填写，可空', en: 'for a place that wants one, may be empty' },
  },
  ...consent,
] as const satisfies readonly Column[];

const name = { key: 'maskedName', title: { zh: '姓名', en: 'Name' } } as const;
const shownNumber = { key: 'number', title: { zh: '志愿者编号', en: 'Volunteer number' } } as const;

export const memberListColumns = [
  shownNumber,
  name,
  { key: 'role', title: { zh: '角色', en: 'Role' } },
  { key: 'since', title: { zh: '申请日期', en: 'Applied on' }, width: 12 },
] as const satisfies readonly Column[];

export const rosterColumns = [
  shownNumber,
  name,
  { key: 'skill', title: { zh: '技能岗位', en: 'Skill' } },
  { key: 'state', title: { zh: '状态', en: 'State' } },
  { key: 'minor', title: { zh: '未成年人', en: 'Minor' } },
  { key: 'assisted', title: { zh: '代报名', en: 'By staff' } },
] as const satisfies readonly Column[];

export const hoursColumns = [
  { key: 'on', title: { zh: '日期', en: 'Day' }, width: 12 },
  { key: 'kind', title: { zh: '类别', en: 'Kind' } },
  shownNumber,
  name,
  { key: 'title', title: { zh: '内容', en: 'What for' }, width: 30 },
  { key: 'teamName', title: { zh: '队伍', en: 'Team' } },
  { key: 'areaPath', title: { zh: '区划', en: 'Area' }, width: 30 },
  { key: 'minutes', title: { zh: '分钟', en: 'Minutes' } },
  { key: 'beyondCap', title: { zh: '超出每日上限', en: 'Beyond the cap' } },
  { key: 'version', title: { zh: '更正次数', en: 'Corrections' } },
] as const satisfies readonly Column[];

export const activityColumns = [
  { key: 'title', title: { zh: '活动', en: 'Activity' }, width: 30 },
  { key: 'teamName', title: { zh: '队伍', en: 'Team' } },
  { key: 'areaPath', title: { zh: '区划', en: 'Area' }, width: 30 },
  { key: 'place', title: { zh: '地点', en: 'Place' } },
  { key: 'state', title: { zh: '状态', en: 'State' } },
  { key: 'createdOn', title: { zh: '创建日期', en: 'Drafted on' }, width: 12 },
] as const satisfies readonly Column[];

export const hoursKindWords: Record<HoursKind, string> = { verified: '核实', recorded: '补录' };
export const activityStateWords: Record<ActivityState, string> = {
  draft: '草稿',
  submitted: '待审',
  approved: '已审',
  published: '已发布',
  closed: '已结束',
  cancelled: '已取消',
};
export const signUpStateWords: Record<SignUpState, string> = {
  waiting: '候补',
  signed: '已报名',
  cancelled: '已取消',
  'handed-over': '已转让',
  lapsed: '候补未成',
};
