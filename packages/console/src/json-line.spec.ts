import { z } from 'zod';
import { noteLine, publishedSchema, time, timeText } from './json-line';
import { FakeTerminal } from './testing/fake-terminal';

describe('publishedSchema', () => {
  it('describes the encoded lines', () => {
    expect(publishedSchema('Note', 'One note.', z.object({ note: noteLine }).readonly())).toEqual({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Note',
      description: 'One note.',
      type: 'object',
      required: ['note'],
      properties: {
        note: {
          type: 'object',
          required: ['type', 'time', 'text'],
          properties: {
            type: { type: 'string', const: 'note' },
            time: { type: 'string', format: 'date-time', description: 'ISO 8601, UTC.' },
            text: { type: 'string', description: 'A sentence for people. Its text may change.' },
          },
        },
      },
    });
  });
});

describe('a time', () => {
  it('is a text in JSON, and a date or a text in the program', () => {
    expect(time.parse('2026-11-24T02:08:12.000Z')).toEqual(new Date('2026-11-24T02:08:12.000Z'));
    expect(timeText.parse('2026-11-24T02:08:12.000Z')).toBe('2026-11-24T02:08:12.000Z');
  });
});

describe('the JSON line of a fake terminal', () => {
  const at = new Date('2026-11-24T02:08:12.000Z');

  it('is printed unchanged', () => {
    const terminal = new FakeTerminal();
    terminal.stdout.json(noteLine, { type: 'note', time: at, text: 'starting' });
    expect(terminal.printed.stdout).toBe('{"type":"note","time":"2026-11-24T02:08:12.000Z","text":"starting"}\n');
  });

  it('is refused if its schema does not describe all of its fields', () => {
    const { stdout } = new FakeTerminal();
    const line = { type: 'note', time: at, text: 'starting', task: '3f2a' } as const;
    expect(() => {
      stdout.json(noteLine, line);
    }).toThrow(
      'printed: {"type":"note","time":"2026-11-24T02:08:12.000Z","text":"starting","task":"3f2a"}\nin the schema: {"type":"note","time":"2026-11-24T02:08:12.000Z","text":"starting"}',
    );
  });
});
