import { widthOf } from '../text/paint';
import type { TextLine, TextSpan, TextStyle } from '../text/text-line';

const FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";
/** Of a character, in pixels. */
const WIDTH = 8.4;
const HEIGHT = 20;
const MARGIN = 16;

/** A terminal that is dark. */
const colours: Readonly<Record<TextStyle | 'plain', string>> = {
  plain: '#d4d7dd',
  bold: '#ffffff',
  dim: '#8a919c',
  green: '#6fcf7f',
  yellow: '#e6c353',
  red: '#ff7b72',
};

/** What a terminal shows, as a picture for documents. @param alt says what it shows. */
export function svgPicture(lines: readonly TextLine[], columns: number, alt: string): string {
  const width = Math.ceil(columns * WIDTH + 2 * MARGIN);
  const height = lines.length * HEIGHT + 2 * MARGIN;
  const size = `width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONT}" font-size="14">`,
    `  <title>${escaped(alt)}</title>`,
    '  <rect width="100%" height="100%" rx="8" fill="#1b1e24"/>',
    ...lines.flatMap((line, row) => texts(line, MARGIN + row * HEIGHT + HEIGHT * 0.75)),
    '</svg>',
    '',
  ].join('\n');
}

/** Each part is given its place and its length, so that columns stand below each other in any font. */
function texts(line: TextLine, y: number): readonly string[] {
  let column = 0;
  return line.flatMap((part) => {
    const start = column;
    column += widthOf(part.text);
    return part.text.trim() === '' ? [] : [text(part, start, y)];
  });
}

function text({ text: content, style }: TextSpan, column: number, y: number): string {
  const x = (MARGIN + column * WIDTH).toFixed(1);
  const length = (widthOf(content) * WIDTH).toFixed(1);
  const weight = style === 'bold' ? ' font-weight="bold"' : '';
  return `  <text x="${x}" y="${String(y)}" fill="${colours[style ?? 'plain']}"${weight} textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
