import { speculativeNote } from './speculative-note';

const missing = (stack: string, all: boolean, ...values: string[]) => ({ stack, dataSource: stack, values, all });

describe('what is said about a speculative plan', () => {
  it.each([
    [
      'a stack that is not deployed',
      [missing('network', true, 'vpc_id', 'subnet_ids_0')],
      'speculative: network is not deployed yet, its values count as known after apply; this plan cannot be applied',
    ],
    [
      'stacks that are not deployed',
      [missing('network', true, 'vpc_id'), missing('registry', true, 'repository_url')],
      'speculative: network and registry are not deployed yet, their values count as known after apply; this plan cannot be applied',
    ],
    [
      'a value that is not published yet',
      [missing('network', false, 'vpc_id')],
      'speculative: network does not publish vpc_id yet, which counts as known after apply; this plan cannot be applied',
    ],
    [
      'some of both',
      [missing('network', false, 'subnet_ids_0', 'vpc_id'), missing('registry', true, 'repository_url')],
      'speculative: registry is not deployed yet, its values count as known after apply; network does not publish subnet_ids_0, vpc_id yet, which count as known after apply; this plan cannot be applied',
    ],
  ])('names %s', (_, values, note) => {
    expect(speculativeNote(values)).toBe(note);
  });
});
