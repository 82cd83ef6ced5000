import { lifecyclePolicy } from './lifecycle-policy';

describe('lifecycle policy', () => {
  it('R2.2 keeps the newest images, tagged or not, and those with the tag of a release', () => {
    expect(JSON.parse(lifecyclePolicy(10))).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: 'Keep the images that run and the last good one',
          selection: {
            tagStatus: 'tagged',
            tagPrefixList: ['nightshift-keep-'],
            countType: 'imageCountMoreThan',
            countNumber: 10,
          },
          action: { type: 'expire' },
        },
        {
          rulePriority: 2,
          description: 'Keep the newest 10',
          selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 },
          action: { type: 'expire' },
        },
      ],
    });
  });
});
