import { createLog, type LogLevel } from './log';

function linesOf(level: LogLevel): string[] {
  const lines: string[] = [];
  const log = createLog({ level, write: (line) => lines.push(line), now: () => 0 });
  log.debug('one');
  log.info('two', { jobId: 'j', durationMs: 3, problems: ['line\nbreak'], nothing: undefined });
  log.warn('three');
  log.error('four');
  return lines;
}

describe('log', () => {
  it('writes one line of JSON for each event, with its fields', () => {
    expect(linesOf('info')[0]).toBe(
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"two","jobId":"j","durationMs":3,"problems":["line\\nbreak"]}\n',
    );
  });

  it.each<[LogLevel, string[]]>([
    ['debug', ['one', 'two', 'three', 'four']],
    ['info', ['two', 'three', 'four']],
    ['warn', ['three', 'four']],
    ['error', ['four']],
  ])('omits events below level %s', (level, messages) => {
    const written = linesOf(level).map((line) => (JSON.parse(line) as { readonly message: string }).message);
    expect(written).toEqual(messages);
  });
});
