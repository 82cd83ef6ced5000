import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseLine, releaseLineSchema } from './release-line';

const committed = () => readFileSync(join(__dirname, '..', 'schema', 'release-line.json'), 'utf8');

describe('schema/release-line.json', () => {
  it('is what the lines are; if not, run: npm run schema -w packages/release', () => {
    expect(committed()).toBe(`${JSON.stringify(releaseLineSchema(), null, 2)}\n`);
  });

  it('lets new fields in, as readers must', () => {
    expect(committed()).not.toContain('"additionalProperties": false');
  });
});

describe('a line', () => {
  it('is known by its type', () => {
    const line = {
      type: 'traffic',
      time: '2026-11-24T02:08:12.000Z',
      text: 'traffic',
      greenPercent: 60,
      bluePercent: 40,
    };
    expect(releaseLine.parse(line)).toEqual(line);
    expect(releaseLine.safeParse({ ...line, type: 'weather' }).success).toBe(false);
    expect(releaseLine.safeParse({ ...line, greenPercent: 'most' }).success).toBe(false);
  });

  it('of the result may say more than is known here', () => {
    const line = { type: 'result', status: 'failed', exitCode: 10, record: 'x' };
    expect(releaseLine.parse(line)).toEqual(line);
  });
});
