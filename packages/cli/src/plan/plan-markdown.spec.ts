import { planMarkdown } from './plan-markdown';
import { noChanges } from './plan-changes';

const output = (after: string) => ({
  kind: 'plan' as const,
  resources: [],
  outputs: [{ path: 'vpc_id', before: '(none)', after, forcesReplacement: false }],
});

describe('changes as Markdown', () => {
  it('are a heading and, folded, the list', () => {
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

  it('are the heading alone where nothing changes', () => {
    expect(planMarkdown('network in dev: no changes', noChanges)).toBe('### network in dev: no changes\n\n');
  });

  it('cannot be broken out of by a value', () => {
    expect(planMarkdown('t', output('"```` <b>"'))).toContain(
      '\n`````text\n  outputs\n      vpc_id: (none) → "```` <b>"\n`````\n',
    );
  });
});
