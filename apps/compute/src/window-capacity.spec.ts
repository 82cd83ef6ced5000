import { synthCompute } from './compute-stack.fixture';

const night = { name: 'night', days: ['monday' as const], from: '22:00', to: '06:00', timeZone: 'Europe/London' };
const synth = (capacity?: { minimum: number; maximum?: number; leadMinutes: number }) =>
  synthCompute({ processingWindows: [{ ...night, ...(capacity && { capacity }) }] });
const stack = synth({ minimum: 6, leadMinutes: 15 });
const action = (name: string, of = stack) =>
  of.resource('aws_appautoscaling_scheduled_action', `Scaling/Windows/night-${name}`);

describe('capacity of processing windows', () => {
  it('R14.3 starts tasks before a window opens', () => {
    expect(action('open')).toMatchObject({
      name: 'scheduled-action-night-open-test',
      resource_id: stack.reference('aws_appautoscaling_target', 'Scaling/Target', 'resource_id'),
      scalable_dimension: stack.reference('aws_appautoscaling_target', 'Scaling/Target', 'scalable_dimension'),
      service_namespace: stack.reference('aws_appautoscaling_target', 'Scaling/Target', 'service_namespace'),
      schedule: 'cron(45 21 ? * MON *)',
      timezone: 'Europe/London',
      scalable_target_action: { min_capacity: '6', max_capacity: '10' },
    });
    expect(action('open', synth({ minimum: 4, maximum: 8, leadMinutes: 15 }))).toMatchObject({
      scalable_target_action: { min_capacity: '4', max_capacity: '8' },
    });
  });

  it('R14.3 restores the bounds of R7.4 after the window, one change after the other', () => {
    expect(action('close')).toMatchObject({
      name: 'scheduled-action-night-close-test',
      schedule: 'cron(0 6 ? * TUE *)',
      scalable_target_action: { min_capacity: '2', max_capacity: '10' },
      depends_on: [expect.stringMatching(/^aws_appautoscaling_scheduled_action\..*night-open/)],
    });
  });

  it('R14.3 ignores the bounds that a window has set, so that a deploy at night removes no tasks', () => {
    const target = (of: typeof stack) => of.resource('aws_appautoscaling_target', 'Scaling/Target');
    expect(target(stack)).toMatchObject({ lifecycle: { ignore_changes: ['min_capacity', 'max_capacity'] } });
    expect(target(synth())).not.toHaveProperty('lifecycle');
  });

  it('creates no scheduled actions without a window with capacity', () => {
    expect(synth().resources('aws_appautoscaling_scheduled_action')).toEqual({});
  });
});
