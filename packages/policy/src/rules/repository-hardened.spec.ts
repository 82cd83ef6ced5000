import { environmentWith } from '../environment.fixture';
import { judge, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { repositoryHardened } from './repository-hardened';

const hardened = {
  name: 'ecr',
  image_scanning_configuration: { scan_on_push: true },
  image_tag_mutability: 'IMMUTABLE',
  encryption_configuration: [{ encryption_type: 'KMS', kms_key: '${aws_kms_key.K.arn}' }],
};
const keep = (changes: Attributes = {}, action = 'expire') => {
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10, ...changes };
  return JSON.stringify({ rules: [{ selection, action: { type: action } }] });
};
const model = (repository: Attributes, policy: string | undefined, environment = environmentWith()) =>
  modelWith(
    {
      aws_kms_key: { K: {} },
      aws_ecr_repository: { R: { ...hardened, ...repository } },
      ...(policy && { aws_ecr_lifecycle_policy: { P: { repository: '${aws_ecr_repository.R.name}', policy } } }),
    },
    {},
    environment,
  );
const judged = (repository: Attributes, policy: string | undefined = keep()) =>
  judge(repositoryHardened, model(repository, policy));

describe('repository-hardened (R2.1, R2.2)', () => {
  it('refuses a repository as AWS makes it', () => {
    const bare = {
      image_scanning_configuration: undefined,
      image_tag_mutability: 'MUTABLE',
      encryption_configuration: undefined,
    };
    expect(judge(repositoryHardened, model(bare, undefined))).toEqual([
      'aws_ecr_repository.R: image_scanning_configuration.scan_on_push none - set it to true',
      'aws_ecr_repository.R: image_tag_mutability MUTABLE - set it to IMMUTABLE',
      'aws_ecr_repository.R: encryption_configuration.encryption_type none - set it to KMS',
      'aws_ecr_repository.R: kms_key none - encrypt with an EncryptionKey of the stack',
      'aws_ecr_repository.R: no lifecycle policy - let an aws_ecr_lifecycle_policy expire old images',
    ]);
  });

  it("refuses AWS's own key", () => {
    expect(judged({ encryption_configuration: [{ encryption_type: 'KMS', kms_key: 'alias/aws/ecr' }] })).toEqual([
      'aws_ecr_repository.R: kms_key alias/aws/ecr - encrypt with an EncryptionKey of the stack',
    ]);
  });

  it.each([
    keep({ tagStatus: 'untagged' }),
    keep({ countType: 'sinceImagePushed' }),
    keep({ countNumber: 100 }),
    keep({}, 'keep'),
    '{}',
    'broken',
  ])('refuses the lifecycle %s', (policy) => {
    expect(judged({}, policy)).toEqual([
      `aws_ecr_lifecycle_policy.P: ${policy} - expire any image beyond the newest 10`,
    ]);
  });

  it('accepts one that is hardened, with any number of images where no environment says how many', () => {
    expect(judged({})).toEqual([]);
    const foreign = modelWith({
      aws_kms_key: { K: {} },
      aws_ecr_repository: { R: hardened },
      aws_ecr_lifecycle_policy: {
        P: { repository: 'ecr', policy: keep({ countNumber: 50 }) },
        Q: { repository: 'other', policy: '' },
      },
    });
    expect(judge(repositoryHardened, foreign)).toEqual([]);
    const unlimited = modelWith({
      aws_kms_key: { K: {} },
      aws_ecr_repository: { R: hardened },
      aws_ecr_lifecycle_policy: { P: { repository: 'ecr', policy: '{}' } },
    });
    expect(judge(repositoryHardened, unlimited)).toEqual([
      'aws_ecr_lifecycle_policy.P: {} - expire any image beyond the newest 10',
    ]);
  });

  it('is not about other registries', () => {
    expect(judge(repositoryHardened, modelWith({ aws_s3_bucket: { B: {} } }))).toBe('not applicable');
  });
});
