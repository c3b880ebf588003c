import type { StationLevel } from '@ddp/contracts/directory/coverage';
import type { PostRole, SubjectKind } from '@ddp/contracts/directory/schemas';
import type { UnitKind } from '@ddp/contracts/directory/units';

/** Words of the directory as they stand in the cells of a table. */
export const unitKindWords: Record<UnitKind, string> = {
  'guidance-centre': '指导中心',
  'service-centre': '服务中心',
  station: '社工站',
  room: '社工室',
  organization: '社会组织',
};
export const subjectKindWords: Record<SubjectKind, string> = {
  worker: '社工',
  organization: '社会组织',
  volunteer: '志愿者',
};
export const postRoleWords: Record<PostRole, string> = {
  'volunteer-leader': '志愿者领队',
  'grid-worker': '网格员',
  'community-officer': '社区工作者',
  'banner-officer': '旗区工作人员',
  'city-officer': '市级工作人员',
  auditor: '审计员',
};
export const levelWords: Record<StationLevel, string> = {
  city: '市',
  banner: '旗区',
  township: '苏木乡镇街道',
  community: '社区',
};

/** The key of a word, or null where it is none of them. */
export function keyOfWord<K extends string>(words: Record<K, string>, word: string): K | null {
  const keys = Object.keys(words) as K[];
  return keys.find((key) => words[key] === word || key === word) ?? null;
}

const choice = (words: Record<string, string>) => {
  const all = Object.values(words).join('、');
  return { zh: `填写其一：${all}`, en: `one of: ${all}` };
};

const areaCode = {
  key: 'areaCode',
  title: { zh: '区划代码', en: 'Area code' },
  required: true,
  width: 18,
  example: '150603003001',
  note: { zh: '官方区划代码，或网格代码', en: 'official division code, or the code of a grid' },
} as const;
const personId = {
  title: { zh: '人员编号', en: 'Person id' },
  width: 40,
  example: '0195512a-0000-7000-8000-000000000001',
} as const;
const unitName = {
  key: 'unitName',
  title: { zh: '所在单位', en: 'Unit' },
  example: '滨河社工室',
  note: {
    zh: '同一区划内的单位名称，可空',
    en: 'name of a unit in the same area, may be empty',
  },
} as const;

export const unitColumns = [
  { key: 'name', title: { zh: '名称', en: 'Name' }, required: true, example: '滨河社工室' },
  {
    key: 'kind',
    title: { zh: '类型', en: 'Kind' },
    required: true,
    example: '社工室',
    note: choice(unitKindWords),
  },
  areaCode,
  { key: 'address', title: { zh: '地址', en: 'Address' }, example: '滨河路 1 号' },
  {
    key: 'contactPhone',
    title: { zh: '单位电话', en: 'Desk phone' },
    example: '0477-8590000',
    note: { zh: '单位的办公电话，不填个人手机', en: 'of the desk, never of a person' },
  },
] as const;

export const subjectColumns = [
  {
    key: 'kind',
    title: { zh: '类型', en: 'Kind' },
    required: true,
    example: '社工',
    note: choice(subjectKindWords),
  },
  { key: 'name', title: { zh: '名称', en: 'Name' }, required: true, example: '乌兰' },
  { key: 'title', title: { zh: '职务', en: 'Title' }, example: '社工' },
  areaCode,
  unitName,
  {
    ...personId,
    key: 'personId',
    note: {
      zh: '社工和志愿者必填，社会组织不填',
      en: 'of a worker or volunteer, empty for an organization',
    },
  },
] as const;

export const postColumns = [
  { ...personId, key: 'personId', required: true },
  {
    key: 'role',
    title: { zh: '角色', en: 'Role' },
    example: '网格员',
    note: {
      zh: `可空（无权限的岗位）；${choice(postRoleWords).zh}`,
      en: `empty for a post without authority; ${choice(postRoleWords).en}`,
    },
  },
  areaCode,
  unitName,
  {
    key: 'fromOn',
    title: { zh: '开始日期', en: 'From' },
    required: true,
    width: 14,
    example: '2026-01-01',
  },
  {
    key: 'toOn',
    title: { zh: '截止日期', en: 'To' },
    width: 14,
    example: '2027-12-31',
    note: { zh: '含当日，可空', en: 'that day included, may be empty' },
  },
] as const;

export const gridColumns = [
  {
    key: 'communityCode',
    title: { zh: '社区代码', en: 'Community code' },
    required: true,
    width: 18,
    example: '150603003001',
  },
  {
    key: 'number',
    title: { zh: '网格编号', en: 'Grid number' },
    required: true,
    example: '001',
    note: { zh: '2 至 6 位数字，社区内不重复', en: '2 to 6 digits, unique in the community' },
  },
  { key: 'name', title: { zh: '名称', en: 'Name' }, required: true, example: '第一网格' },
  {
    key: 'households',
    title: { zh: '户数', en: 'Households' },
    required: true,
    example: '420',
    note: { zh: '建议 300 至 500 户', en: '300 to 500 are advised' },
  },
] as const;

export const coverageColumns = [
  { key: 'level', title: { zh: '级别', en: 'Level' } },
  { key: 'code', title: { zh: '区划代码', en: 'Area code' } },
  { key: 'name', title: { zh: '名称', en: 'Name' } },
  { key: 'station', title: { zh: '是否有站点', en: 'Station' } },
  { key: 'workers', title: { zh: '持证社工人数', en: 'Certified workers' } },
] as const;
