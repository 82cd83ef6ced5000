import { checkLine, planLine, releaseLine, snapshotLine } from './release-line';
import { checklistItem } from './preflight/checklist';

describe('a line', () => {
  it('is identified by its type', () => {
    const line = {
      type: 'traffic',
      time: '2026-11-24T02:08:12.000Z',
      text: 'traffic',
      greenPercent: 60,
      bluePercent: 40,
    };
    expect(releaseLine.parse(line)).toEqual({ ...line, time: new Date(line.time) });
    expect(releaseLine.safeParse({ ...line, type: 'weather' }).success).toBe(false);
    expect(releaseLine.safeParse({ ...line, greenPercent: 'most' }).success).toBe(false);
  });

  it('includes all lines that a release prints', () => {
    expect(releaseLine.options).toEqual(expect.arrayContaining([checkLine, planLine, snapshotLine]));
    expect(Object.keys(checkLine.shape)).toEqual([...Object.keys(checklistItem.shape), 'type', 'group']);
  });
});
