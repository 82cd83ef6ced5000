import { containersOf, containersUnknown } from '../aws/containers';
import type { Model, Resource } from '../model/model';
import { at, isUnknown, shown, type Value } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

export const imageImmutable = rule({
  id: 'image-immutable',
  severity: 'error',
  what: 'images use a digest, or an immutable tag',
  why: 'With a mutable tag, a restart can run another image than the one that was tested.',
  sources: [
    'R2.1',
    'CKV_AWS_51',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_image',
  ],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check: (task, model) =>
    containersUnknown(task)
      ? unknownUntilApply('container_definitions')
      : containersOf(task).flatMap(({ name, image }) => ofImage(`container ${shown(name)}`, image, task, model)),
});

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const ECR = /^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com(?:\.cn)?\//;

function ofImage(container: string, image: Value | undefined, { stack }: Resource, model: Model): Finding[] {
  const text = shown(image);
  if (/@sha256:[0-9a-f]{64}$/.test(text)) return [];
  const targets = model.targets(image, stack);
  const repository = targets.find(({ resource }) => resource.type === 'aws_ecr_repository')?.resource;
  if (!repository) {
    if (isUnknown(text)) return unknownUntilApply(`the image of ${container}`);
    // The repository decides whether tags are mutable.
    if (model.source === 'plan' && ECR.test(text)) return outsideOfPlan(`the image of ${container}`);
    return [{ got: `${container}: ${text}`, fix: 'use the digest: <image>@sha256:…' }];
  }
  if (at(repository.attributes, 'image_tag_mutability') === 'IMMUTABLE') return [];
  return [
    {
      got: `${container}: a tag of ${repository.address}, whose tags are mutable`,
      fix: 'use the digest, or set image_tag_mutability to IMMUTABLE',
    },
  ];
}
