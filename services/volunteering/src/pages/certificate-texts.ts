import type { Language, Localized } from '@ddp/contracts/language';

const texts = {
  product: { zh: '多多评 · 码上生活', en: 'Duoduoping' },
  title: { zh: '志愿服务记录证明查验', en: 'Check a certificate of service' },
  intro: {
    zh: '扫证明上的码会直接打开这份证明；没有码时，输入编号，或者上传证明的文件。',
    en: 'The symbol on a certificate opens it here. Without it, type its number or upload its file.',
  },
  byNumber: { zh: '输入编号查验', en: 'By its number' },
  number: { zh: '证明编号', en: 'Number' },
  numberHint: {
    zh: '例如 7KX-29M-4QT，大小写和横线都可以省',
    en: 'Such as 7KX-29M-4QT; case and dashes do not matter',
  },
  look: { zh: '查验', en: 'Check' },
  byFile: { zh: '上传文件比对', en: 'By its file' },
  file: { zh: '证明的 PDF 文件，或证明的照片', en: 'The PDF, or a photo of the certificate' },
  fileHint: {
    zh: 'PDF 逐字节比对；照片只读取其中的码。5 MB 以内，比对后不保存。',
    en: 'A PDF is compared bit by bit, of a photo the symbol alone is read. At most 5 MB; nothing is kept.',
  },
  compare: { zh: '比对', en: 'Compare' },
  valid: { zh: '有效', en: 'Valid' },
  validText: {
    zh: '本系统出具过这份证明。请逐项核对下面的内容与您手中的证明是否一致，不一致的无效。',
    en: 'This certificate was issued here. Compare each item below with the paper you hold: one that differs is not valid.',
  },
  revoked: { zh: '已撤销', en: 'Revoked' },
  revokedSince: { zh: '自以下时间起撤销', en: 'Revoked since' },
  revokedText: { zh: '这份证明不再有效。', en: 'This certificate is not valid any more.' },
  same: { zh: '文件与出具时完全一致', en: 'The file is the one that was issued' },
  changed: {
    zh: '这个文件被改动过：内容与出具时不一致',
    en: 'This file was changed: its contents differ from what was issued',
  },
  changedText: {
    zh: '不要采信这个文件。下面是出具时登记的内容，也可请对方提供原文件或当面扫码。',
    en: 'Do not rely on this file. Below is what was issued; ask for the original, or scan the symbol.',
  },
  photo: {
    zh: '从照片里读到了码；照片里的文字没有比对',
    en: 'The symbol in the photo was read; its text was not compared',
  },
  unknown: { zh: '没有出具过这份证明', en: 'No such certificate was issued' },
  unknownText: {
    zh: '编号输错、文件被改动，或者不是本系统出具的，都会这样显示。请核对后再试，或向证明上的出具单位咨询。',
    en: 'A mistyped number, a changed file or a paper of somebody else all lead here. Try again, or ask who issued it.',
  },
  busy: { zh: '现在查验的人较多，请稍后再试', en: 'Many are checking now; try again in a moment' },
  tooLarge: { zh: '请选择 5 MB 以内的文件', en: 'Choose a file of at most 5 MB' },
  items: { zh: '出具时登记的内容', en: 'What was issued' },
  name: { zh: '姓名（部分隐去）', en: 'Name, in part' },
  period: { zh: '服务时间', en: 'Time of service' },
  until: { zh: '至', en: 'to' },
  verified: { zh: '核实时长', en: 'Verified hours' },
  recorded: { zh: '补录时长（未经核实，单列）', en: 'Recorded hours, not verified, apart' },
  issuer: { zh: '出具单位', en: 'Issued by' },
  issuedOn: { zh: '出具日期', en: 'Issued on' },
  contact: { zh: '咨询电话', en: 'Telephone' },
  privacy: {
    zh: '为保护个人信息，这里不显示全名和服务明细。查验不留记录，也不收费。',
    en: 'To protect the person, neither the whole name nor the services are shown. Checking is free and leaves no record.',
  },
  another: { zh: '查验另一份证明', en: 'Check another certificate' },
} satisfies Record<string, Localized>;

export type CertificateText = keyof typeof texts;

export function certificateText(name: CertificateText, language: Language): string {
  return texts[name][language];
}

/** `12 小时 30 分钟` */
export function hoursText(minutes: number, language: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (language === 'zh') return `${hours} 小时${rest === 0 ? '' : ` ${rest} 分钟`}`;
  return `${hours} h${rest === 0 ? '' : ` ${rest} min`}`;
}
