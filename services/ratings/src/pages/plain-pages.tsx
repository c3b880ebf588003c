import type { Language } from '@ddp/contracts/language';
import { Layout } from './layout.tsx';
import { reportReasons, text } from './texts.ts';

interface PageProps {
  token: string;
  language: Language;
}

/** The one answer to every code that is not in force, whatever the reason. */
export const InvalidPage = ({ token, language }: PageProps) => (
  <Layout title={text('invalidTitle', language)} language={language}>
    <section class="card">
      <h1 class="big">{text('invalidTitle', language)}</h1>
      <p>{text('invalidText', language)}</p>
      <div class="actions">
        <a class="button skip" href={`/e/${token}/report`}>
          {text('report', language)}
        </a>
      </div>
    </section>
  </Layout>
);

/** After a rating, a report, or nothing at all. */
export const MessagePage = (props: {
  title: string;
  lines: readonly string[];
  language: Language;
}) => (
  <Layout title={props.title} language={props.language}>
    <section class="card" role="status">
      <h1 class="big">{props.title}</h1>
      {props.lines.map((line) => (
        <p>{line}</p>
      ))}
    </section>
  </Layout>
);

/** Anyone may say that a code looks wrong; the form asks for nothing personal. */
export const ReportPage = ({ token, language, formKey }: PageProps & { formKey: string }) => (
  <Layout title={text('reportTitle', language)} language={language}>
    <form class="card" method="post" action={`/e/${token}/report`}>
      <input type="hidden" name="key" value={formKey} />
      <fieldset>
        <legend>
          <h1>{text('reportTitle', language)}</h1>
        </legend>
        <div class="faces">
          {Object.entries(reportReasons).map(([reason, name]) => (
            <label class="face">
              <input type="radio" name="reason" value={reason} required />
              {name[language]}
            </label>
          ))}
        </div>
      </fieldset>
      <label class="words" for="words">
        {text('words', language)}
      </label>
      <textarea id="words" name="words" maxlength={200} rows={2} />
      <div class="actions">
        <button class="button send" type="submit">
          {text('reportSend', language)}
        </button>
        <a class="button skip" href={`/e/${token}`}>
          {text('back', language)}
        </a>
      </div>
    </form>
  </Layout>
);
