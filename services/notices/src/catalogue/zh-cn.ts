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
    'verification-undone': {
      title: '核销已撤销',
      text: '{merchant}撤销了“{benefit}”的核销，券可以继续使用，积分仍为冻结。',
    },
    'voucher-ending': {
      title: '券快到期了',
      text: '您的“{benefit}”还有 {days} 天到期，请在 {expiresOn}（含当日）前使用。',
    },
    'gift-offered': {
      title: '有人转赠给您一张券',
      text: '有人把“{benefit}”转赠给您，请在 {until}（含当日）前到“我的转赠”接受或谢绝。',
    },
    'gift-accepted': { title: '转赠已被接受', text: '您转赠的“{benefit}”已被接受。' },
    'gift-ended': { title: '转赠已结束', text: '“{benefit}”的转赠已结束：{outcome}。' },
    'waiting-offered': {
      title: '候补到了',
      text: '您候补的“{benefit}”在{merchant}有了名额，为您保留到 {until}，请到“我的候补”确认兑换。',
    },
    'waiting-lapsed': {
      title: '候补名额已让出',
      text: '为您保留的“{benefit}”未在期限内确认，已让给下一位。',
    },
    'waiting-ended': { title: '候补已结束', text: '“{benefit}”已不再兑换，您的候补随之结束。' },
    'draw-won': {
      title: '抽签中签',
      text: '您抽中了“{benefit}”，正在以 {points} 分为您兑换。',
    },
    'draw-over': {
      title: '抽签未中签',
      text: '“{benefit}”的抽签已结束，这次没有抽中。结果和验证方法可在抽签公示中查看。',
    },
    'draw-cancelled': {
      title: '抽签已取消',
      text: '“{benefit}”的抽签已取消，原因见抽签公示。',
    },
    'voucher-expired': {
      title: '券已过期',
      text: '您的“{benefit}”未使用，已过期，{points} 分已退回。',
    },
    'redemption-failed': { title: '兑换未成功', text: '“{benefit}”未能兑换，原因：{reason}。' },
    'redemption-cancelled': {
      title: '兑换已取消',
      text: '“{benefit}”已取消，冻结的 {points} 分会退回。',
    },
    'merchant-admitted': {
      title: '商户申请已通过',
      text: '“{merchant}”已成为合作商户，请以商户身份重新登录。',
    },
    'merchant-refused': {
      title: '商户申请未通过',
      text: '“{merchant}”的申请未通过，原因见“我的商户申请”，修改后可以再次申请。',
    },
    'statement-drawn': {
      title: '结算单已出',
      text: '“{merchant}”{month} 的结算单已出，请核对。有异议请在 {until}（含当日）前提出；逾期视为无异议。',
    },
    'objection-received': {
      title: '收到公示异议',
      text: '公示 {reference} 收到异议，须由发布人以外的人员答复。',
    },
    'objection-answered': {
      title: '异议已答复',
      text: '您对公示 {reference} 提出的异议已答复，结论：{verdict}。',
    },
    'follow-up-opened': {
      title: '有差评待受理',
      text: '收到一条差评，请在 {until}（含当日）前受理。',
    },
    'follow-up-climbed': {
      title: '差评逾期，上报到本级',
      text: '一条差评逾期未办，已上报到本级，请在 {until}（含当日）前受理。',
    },
    'follow-up-reopened': {
      title: '差评整改未获认可',
      text: '居民对整改结果仍不满意，请在 {until}（含当日）前重新受理。',
    },
    'follow-up-transferred': {
      title: '有差评移交给您',
      text: '一条差评移交给您办理，请在 {until}（含当日）前受理。',
    },
    'follow-up-resolved': {
      title: '您反映的问题有结果了',
      text: '处理结果：{outcome}。请打开“我的评价”看说明，并评一评这次整改。',
    },
    'follow-up-closed': {
      title: '您反映的问题已办结',
      text: '处理结果：{outcome}。请打开“我的评价”看说明。',
    },
    'order-taken': {
      title: '预约已有人接单',
      text: '您预约的“{item}”已有志愿者接单，{at} 上门。上门时请出示“我的预约”里的上门码。',
    },
    'order-given-back': {
      title: '志愿者已退单',
      text: '您预约的“{item}”由志愿者退回，正在等待其他志愿者接单。',
    },
    'order-missed': {
      title: '志愿者未上门',
      text: '“{item}”在约定时间内没有上门签到，预约已结束。如仍需要，请重新预约。',
    },
    'order-expired': {
      title: '预约无人接单',
      text: '您预约的“{item}”在期望时间内没有志愿者接单。请换个时间再约，或联系社区。',
    },
    'order-cancelled': { title: '预约已取消', text: '“{item}”的预约已取消，不必上门。' },
    'order-finished': {
      title: '请确认服务',
      text: '“{item}”已完成，共 {minutes} 分钟。请在 {until}（含当日）前确认；不符可提出异议。',
    },
    'order-confirmed': { title: '服务已确认', text: '“{item}”已由预约人确认，共 {minutes} 分钟。' },
    'order-unconfirmed': {
      title: '服务未确认',
      text: '“{item}”的预约人没有在期限内确认，这次服务不计认证时长。',
    },
    'order-disputed': {
      title: '服务有异议',
      text: '辖区内“{item}”的预约人对服务提出异议，请核实后处理。',
    },
    'order-decided': {
      title: '异议已处理',
      text: '“{item}”的异议已处理，认定 {minutes} 分钟，理由见该预约。',
    },
    'rating-appealable': {
      title: '收到差评，可以申诉',
      text: '您收到差评。如有异议，可在 {until}（含当日）前申诉，由其他工作人员处理。',
    },
    'appeal-received': {
      title: '有申诉待处理',
      text: '有人对差评提出申诉，须由没有经办过此事的人员处理。',
    },
    'appeal-decided': { title: '申诉有结果了', text: '您对差评的申诉已处理，结论：{verdict}。' },
    'certificate-expiring': {
      title: '证书即将到期',
      text: '您的{level}证书 {expiresOn} 到期，还有 {days} 天，请及时办理续期。',
    },
    'staff-certificate-expiring': {
      title: '社工证书即将到期',
      text: '编号 {number} 的{level}证书 {expiresOn} 到期，还有 {days} 天，请提醒本人续期。',
    },
    'shift-reminder': {
      title: '班次提醒',
      text: '您报名的“{activity}”将于 {at} 在{place}开始；来不了请尽早取消，把名额让给候补的人。',
    },
    'shift-place-free': {
      title: '候补成功',
      text: '“{activity}”空出一个名额，已为您报上：{at}，{place}。来不了请尽早取消。',
    },
    'shift-cancelled': { title: '班次取消', text: '{at} 的“{activity}”已取消。' },
    'substitute-asked': {
      title: '有人请您替班',
      text: '有人请您替班：{at} 在{place}的“{activity}”。请到“我的替班”同意或谢绝。',
    },
    'check-out-missing': {
      title: '您还没有签退',
      text: '“{activity}”结束时您没有签退，请点一下确认离开的时间，再由队长确认。',
    },
    'hours-verified': {
      title: '志愿服务时长已核实',
      text: '“{activity}”核实时长 {minutes} 分钟。',
    },
    'hours-refused': {
      title: '时长未予确认',
      text: '“{activity}”的 {minutes} 分钟未获队长确认，原因见“我的时长”，有疑问可找社区工作人员。',
    },
    'hours-corrected': {
      title: '志愿服务时长已更正',
      text: '“{activity}”的时长由 {before} 分钟更正为 {minutes} 分钟，原因见“我的时长”。',
    },
    'star-proposed': {
      title: '您达到了新的星级',
      text: '您的核实时长达到 {level} 星标准。公示期满、没有成立的异议后生效。',
    },
    'star-granted': { title: '星级已生效', text: '您已评为 {level} 星志愿者，感谢您的付出。' },
    'star-withdrawn': {
      title: '星级未评定',
      text: '{level} 星没有评定，原因见“我的星级”。时长再次达到标准时会重新公示。',
    },
    'star-refused': {
      title: '星级公示有异议',
      text: '{level} 星公示期内的异议成立，没有评定。{until}（含当日）前可以申诉，由其他人员处理。',
    },
    'star-ending': {
      title: '星级拟撤销',
      text: '时长更正后未达 {level} 星标准。{until}（含当日）前可以申诉，处理完之前星级不变。',
    },
    'star-kept': { title: '星级保留', text: '您的 {level} 星保留不变，说明见“我的星级”。' },
    'star-ended': { title: '星级已撤销', text: '您的 {level} 星已撤销，说明见“我的星级”。' },
    'star-appealed': {
      title: '有星级申诉待处理',
      text: '辖区有一件 {level} 星申诉，须由没有参与过的人员处理。',
    },
    'service-record-ready': {
      title: '证明已出具',
      text: '志愿服务记录证明 {number} 已出具，可在“我的证明”下载，任何人都可扫码查验。',
    },
    'service-record-failed': {
      title: '证明未能出具',
      text: '志愿服务记录证明未能出具：{failure}。',
    },
    'service-record-revoked': {
      title: '证明已撤销',
      text: '志愿服务记录证明 {number} 已撤销，原因见“我的证明”。有疑问可联系社区工作人员。',
    },
  },
  texts: {
    'sign-in-code': '验证码 {code}，{minutes} 分钟内有效。工作人员不会向您索要，请勿告诉他人。',
  },
  words: {
    'name-unknown': '没有登记姓名，请先到社区登记',
    'letter-missing': '姓名或活动名称中有字库里没有的字，请联系社区',
    fixed: '已整改',
    partly: '部分整改',
    refused: '不能办理，已说明原因',
    'not-ours': '不属本单位，已转交',
    mistaken: '经核实为误评',
    malicious: '经核实为恶意评价',
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
    'budget-exhausted': '资助方的预算已用完',
    'merchant-paused': '商户暂停兑换',
    'not-completed': '没有按时完成',
    'gift-refused': '对方没有接受',
    'gift-taken-back': '已被收回',
    'gift-expired': '对方没有及时答复',
    'gift-lapsed': '券已失效或已使用',
  },
  signature: '【码上生活】',
};
