import { type TextLine, type TextSpan, type TextStyle, widthOf } from '@nightshift/console';
import { cockpit, type CockpitView } from './cockpit';
import { at, gateFixture, greenFixture, snapshotFixture, taskSetFixture } from './testing/snapshot-fixture';

/** The size of the terminal: 80 columns and 24 rows. */
const size = { columns: 79, rows: 23 };

const view = { suffix: 'prod', kind: 'release', notices: [], hint: 'Ctrl-C: detach or stop' } as const;

const good: CockpitView = { ...view, snapshot: snapshotFixture(), now: at(8, 14) };

const bad: CockpitView = {
  ...view,
  now: at(6, 2),
  snapshot: snapshotFixture({
    time: at(6),
    phase: 'installing',
    verdict: 'stuck',
    verdictReason: 'tasks of 9a01b7c stop by themselves, and none has become healthy',
    lifecycle: [{ name: 'Install', status: 'InProgress', startedAt: at(0, 5) }],
    taskSets: [
      taskSetFixture({ trafficPercent: 100 }),
      greenFixture({ trafficPercent: 0, running: 1, pending: 2, failed: 4, healthy: 0, spot: 1, onDemand: 0 }),
    ],
    progress: { shiftedPercent: 0, expectedEnd: at(43), deadline: at(115) },
    alarms: [
      gateFixture(),
      gateFixture({ name: 'alarm-gate-latency-prod', latest: 0.198, unit: 'Seconds', threshold: 1 }),
    ],
    events: [{ time: at(5, 40), text: '(service ecs-service-prod) has started 2 tasks: (task 5d1c0e) (task 81f2aa).' }],
    stoppedTasks: [
      {
        id: '3f2a1b00',
        version: '9a01b7c',
        stoppedAt: at(5, 31),
        reason: 'Essential container in task exited',
        exitCode: 1,
        logLines: [
          '{"level":"info","message":"reading /risk/prices"}',
          '{"level":"fatal","message":"PRICES_URL is not set"}',
        ],
      },
    ],
  }),
};

/** The pictures of the cockpit in the documents, by file name. They are generated from the real view, so that they stay up to date. */
export function cockpitPictures(): Readonly<Record<string, string>> {
  return {
    'cockpit.svg': svgPicture(
      cockpit(good, size),
      size.columns,
      'The cockpit: a release with 60 % of the traffic shifted',
    ),
    'cockpit-stuck.svg': svgPicture(cockpit(bad, size), size.columns, 'The cockpit: a release whose new tasks die'),
  };
}

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

/** A terminal as a picture for documents. @param alt the alternative text. */
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

/** Each part has a position and a length, so that columns are aligned in any font. */
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
