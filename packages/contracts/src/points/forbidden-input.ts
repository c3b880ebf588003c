import { flattenText } from '../flat-text.ts';

/**
 * What can never be an input of a rule: petitions and reports, speech, religion, health, family
 * planning, and what a person is. The basis of a rule is an allow-list; this finds who writes one
 * of these into the words of an allowed one.
 */
const forbidden: readonly RegExp[] = [
  /信访|上访|访民|投诉|举报|检举|诉讼|起诉|维权/u,
  /言论|发帖|跟帖|点赞|转发|舆情|网评/u,
  /宗教|信仰|信教|教徒|礼拜|朝觐|迷信/u,
  /健康|疾病|患病|病史|病人|体检|疫苗|传染|残疾|残障|精神障碍|心理疾病/u,
  /生育|计生|节育|绝育|怀孕|孕妇|流产|二孩|三孩|多孩/u,
  /民族|种族|性别|年龄|籍贯|出身|婚姻|未婚|离异|单身|性取向|同性恋/u,
  /党员|党籍|团员|政治面貌|政治立场/u,
];

/** Found wherever they stand, also in a longer word. */
const forbiddenEnglish =
  /petition|complain|denounc|lawsuit|religio|worship|mosque|church|temple|health|disease|illness|medical|disab|handicap|pregnan|abortion|birthcontrol|familyplanning|childbear|ethnic|racial|gender|nationalit|maritalstatus|partymember|partybranch|communist|politicalview|freespeech|socialmedia/;

/** Found as a word of its own only: `age` stands in `village`. */
const forbiddenEnglishWords =
  /\b(age|ages|sex|race|faith|belief|beliefs|speech|speeches|likes|posting|posts|birth|births)\b/;

/** Traditional characters of the words above, with the simplified ones. */
const simplified = new Map(
  [
    ...['訪访', '訴诉', '舉举', '報报', '檢检', '訟讼', '維维', '權权', '論论', '發发', '點点'],
    ...['贊赞', '讚赞', '轉转', '輿舆', '網网', '評评', '禮礼', '覲觐', '體体', '傳传', '殘残'],
    ...['計计', '劃划', '節节', '絕绝', '懷怀', '婦妇', '產产', '種种', '別别', '齡龄', '異异'],
    ...['單单', '戀恋', '黨党', '員员', '團团', '場场', '礙碍'],
  ].map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);

/** The word in a text that no rule may count, as it was read, or null. */
export function findForbiddenInput(text: string): string | null {
  const flat = [...flattenText(text)].map((char) => simplified.get(char) ?? char).join('');
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ');
  const found = [...forbidden, forbiddenEnglish].map((pattern) => pattern.exec(flat)?.[0]);
  return found.find((word) => word !== undefined) ?? forbiddenEnglishWords.exec(words)?.[0] ?? null;
}
