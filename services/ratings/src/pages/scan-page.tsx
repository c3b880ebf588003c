import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import type { Language } from '@ddp/contracts/language';
import { levels } from '../domain/cell.ts';
import type { QuestionSet } from '../domain/question-set.ts';
import { Face } from './face.tsx';
import { Layout } from './layout.tsx';
import { levelNames, text } from './texts.ts';

export interface RatingForm {
  key: string;
  level: number | null;
  reasons: readonly string[];
  words: string;
}

interface ScanPageProps {
  scan: ResolvedScan;
  token: string;
  questions: QuestionSet;
  form: RatingForm;
  /** What stood in the way of the last try; what was typed is kept. */
  error: string | null;
  language: Language;
}

/** Who is rated: name, unit and area, so that a pasted-over code is noticed. */
export const Subject = ({ scan, language }: { scan: ResolvedScan; language: Language }) => {
  const { subject } = scan;
  return (
    <header class="card who">
      <span class="photo" aria-hidden="true">
        {Array.from(subject.name)[0]}
      </span>
      <div>
        <h1>{subject.name}</h1>
        {subject.title === '' ? null : <p>{subject.title}</p>}
        <p>{`${subject.unitName ?? text('unitless', language)} · ${subject.areaName}`}</p>
      </div>
    </header>
  );
};

/** All reasons of the set; the style shows those that fit the level chosen. */
const Reasons = (props: {
  questions: QuestionSet;
  chosen: readonly string[];
  language: Language;
}) => (
  <fieldset class="reasons">
    <legend>{text('reasons', props.language)}</legend>
    <div class="chips">
      {props.questions.content.reasons.map((reason) => (
        <label class={['chip', ...reason.levels.map((level) => `n${level}`)].join(' ')}>
          <input
            type="checkbox"
            name="reasons"
            value={reason.code}
            checked={props.chosen.includes(reason.code)}
          />
          {reason.text[props.language]}
        </label>
      ))}
    </div>
  </fieldset>
);

/** Five faces, reasons that fit, words; works without any script. */
export const ScanPage = ({ scan, token, questions, form, error, language }: ScanPageProps) => (
  <Layout title={scan.subject.name} language={language}>
    <Subject scan={scan} language={language} />
    <form class="card" method="post" action={`/e/${token}`}>
      <input type="hidden" name="key" value={form.key} />
      <input type="hidden" name="version" value={String(questions.version)} />
      {error === null ? null : (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <fieldset>
        <legend>{questions.content.question[language]}</legend>
        {levels.map((level) => (
          <input
            class="hidden"
            type="radio"
            name="level"
            id={`l${level}`}
            value={String(level)}
            checked={form.level === level}
            required
          />
        ))}
        <div class="faces">
          {levels.map((level) => (
            <label class="face" for={`l${level}`}>
              <Face level={level} />
              {levelNames[level][language]}
            </label>
          ))}
        </div>
        <Reasons questions={questions} chosen={form.reasons} language={language} />
      </fieldset>
      <label class="words" for="words">
        {text('words', language)}
      </label>
      <textarea id="words" name="words" maxlength={500} rows={3} aria-describedby="words-hint">
        {form.words}
      </textarea>
      <p class="hint" id="words-hint">
        {text('wordsHint', language)}
      </p>
      <div class="actions">
        <button class="button send" type="submit">
          {text('send', language)}
        </button>
        <a class="button skip" href={`/e/${token}/thanks?as=skipped`}>
          {text('skip', language)}
        </a>
      </div>
    </form>
    <footer>
      <p>{text('safety', language)}</p>
      <a href={`/e/${token}/report`}>{text('report', language)}</a>
    </footer>
  </Layout>
);
