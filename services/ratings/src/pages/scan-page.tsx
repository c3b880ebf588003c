import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { readSubjectPhoto } from '@ddp/contracts/directory/subject-routes';
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
  isNamed: boolean;
}

interface ScanPageProps {
  scan: ResolvedScan;
  token: string;
  questions: QuestionSet;
  form: RatingForm;
  /** What stood in the way of the last try; what was typed is kept. */
  error: string | null;
  language: Language;
  /** Only who is signed in can be named. */
  isSignedIn: boolean;
  /** Of whom the page is shown to. */
  mark: string;
}

const photoUrl = (photoId: string) =>
  `/api/directory${readSubjectPhoto.path.replace('{photoId}', photoId)}`;

/**
 * Who is rated: name, photo, unit and area, so that a pasted-over code is noticed. The first letter
 * stands where there is no photo, and behind one that does not come.
 */
export const Subject = ({ scan, language }: { scan: ResolvedScan; language: Language }) => {
  const { subject } = scan;
  return (
    <header class="card who">
      <span class="photo">
        <span aria-hidden="true">{Array.from(subject.name)[0]}</span>
        {subject.photoId ? (
          <img
            src={photoUrl(subject.photoId)}
            alt={`${text('photoOf', language)}${subject.name}`}
            width={96}
            height={96}
            decoding="async"
          />
        ) : null}
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

/** What may be said beside the face: words, photos, and whether the rated may see it by itself. */
const Extras = ({
  form,
  language,
  isSignedIn,
}: Pick<ScanPageProps, 'form' | 'language' | 'isSignedIn'>) => (
  <>
    <label class="words" for="words">
      {text('words', language)}
    </label>
    <textarea id="words" name="words" maxlength={500} rows={3} aria-describedby="words-hint">
      {form.words}
    </textarea>
    <p class="hint" id="words-hint">
      {text('wordsHint', language)}
    </p>
    <label class="file" for="photos">
      {text('photos', language)}
    </label>
    <input
      id="photos"
      type="file"
      name="photos"
      multiple
      accept="image/jpeg,image/png,image/webp"
      aria-describedby="photos-hint"
    />
    <p class="hint" id="photos-hint">
      {text('photosHint', language)}
    </p>
    {isSignedIn ? (
      <label class="named">
        <input type="checkbox" name="named" value="1" checked={form.isNamed} />
        {text('named', language)}
      </label>
    ) : null}
  </>
);

/** What was kept and then refused; the script fills it, and nothing in it goes by itself. */
const Kept = ({ language }: { language: Language }) => (
  <section class="card saved" id="kept" data-refused={text('keptRefused', language)} hidden>
    <h2>{text('kept', language)}</h2>
    <ul />
    <template id="kept-one">
      <li>
        <p role="status">
          <a class="plain" href="/">
            {text('back', language)}
          </a>
        </p>
        <button class="button send" type="button">
          {text('keptSend', language)}
        </button>
        <button class="button skip" type="button">
          {text('keptDrop', language)}
        </button>
      </li>
    </template>
  </section>
);

/** Five faces, reasons that fit, words and photos; works without any script. */
export const ScanPage = (props: ScanPageProps) => {
  const { scan, token, questions, form, error, language } = props;
  return (
    <Layout title={scan.subject.name} language={language} hasScript>
      <Subject scan={scan} language={language} />
      <p class="card saved" id="unsent" role="status" tabindex={-1} hidden>
        {text('unsent', language)}
      </p>
      <Kept language={language} />
      <form
        class="card"
        id="rating"
        method="post"
        action={`/e/${token}`}
        enctype="multipart/form-data"
      >
        <input type="hidden" name="key" value={form.key} />
        <input type="hidden" name="mark" value={props.mark} />
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
        <Extras {...props} />
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
};
