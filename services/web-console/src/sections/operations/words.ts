import { defineWords } from '../define-words.ts';

const chinese = {
  section: '系统运维',
  deadLetters: '未能处理的事件',
  queues: '查看队列',
  service: '哪个服务',
  services: {
    identity: '身份与账号',
    directory: '区划与人员',
    codes: '评价码',
    ratings: '评价与整改',
    points: '品德积分',
    rewards: '权益与兑换',
    notices: '消息与公示',
    volunteering: '志愿服务',
  },
  event: '事件',
  eventName: '事件名称（含服务名）',
  producer: '来自',
  reason: '失败原因',
  payload: '内容（只有编号）',
  requestId: '请求编号',
  diedAt: '时间',
  about: '涉及的编号',
  none: '没有未能处理的事件，一切正常。',
  replay: '重新处理',
  replaySure:
    '事件重新进入队列，再处理一次；已经产生过的效果不会重复\n原因还在的话会再次失败，回到这里\n操作记入审计日志',
};

const english: typeof chinese = {
  section: 'Operations',
  deadLetters: 'Dead letters',
  queues: 'See the queues',
  service: 'Service',
  services: {
    identity: 'Identity',
    directory: 'Directory',
    codes: 'Codes',
    ratings: 'Ratings',
    points: 'Points',
    rewards: 'Rewards',
    notices: 'Notices',
    volunteering: 'Volunteering',
  },
  event: 'Event',
  eventName: 'Event, with its service',
  producer: 'From',
  reason: 'Why it failed',
  payload: 'Payload (ids alone)',
  requestId: 'Request',
  diedAt: 'When',
  about: 'An id it names',
  none: 'Every event was digested.',
  replay: 'Replay',
  replaySure:
    'The event goes into the queue again; no effect happens twice\nWhere the cause is still there it fails again and comes back\nIt is written into the audit trail',
};

export const words = defineWords(chinese, english);
