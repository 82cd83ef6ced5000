import { logLineText } from './log-line';

describe('logLineText', () => {
  it.each([
    ['cannot\tstart', 'cannot start'],
    ['{"time": "2026-11-24T12:10:26Z", "level": "error", "message": "cannot start"}', 'error: cannot start'],
    ['{"msg":"cannot start","problems":["CALENDAR"]}', 'cannot start {"problems":["CALENDAR"]}'],
    ['{"severity":"ERROR","event":"a\\nb","pid":7}', 'ERROR: a b {"pid":7}'],
    ['{"level":30,"pid":7}', '{"level":30,"pid":7}'],
    ['null', 'null'],
    ['[1]', '[1]'],
    ['{"message"', '{"message"'],
  ])('%s', (line, text) => {
    expect(logLineText(line)).toBe(text);
  });
});
