import { civilDateOf } from '@ddp/calendar/civil-date';
import type { Language } from '@ddp/contracts/language';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { CheckedCertificate, FileVerdict } from '../operations/check-certificate.ts';
import { certificateStyle } from './certificate-style.ts';
import { type CertificateText, hoursText, certificateText as text } from './certificate-texts.ts';

interface FrameProps {
  title: string;
  language: Language;
  children: Child;
}

const Frame = ({ title, language, children }: FrameProps) => (
  <html lang={language === 'zh' ? 'zh-CN' : 'en'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{`${title} · ${text('product', language)}`}</title>
      <style>{raw(certificateStyle)}</style>
    </head>
    <body>
      <main>
        <p class="top">{text('product', language)}</p>
        {children}
      </main>
    </body>
  </html>
);

interface AskProps {
  language: Language;
  /** What was typed, to be mended. */
  typed?: string;
  /** Why there is nothing to show. */
  fault?: 'unknown' | 'tooLarge' | 'busy';
}

/** Where a number is typed or a file is uploaded; the one answer to whatever was not issued. */
export const AskPage = ({ language, typed = '', fault }: AskProps) => (
  <Frame title={text(fault ?? 'title', language)} language={language}>
    <h1>{text('title', language)}</h1>
    {fault ? (
      <section class="card verdict bad" role="status">
        <p class="state">{text(fault, language)}</p>
        {fault === 'unknown' ? <p>{text('unknownText', language)}</p> : null}
      </section>
    ) : (
      <p>{text('intro', language)}</p>
    )}
    <form class="card" method="get" action="/c">
      <h2>{text('byNumber', language)}</h2>
      <label for="number">{text('number', language)}</label>
      <input
        id="number"
        name="number"
        type="text"
        value={typed}
        maxlength={120}
        required
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="number-hint"
      />
      <p class="hint" id="number-hint">
        {text('numberHint', language)}
      </p>
      <button class="button" type="submit">
        {text('look', language)}
      </button>
    </form>
    <FileForm action="/c" language={language} />
    <Foot language={language} />
  </Frame>
);

const FileForm = ({ action, language }: { action: string; language: Language }) => (
  <form class="card" method="post" action={action} enctype="multipart/form-data">
    <h2>{text('byFile', language)}</h2>
    <label for="file">{text('file', language)}</label>
    <input
      id="file"
      name="file"
      type="file"
      required
      accept="application/pdf,image/jpeg,image/png,image/webp"
      aria-describedby="file-hint"
    />
    <p class="hint" id="file-hint">
      {text('fileHint', language)}
    </p>
    <button class="button plain" type="submit">
      {text('compare', language)}
    </button>
  </form>
);

interface CertificateProps {
  certificate: CheckedCertificate;
  /** What became of an uploaded file; null where none was. */
  verdict: FileVerdict | null;
  language: Language;
}

/** What was issued, for the reader to compare with what they hold. */
export const CertificatePage = ({ certificate, verdict, language }: CertificateProps) => (
  <Frame title={`${text('title', language)} ${certificate.number}`} language={language}>
    <h1>{text('title', language)}</h1>
    <Verdict {...{ certificate, verdict, language }} />
    <section class="card">
      <h2>{text('items', language)}</h2>
      <Items {...{ certificate, language }} />
    </section>
    <FileForm action={`/c/${certificate.token}`} language={language} />
    <a class="button plain" href="/c">
      {text('another', language)}
    </a>
    <Foot language={language} />
  </Frame>
);

const Verdict = ({ certificate: { revokedAt }, verdict, language }: CertificateProps) => {
  const isGood = revokedAt === null && verdict !== 'changed';
  return (
    <section class={`card verdict ${isGood ? 'good' : 'bad'}`} role="status">
      {verdict === 'changed' ? (
        <>
          <p class="state">{text('changed', language)}</p>
          <p>{text('changedText', language)}</p>
        </>
      ) : null}
      {verdict !== 'changed' && revokedAt === null ? (
        <>
          <p class="state">{text('valid', language)}</p>
          {verdict === null ? null : <h2>{text(verdict, language)}</h2>}
          {verdict === 'same' ? null : <p>{text('validText', language)}</p>}
        </>
      ) : null}
      {revokedAt === null ? null : (
        <>
          <p class="state">{text('revoked', language)}</p>
          <p>{`${text('revokedSince', language)}：${timeOf(revokedAt)}`}</p>
          <p>{text('revokedText', language)}</p>
        </>
      )}
    </section>
  );
};

/** The minute in Asia/Shanghai. */
function timeOf(instant: Date): string {
  const local = new Date(instant.getTime() + 8 * 3_600_000).toISOString();
  return `${civilDateOf(instant)} ${local.slice(11, 16)}`;
}

const Items = ({
  certificate: one,
  language,
}: {
  certificate: CheckedCertificate;
  language: Language;
}) => {
  const period = (
    <>
      <span>{one.fromOn}</span>
      {` ${text('until', language)} `}
      <span>{one.untilOn}</span>
    </>
  );
  const recorded: [CertificateText, string][] =
    one.recordedMinutes > 0 ? [['recorded', hoursText(one.recordedMinutes, language)]] : [];
  const items: [CertificateText, Child][] = [
    ['number', one.number],
    ['name', one.maskedName],
    ['period', period],
    ['verified', hoursText(one.verifiedMinutes, language)],
    ...recorded,
    ['issuer', one.issuer],
    ['issuedOn', one.issuedOn],
    ['contact', one.contact],
  ];
  return (
    <dl>
      {items.map(([name, value]) => (
        <div>
          <dt>{text(name, language)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Foot = ({ language }: { language: Language }) => (
  <footer>
    <p>{text('privacy', language)}</p>
  </footer>
);
