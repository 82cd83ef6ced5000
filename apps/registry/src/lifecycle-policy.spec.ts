import { lifecyclePolicy } from './lifecycle-policy';

describe('lifecycle of images', () => {
  it('R2.2 keeps the newest and no others, tagged or not', () => {
    expect(JSON.parse(lifecyclePolicy(10))).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: 'Keep the newest 10',
          selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 },
          action: { type: 'expire' },
        },
      ],
    });
  });
});
