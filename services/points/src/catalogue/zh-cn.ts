import type { Catalogue } from './catalogue-form.ts';

export const zhCn: Catalogue = {
  why: {
    award: (points, rule, isWaiting) =>
      isWaiting
        ? `${rule}：品德值加 ${points}，${points} 分待确认后可用`
        : `${rule}：品德值加 ${points}，可用积分加 ${points}`,
    maturity: (points, rule) => `${rule}：${points} 分已确认，可以使用`,
    hold: (points) => `兑换权益，冻结 ${points} 分`,
    spending: (points) => `券已核销，扣除 ${points} 分`,
    return: (points) => `兑换没有用掉，解冻 ${points} 分`,
    expiry: (points) => `${points} 分已到有效期，自动失效；品德值不变`,
    'reversal-notice': (points, rule) => `${rule}：拟收回 ${points} 分，申诉期内不扣`,
    'reversal-lifted': (points, rule) => `${rule}：不再收回 ${points} 分`,
    reversal: (points, rule) => `${rule}：收回 ${points} 分品德值和尚未用掉的积分`,
    undoing: (points, rule) => `${rule}：本人已撤回评价，为它加的 ${points} 分品德值和积分一并收回`,
    recovery: (points) => `冻结期间有积分被收回，退回的 ${points} 分一并收回`,
    leaving: (points) => `退出品德积分，未用的 ${points} 分作废，品德值保留`,
  },
  rules: {
    rating: '评价服务',
    activity: '参加活动',
    meeting: '参加议事',
    mediation: '调解纠纷',
    volunteering: '志愿服务',
    'good-deed': '好人好事',
    honour: '荣誉表彰',
  },
  deciders: {
    rule: '按规则自动计算',
    'grid-worker': '网格员',
    'community-officer': '社区工作人员',
    'banner-officer': '旗区工作人员',
    'city-officer': '市级工作人员',
  },
  appealAward: (days) => `有异议可在 ${days} 日内向社区提出，由授予人以外的人员处理`,
  appealReversal: (days) =>
    `可在通知后 ${days} 日内申诉，由作出通知者以外的人员处理；处理完之前不扣`,
  appealOther: '有疑问可联系社区工作人员核对',
};
