import { describe, expect, it } from 'vitest';
import { findForbiddenWord } from './forbidden-benefit.ts';

const listed =
  '入学 学位 就医 医保 社保 低保 补贴 户籍 落户 许可 办证 公安 公租房 就业 编制 挂号 养老金 廉租房';

describe('a basic public service', () => {
  it.each(listed.split(' '))('%s is found in a sentence', (word) => {
    expect(findForbiddenWord(`凭积分享受${word}优先办理`)).toBe(word);
  });

  it.each(['入 学', '入-学', '入\u200b学', '入·学', '入\n学', '「入学」', '入.学'])(
    'is found when it is written apart: %j',
    (text) => {
      expect(findForbiddenWord(`优先${text}名额`)).toBe('入学');
    },
  );

  it.each([
    '奶茶一杯',
    '理发一次',
    '停车两小时',
    '书法培训四节',
    '加入学习小组',
    '进入学堂听讲座。',
    '上门家政服务',
    '活动室使用半天',
    '超市代金券，入。学会用它',
  ])('is not seen in %s', (text) => {
    expect(findForbiddenWord(text)).toBeNull();
  });
});
