import { FakeEffects } from '../testing/fake-effects';
import { fakeStack } from '../testing/fake-stack';
import { jsonProgress } from './json-progress';

describe('progress for programs', () => {
  it('is one JSON object a line, with stack, time and construct path', () => {
    const effects = new FakeEffects();
    const progress = jsonProgress(fakeStack, effects);
    progress.event({ type: 'phase', phase: 'apply' });
    effects.advance(1500);
    progress.event({ type: 'planned', address: 'aws_vpc.Vpc_1A', action: 'create' });
    progress.event({ type: 'planned', address: 'aws_vpc.Gone', action: 'delete' });
    progress.note('stopping');
    progress.end();
    const lines = effects.printed.stdout.split('\n').filter(Boolean);
    const stack = 'network';
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { type: 'phase', phase: 'apply', stack, time: '2025-01-01T00:00:00.000Z' },
      {
        type: 'planned',
        address: 'aws_vpc.Vpc_1A',
        action: 'create',
        stack,
        constructPath: 'network/Vpc/Resource',
        time: '2025-01-01T00:00:01.500Z',
      },
      { type: 'planned', address: 'aws_vpc.Gone', action: 'delete', stack, time: '2025-01-01T00:00:01.500Z' },
      { type: 'note', text: 'stopping', stack, time: '2025-01-01T00:00:01.500Z' },
    ]);
  });
});
