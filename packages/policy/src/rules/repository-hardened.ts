import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { at, blocks, parsed, shown, type Attributes, type Value } from '../model/value';
import { rule, type Finding } from '../rule';

export const repositoryHardened = rule({
  id: 'repository-hardened',
  severity: 'error',
  what: 'a repository scans what is pushed, encrypts with a key of ours, never moves a tag, and keeps the newest images only',
  why: 'Otherwise a release may run another image than the one that was tested, or one that nobody has looked at.',
  sources: [
    'R2.1',
    'R2.2',
    'CKV_AWS_163',
    'CKV_AWS_136',
    'CKV_AWS_51',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
  ],
  appliesTo: (model) => model.all('aws_ecr_repository'),
  check: (repository, model) => [...settings(repository, model), ...lifecycle(repository, model)],
});

function settings(repository: Resource, model: Model): Finding[] {
  const { attributes } = repository;
  const demanded: readonly (readonly [path: string, value: Value])[] = [
    ['image_scanning_configuration.scan_on_push', true],
    ['image_tag_mutability', 'IMMUTABLE'],
    ['encryption_configuration.encryption_type', 'KMS'],
  ];
  const wrong = demanded
    .filter(([path, value]) => at(attributes, path) !== value)
    .map(([path, value]) => ({ got: `${path} ${shown(at(attributes, path))}`, fix: `set it to ${shown(value)}` }));
  const key = at(attributes, 'encryption_configuration.kms_key');
  const ours =
    key !== undefined && model.targets(key, repository.stack).some(({ resource }) => resource.type === 'aws_kms_key');
  return ours ? wrong : [...wrong, { got: `kms_key ${shown(key)}`, fix: 'encrypt with an EncryptionKey of the stack' }];
}

function lifecycle(repository: Resource, model: Model): Finding[] {
  const policy = model
    .all('aws_ecr_lifecycle_policy')
    .find(({ attributes, stack }) => model.meant('aws_ecr_repository', attributes['repository'], stack) === repository);
  if (!policy) return [{ got: 'no lifecycle policy', fix: 'let an aws_ecr_lifecycle_policy expire old images' }];
  const rules = blocks((parsed(policy.attributes['policy']) as Attributes | undefined)?.['rules']);
  return rules.some((one) => keepsNewest(one, model)) ? [] : [unlimited(policy, model)];
}

/** Tagged or not: by other rules, one of the two would pile up. */
function keepsNewest({ selection, action }: Attributes, { environment }: Model): boolean {
  const count = at(selection, 'countNumber');
  return (
    at(selection, 'tagStatus') === 'any' &&
    at(selection, 'countType') === 'imageCountMoreThan' &&
    at(action, 'type') === 'expire' &&
    (environment === undefined || count === environment.registry.keepImages)
  );
}

function unlimited(policy: Resource, { environment }: Model): Finding {
  const count = environment?.registry.keepImages ?? 10;
  return {
    subject: policy,
    got: shown(policy.attributes['policy']),
    fix: `expire any image beyond the newest ${count}`,
  };
}
