import { describeProblem, InterruptedError, UserError } from './index';

describe('UserError', () => {
  it('says where, what, got and what to do', () => {
    const error = new UserError({
      where: 'dev.yaml: task.cpu',
      what: 'not a Fargate size',
      got: '100',
      todo: 'use 256',
    });
    expect(error.message).toBe('dev.yaml: task.cpu: not a Fargate size, got 100 - use 256');
  });

  it('leaves out a value that does not exist', () => {
    expect(describeProblem({ where: 'python3', what: 'is missing', todo: 'install it' })).toBe(
      'python3: is missing - install it',
    );
  });

  it('reports all problems at once, one a line', () => {
    const problem = { where: 'a', what: 'b', todo: 'c' };
    expect(new UserError(problem, problem)).toMatchObject({
      message: 'a: b - c\na: b - c',
      problems: [problem, problem],
    });
  });
});

it('InterruptedError is no error of the user', () => {
  const error = new InterruptedError('interrupted; nothing was changed');
  expect(error).not.toBeInstanceOf(UserError);
  expect(error.name).toBe('InterruptedError');
});
