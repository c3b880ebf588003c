import { describe, expect, it } from 'vitest';
import { breakLines, fitText } from './fit-text.ts';
import { MissingGlyphError, openTypeface, refuseMissingGlyphs } from './font.ts';
import type { Page } from './marks.ts';
import { renderPdf } from './render-pdf.ts';
import { renderSvg } from './render-svg.ts';

const page: Page = {
  widthMm: 60,
  heightMm: 40,
  marks: [
    {
      kind: 'text',
      text: '龑頔婞 A',
      x: 5,
      baseline: 20,
      points: 12,
      weight: 'bold',
      colour: '#0b6b5d',
    },
  ],
};

async function print(pages: Page[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of renderPdf(pages, '测试')) parts.push(part);
  return Buffer.concat(parts);
}

describe('the font', () => {
  it('has the rare characters of surnames in both weights', () => {
    for (const weight of ['regular', 'bold'] as const) {
      for (const character of '龑頔婞㛃喆堃') {
        expect(openTypeface(weight).hasGlyph(character), character).toBe(true);
      }
    }
  });

  it('names the character that it lacks and the row, and lets nothing through as a box', () => {
    expect(() => refuseMissingGlyphs(['乌兰', '萨仁·A1'], 1)).not.toThrow();
    const look = () => refuseMissingGlyphs(['乌兰', '张𠮷'], 7);
    expect(look).toThrow(MissingGlyphError);
    expect(look).toThrow(/𠮷 \(U\+20BB7\) in row 7/);
  });
});

describe('a text in a box', () => {
  const box = { widthMm: 30, heightMm: 10, weight: 'regular', maxPoints: 20, maxLines: 2 } as const;

  it('keeps its size where it fits, and shrinks or breaks where it does not', () => {
    expect(fitText('乌兰', box)).toEqual({ lines: ['乌兰'], points: 20 });
    const long = fitText('康巴什区社会工作和志愿服务指导中心', box);
    expect(long.points).toBeLessThan(20);
    expect(long.lines).toHaveLength(2);
    expect(long.lines.join('')).toBe('康巴什区社会工作和志愿服务指导中心');
  });

  it('begins no line with a comma and keeps words whole where they fit', () => {
    expect(breakLines('社区，服务', 'regular', 2)).toEqual(['社', '区，', '服务']);
    expect(breakLines('Borjigin Saran', 'regular', 5)).toEqual(['Borjigin', 'Saran']);
  });
});

describe('a page', () => {
  it('becomes a PDF that holds its text and only the glyphs that were used', async () => {
    const file = await print([page, page]);
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    expect(file.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2);
    expect(file.length).toBeLessThan(30_000);
  });

  it('becomes an SVG of outlines that needs no font', () => {
    const svg = renderSvg(page);
    expect(svg).toContain('width="60mm" height="40mm"');
    expect(svg).not.toMatch(/<text|font-family/);
  });
});
