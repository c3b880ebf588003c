import { flattenText } from '../flat-text.ts';

/**
 * Words of basic public services: schools, medical care, social insurance, subsidies, household
 * registration, permits, police, housing and jobs are never priced in points.
 */
const forbidden: readonly RegExp[] = [
  // 加入学习小组 and 进入学堂 are no admission to a school.
  /(?<![加进融深投])入学|学位|择校|升学|招生|学籍|学区|转学/u,
  /就医|挂号|住院|门诊|医保|医疗|疫苗/u,
  /社保|社会保险|养老金|退休金|公积金|低保|最低生活保障|特困/u,
  /补贴|补助|救助金|抚恤|优抚/u,
  /户籍|户口|落户|居住证|身份证|护照|驾驶证|驾照/u,
  /许可|办证|执照|审批|年检|免罚|罚款/u,
  /公安|派出所|无犯罪记录/u,
  /公租房|廉租房|保障房|保障性住房|经济适用房|轮候|安置房/u,
  /就业|编制|入编|公务员|事业编|录用|招聘|考录/u,
];

/** The word of a basic public service that a text names, or null. */
export function findForbiddenWord(text: string): string | null {
  const plain = flattenText(text);
  for (const pattern of forbidden) {
    const [word] = pattern.exec(plain) ?? [];
    if (word !== undefined) return word;
  }
  return null;
}
