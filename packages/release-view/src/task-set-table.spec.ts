import { paint } from '@nightshift/console';
import { createColors } from 'picocolors';
import { taskSetTable } from './task-set-table';
import { greenFixture, taskSetFixture } from './testing/snapshot-fixture';

const table = (width: number, sets = [taskSetFixture(), greenFixture()], colours = createColors(false)) =>
  taskSetTable(sets, width).map((line) => paint(line, width, colours));

describe('the table of task sets', () => {
  it('omits optional columns one by one', () => {
    expect(table(77)[0]).toBe('               version traffic running pending failed healthy unhealthy Spot');
    expect(table(74)[0]).toBe('               version traffic running pending failed healthy unhealthy');
    expect(table(65)[0]).toBe('               version traffic running failed healthy unhealthy');
    expect(table(40)).toEqual([
      '               version traffic running',
      'current (blue) 4f1c2e9    40 %     3/3',
      'new (green)    9a01b7c    60 %     3/3',
    ]);
  });

  it('shortens no tag if there is room, as in a pipe', () => {
    const [head, row] = table(Infinity, [greenFixture({ version: '2026.11.24-rc1' })]);
    expect(head).toContain('            version        task definition ');
    expect(row).toMatch(/^new \(green\) 2026\.11\.24-rc1 ecs-task-prod:\d+ /);
  });

  it('shortens a long tag', () => {
    expect(table(79, [greenFixture({ version: '2026.11.24-rc1' })])[1]).toMatch(/^new \(green\) 2026\.11\.… {4}60 %/);
  });

  it('highlights failures', () => {
    const [, row] = table(79, [greenFixture({ failed: 2, unhealthy: 1 })], createColors(true));
    expect(row).toContain('\u001B[31m      2\u001B[39m');
    expect(row).toContain('\u001B[31m         1\u001B[39m');
  });

  it('has headings without task sets', () => {
    expect(table(79, [])).toHaveLength(1);
  });
});
