import { defineProblem } from '../problem.ts';

export const directoryProblems = {
  unknownUnit: defineProblem('unknown-unit', 422, '没有这个单位', 'There is no such unit'),
  orphanArea: defineProblem(
    'orphan-area',
    422,
    '上级区划不存在',
    'An area names a parent that is not there',
  ),
  postPeriodInvalid: defineProblem(
    'post-ends-before-it-begins',
    422,
    '截止日期不能早于开始日期',
    'The last day comes before the first',
  ),
  programmeInForce: defineProblem(
    'programme-in-force',
    409,
    '该区划已有生效的方案',
    'A programme is already in force in this area',
  ),
  personRequired: defineProblem(
    'person-required',
    422,
    '社工和志愿者须对应一名人员，社会组织则不对应',
    'A worker or volunteer is a person, an organization is not',
  ),
};
