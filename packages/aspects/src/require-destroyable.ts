import { Annotations, Aspects, TerraformResource, type IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';

/** What has to be said, by the type of a resource, for AWS to let go of it while it holds something. */
const DEMANDED: Readonly<Record<string, string>> = {
  aws_ecr_repository: 'forceDelete',
  aws_ecs_service: 'forceDelete',
  aws_s3_bucket: 'forceDestroy',
};

/** What must not be switched on. */
const FORBIDDEN = ['deletionProtection', 'enableDeletionProtection', 'skipDestroy'];

/** Refuses, as an error of the construct, what `destroy` could not take away (R0.10). */
class DestroyableAspect implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const set = (property: string) => Reflect.get(node, `${property}Input`) === true;
    const refuse = (what: string) => {
      Annotations.of(node).addError(`destroy could not remove it (R0.10): ${what}`);
    };

    if (node.lifecycle?.preventDestroy === true) refuse('lifecycle.preventDestroy is true');
    const demanded = DEMANDED[node.terraformResourceType];
    if (demanded !== undefined && !set(demanded)) refuse(`${demanded} is not true`);
    for (const property of FORBIDDEN.filter(set)) refuse(`${property} is true`);
  }
}

/** Refuses what is not destroyable below a construct. */
export function requireDestroyable(scope: IConstruct): void {
  Aspects.of(scope).add(new DestroyableAspect());
}
