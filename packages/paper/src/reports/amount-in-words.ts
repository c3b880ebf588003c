const digits = '零壹贰叁肆伍陆柒捌玖';
const places = ['', '拾', '佰', '仟'];
const groups = ['', '万', '亿', '万亿'];

/**
 * An amount of money as it is written on Chinese papers (人民币大写, 支付结算办法 附一): a sum below
 * nothing begins with 负, one without cents ends with 整. At most 9,999 trillion yuan.
 */
export function amountInWords(cents: number): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`not an amount: ${cents}`);
  const all = Math.abs(cents);
  const yuan = Math.floor(all / 100);
  const [jiao, fen] = [Math.floor((all % 100) / 10), all % 10];
  const sign = cents < 0 ? '负' : '';
  const whole = yuan === 0 ? '' : `${wholeInWords(yuan)}元`;
  if (jiao === 0 && fen === 0) return `人民币${sign}${whole || '零元'}整`;
  const tail = `${jiao > 0 ? `${digits[jiao]}角` : ''}${fen > 0 ? `${digits[fen]}分` : ''}`;
  const gap = jiao === 0 && yuan > 0 ? '零' : '';
  return `人民币${sign}${whole}${gap}${tail}${fen === 0 ? '整' : ''}`;
}

/** In groups of four digits; what is left out between two of them is one 零. */
function wholeInWords(yuan: number): string {
  let words = '';
  let isGap = false;
  // A group after one that ends in nought is parted from it too.
  for (let group = groups.length - 1; group >= 0; group -= 1) {
    const part = Math.floor(yuan / 10_000 ** group) % 10_000;
    if (part === 0) {
      isGap ||= words !== '';
      continue;
    }
    if (words !== '' && (isGap || part < 1_000)) words += '零';
    words += `${groupInWords(part)}${groups[group]}`;
    isGap = part % 10 === 0;
  }
  return words;
}

function groupInWords(part: number): string {
  let words = '';
  let isGap = false;
  for (let place = places.length - 1; place >= 0; place -= 1) {
    const digit = Math.floor(part / 10 ** place) % 10;
    if (digit === 0) {
      isGap ||= words !== '';
      continue;
    }
    words += `${isGap ? '零' : ''}${digits[digit]}${places[place]}`;
    isGap = false;
  }
  return words;
}
