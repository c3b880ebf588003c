import type { Catalogue } from './catalogue-form.ts';

export const zhCn: Catalogue = {
  messages: {
    'points-awarded': { title: '积分到账', text: '您获得 {points} 分，原因：{reason}。' },
    'award-proposed': {
      title: '有积分待同意',
      text: '有人提出因“{reason}”授予 {points} 分，须由提出人以外的人员同意。',
    },
    'award-published': {
      title: '您的积分正在公示',
      text: '因“{reason}”拟授予您 {points} 分，公示期满无异议后到账。',
    },
    'award-withdrawn': {
      title: '积分未授予',
      text: '因“{reason}”拟授予您的 {points} 分没有授予。有疑问可联系社区工作人员。',
    },
    'reversal-noticed': {
      title: '拟收回积分',
      text: '因“{reason}”授予的 {points} 分拟收回。{until}（含当日）前可以申诉，处理完之前不扣。',
    },
    'reversal-lifted': {
      title: '不再收回积分',
      text: '因“{reason}”授予的 {points} 分不再收回。',
    },
    'points-reversed': {
      title: '积分已收回',
      text: '因“{reason}”授予的 {points} 分已收回；已经用掉的不再追回。',
    },
    'voucher-issued': {
      title: '兑换成功',
      text: '您兑换的“{benefit}”已发券，请在 {expiresOn}（含当日）前使用。',
    },
    'voucher-verified': { title: '券已使用', text: '您的“{benefit}”已在{merchant}使用。' },
    'voucher-expired': {
      title: '券已过期',
      text: '您的“{benefit}”未使用，已过期，{points} 分已退回。',
    },
    'redemption-failed': { title: '兑换未成功', text: '“{benefit}”未能兑换，原因：{reason}。' },
    'redemption-cancelled': {
      title: '兑换已取消',
      text: '“{benefit}”已取消，冻结的 {points} 分会退回。',
    },
    'objection-received': {
      title: '收到公示异议',
      text: '公示 {reference} 收到异议，须由发布人以外的人员答复。',
    },
    'objection-answered': {
      title: '异议已答复',
      text: '您对公示 {reference} 提出的异议已答复，结论：{verdict}。',
    },
    'certificate-expiring': {
      title: '证书即将到期',
      text: '您的{level}证书 {expiresOn} 到期，还有 {days} 天，请及时办理续期。',
    },
    'staff-certificate-expiring': {
      title: '社工证书即将到期',
      text: '编号 {number} 的{level}证书 {expiresOn} 到期，还有 {days} 天，请提醒本人续期。',
    },
  },
  texts: {
    'sign-in-code': '验证码 {code}，{minutes} 分钟内有效。工作人员不会向您索要，请勿告诉他人。',
  },
  words: {
    upheld: '成立',
    rejected: '不成立',
    rating: '评价服务',
    activity: '参加活动',
    meeting: '参加议事',
    mediation: '调解纠纷',
    volunteering: '志愿服务',
    'good-deed': '好人好事',
    honour: '荣誉表彰',
    senior: '高级社会工作师',
    intermediate: '社会工作师',
    junior: '助理社会工作师',
    'insufficient-points': '积分不足',
    'level-too-low': '等级还不够',
    'not-participating': '尚未加入品德积分',
    'sold-out': '已兑完',
    'not-completed': '没有按时完成',
  },
  signature: '【码上生活】',
};
