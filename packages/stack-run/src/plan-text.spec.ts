import { createColors } from 'picocolors';
import { noChanges, type PlanChanges, type PlannedAction } from './plan-changes';
import { planMarkdown, planText } from './plan-text';

const change = (action: PlannedAction, more: object = {}) => ({
  address: 'aws_lb.L',
  constructPath: undefined,
  action,
  reason: undefined,
  attributes: [],
  ...more,
});

const text = (changes: Partial<PlanChanges>, coloured = false) =>
  planText({ kind: 'plan', resources: [], outputs: [], ...changes }, createColors(coloured));

describe('changes as text', () => {
  it.each([
    ['create', '  + aws_lb.L is created'],
    ['update', '  ~ aws_lb.L is updated'],
    ['replace', '  ± aws_lb.L is replaced'],
    ['delete', '  - aws_lb.L is destroyed'],
    ['remove', '  . aws_lb.L is forgotten, and stays in AWS'],
    ['import', '  > aws_lb.L is imported'],
    ['move', '  > aws_lb.L is moved'],
  ] as const)('%s: %s', (action, line) => {
    expect(text({ resources: [change(action)] })).toEqual([line]);
  });

  it.each([
    ['update', '  ~ aws_lb.L was changed'],
    ['delete', '  - aws_lb.L was removed'],
    ['create', '  + aws_lb.L has appeared'],
  ] as const)('outside of Terraform: %s: %s', (action, line) => {
    expect(text({ kind: 'drift', resources: [change(action)] })).toEqual([line]);
  });

  it('have construct, reason and values', () => {
    const attributes = [
      { path: 'name', before: '"a"', after: '"b"', forcesReplacement: true },
      { path: 'days', before: '1', after: '2', forcesReplacement: false },
    ];
    const more = { constructPath: 'compute/LoadBalancer/Resource', reason: 'because of that', attributes };
    expect(text({ resources: [change('replace', more)] })).toEqual([
      '  ± aws_lb.L (compute/LoadBalancer/Resource) is replaced, because of that',
      '      name: "a" → "b" (forces replacement)',
      '      days: 1 → 2',
    ]);
  });

  it('list outputs after the resources', () => {
    const outputs = [{ path: 'vpc_id', before: '(none)', after: '"vpc-1"', forcesReplacement: false }];
    expect(text({ resources: [change('create')], outputs })).toEqual([
      '  + aws_lb.L is created',
      '  outputs',
      '      vpc_id: (none) → "vpc-1"',
    ]);
  });

  it('are coloured by action', () => {
    expect(text({ resources: [change('delete')] }, true)).toEqual(['  \u001B[31m-\u001B[39m aws_lb.L is destroyed']);
  });
});

const output = (after: string) => ({
  kind: 'plan' as const,
  resources: [],
  outputs: [{ path: 'vpc_id', before: '(none)', after, forcesReplacement: false }],
});

describe('changes as Markdown', () => {
  it('are a heading and a collapsed list', () => {
    expect(planMarkdown('network in dev: 1 to add', output('"vpc-1"'))).toBe(
      [
        '### network in dev: 1 to add',
        '',
        '<details><summary>Changes</summary>',
        '',
        '```text',
        '  outputs',
        '      vpc_id: (none) → "vpc-1"',
        '```',
        '',
        '</details>',
        '',
        '',
      ].join('\n'),
    );
  });

  it('are only the heading without changes', () => {
    expect(planMarkdown('network in dev: no changes', noChanges)).toBe('### network in dev: no changes\n\n');
  });

  it('escape values', () => {
    expect(planMarkdown('t', output('"```` <b>"'))).toContain(
      '\n`````text\n  outputs\n      vpc_id: (none) → "```` <b>"\n`````\n',
    );
  });
});
