import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';

/** R2: registry. */
export function registry(platform: () => Platform): void {
  const ecr = () => platform().aws(ECRClient);
  const repositoryName = () => platform().names.of('ecr-repository');
  const repository = async () => {
    const { repositories } = await ecr().send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName()] }));
    return only(repositories);
  };

  it('R2.1 the repository scans on push, has a customer managed key, and its tags are immutable', async () => {
    expect(await repository()).toMatchObject({
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: expect.stringContaining(':key/') as string },
      imageTagMutability: 'IMMUTABLE',
    });
  });

  it('R2.2 the repository keeps the last 10 images and those in use', async () => {
    const { lifecyclePolicyText } = await ecr().send(
      new GetLifecyclePolicyCommand({ repositoryName: repositoryName() }),
    );
    expect(JSON.parse(String(lifecyclePolicyText))).toMatchObject({
      rules: [
        {
          selection: { tagStatus: 'tagged', tagPrefixList: ['nightshift-keep-'], countNumber: 10 },
          action: { type: 'expire' },
        },
        {
          selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 },
          action: { type: 'expire' },
        },
      ],
    });
  });

  it('R0.9 the repository has the required tags', async () => {
    const { repositoryArn: resourceArn } = await repository();
    const { tags } = await ecr().send(new ListTagsForResourceCommand({ resourceArn }));
    const { Environment, Project, CostCenter } = platform().environment.tags;
    expect(Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]))).toMatchObject({
      Environment,
      Project,
      CostCenter,
    });
  });
}
