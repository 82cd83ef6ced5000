import { describeProblem, InterruptedError, UserError } from './index';

describe('UserError', () => {
  it('has place, problem, value and fix', () => {
    const error = new UserError({
      where: 'dev.yaml: task.cpu',
      what: 'not a Fargate size',
      got: '100',
      todo: 'use 256',
    });
    expect(error.message).toBe('dev.yaml: task.cpu: not a Fargate size, got 100 - use 256');
  });

  it('omits a missing value', () => {
    expect(describeProblem({ where: 'python3', what: 'is missing', todo: 'install it' })).toBe(
      'python3: is missing - install it',
    );
  });

  it('reports all problems at once, one per line', () => {
    const problem = { where: 'a', what: 'b', todo: 'c' };
    expect(new UserError(problem, problem)).toMatchObject({
      message: 'a: b - c\na: b - c',
      problems: [problem, problem],
    });
  });
});

it('InterruptedError is not a UserError', () => {
  const error = new InterruptedError('interrupted; nothing was changed');
  expect(error).not.toBeInstanceOf(UserError);
  expect(error.name).toBe('InterruptedError');
});
