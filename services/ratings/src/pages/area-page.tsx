import type { Language } from '@ddp/contracts/language';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { AreaFigures } from '../operations/read-area-report.ts';
import { notice } from '../operations/read-scores.ts';
import { areaStyle } from './area-style.ts';
import { levelNames, areaText as text } from './area-texts.ts';

interface FrameProps {
  title: string;
  language: Language;
  above?: string | null;
  children: Child;
}

const Frame = ({ title, language, above, children }: FrameProps) => (
  <html lang={language === 'zh' ? 'zh-CN' : 'en'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} · ${text('product', language)}`}</title>
      <style>{raw(areaStyle)}</style>
    </head>
    <body>
      <main>
        <p class="top">
          <span>{text('product', language)}</span>
          {above ? <a href={`/a/${above}`}>{`↑ ${text('above', language)}`}</a> : null}
        </p>
        {children}
      </main>
    </body>
  </html>
);

/** What residents think of the services of an area, as far as it can be told of nobody. */
export const AreaPage = ({ area, language }: { area: AreaFigures; language: Language }) => (
  <Frame
    title={`${area.areaName}${text('title', language)}`}
    language={language}
    above={area.parentCode}
  >
    <h1>{`${area.areaName} · ${text('title', language)}`}</h1>
    <div class="grid">
      <Headline {...{ area, language }} />
      {area.year.mean === null ? null : <Levels {...{ area, language }} />}
      {area.year.mean === null ? null : <Trend {...{ area, language }} />}
      {area.parts.length === 0 ? null : <Parts {...{ area, language }} />}
    </div>
    <footer>
      <h2>{text('how', language)}</h2>
      <p>{text('howText', language)}</p>
      <p>{notice}</p>
    </footer>
  </Frame>
);

export const UnknownAreaPage = ({ language }: { language: Language }) => (
  <Frame title={text('unknown', language)} language={language}>
    <h1>{text('unknown', language)}</h1>
  </Frame>
);

type Props = { area: AreaFigures; language: Language };

const Headline = ({ area: { year }, language }: Props) =>
  year.mean === null ? (
    <section class="card wide">
      <h2>{text('nothingTitle', language)}</h2>
      <p>{text('nothingText', language)}</p>
    </section>
  ) : (
    <section class="card">
      <h2>{text('period', language)}</h2>
      <p class="mean">
        {year.mean.toFixed(2)}
        <small>{text('outOf', language)}</small>
      </p>
      <dl class="facts">
        <div>
          <dt>{text('interval', language)}</dt>
          <dd>{`± ${(year.margin ?? 0).toFixed(2)}`}</dd>
        </div>
        <div>
          <dt>{text('verified', language)}</dt>
          <dd>{String(year.count)}</dd>
        </div>
        <div>
          <dt>{text('guests', language)}</dt>
          <dd>{String(year.guestCount)}</dd>
        </div>
      </dl>
    </section>
  );

const Levels = ({ area: { year }, language }: Props) => {
  const total = Math.max(
    1,
    year.levels.reduce((sum, one) => sum + one, 0),
  );
  return (
    <section class="card">
      <h2>{text('levels', language)}</h2>
      <ul class="levels">
        {[5, 4, 3, 2, 1].map((level) => {
          const share = ((year.levels[level - 1] ?? 0) / total) * 100;
          return (
            <li>
              <span>{levelNames[level - 1]?.[language]}</span>
              <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="back" width="100" height="8" />
                <rect class={`n${level}`} width={share.toFixed(1)} height="8" />
              </svg>
              <span>{`${share.toFixed(0)}%`}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** One column a month, from the lowest to the highest level; its value stands over it. */
const Trend = ({ area: { trend }, language }: Props) => (
  <section class="card wide">
    <h2>{text('trend', language)}</h2>
    <section class="scroll" tabindex={0} aria-label={text('trend', language)}>
      <ul class="months">
        {trend.map(({ month, mean }) => {
          const height = mean === null ? 0 : ((mean - 1) / 4) * 100;
          return (
            <li>
              <b>{mean === null ? '—' : mean.toFixed(2)}</b>
              <svg viewBox="0 0 40 100" preserveAspectRatio="none" aria-hidden="true">
                <rect x="6" y={(100 - height).toFixed(1)} width="28" height={height.toFixed(1)} />
              </svg>
              <span>{month.slice(2).replace('-', '.')}</span>
            </li>
          );
        })}
      </ul>
    </section>
  </section>
);

const Parts = ({ area: { parts }, language }: Props) => (
  <section class="card wide">
    <h2>{`${text('parts', language)}（${text('period', language)}）`}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">{text('area', language)}</th>
          <th scope="col">{text('meanWithin', language)}</th>
          <th scope="col">{text('count', language)}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr>
            <td>
              <a href={`/a/${part.areaCode}`}>{part.areaName}</a>
            </td>
            {part.mean === null ? (
              <td colspan={2}>{text('nothing', language)}</td>
            ) : (
              <>
                <td>
                  <b>{part.mean.toFixed(2)}</b>
                  {` ± ${(part.margin ?? 0).toFixed(2)}`}
                </td>
                <td>{String(part.count)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
