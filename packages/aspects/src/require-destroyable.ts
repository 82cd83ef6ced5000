import { Annotations, TerraformResource, type IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addAspect } from './add-aspect';
import { keeping, releasing } from './kept-resources';

/** Makes synthesis fail, with an error of the construct, where a resource would outlive its stack (R0.10). */
class DestroyableAspect implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    for (const problem of problemsOf(node)) {
      Annotations.of(node).addError(`${node.terraformResourceType} has to be destroyable (R0.10): ${problem}`);
    }
  }
}

/** Checks everything below a construct. An app has to have its stacks already. */
export function requireDestroyable(scope: IConstruct): void {
  addAspect(scope, new DestroyableAspect());
}

function problemsOf(resource: TerraformResource): string[] {
  const prevented =
    resource.lifecycle?.preventDestroy === true ? ['lifecycle.preventDestroy keeps it - leave it out'] : [];
  const kept = keeping
    .filter((attribute) => given(resource, attribute) === true)
    .map((attribute) => `${attribute} keeps it - leave it out`);
  const release = releasing[resource.terraformResourceType];
  const stuck =
    release && !given(resource, release.attribute)
      ? [`without ${release.attribute} ${release.otherwise} - set it`]
      : [];
  return [...prevented, ...kept, ...stuck];
}

/** What the resource was given; CDKTF has it beside the attribute itself, which is a reference. */
function given(resource: TerraformResource, attribute: string): unknown {
  return Reflect.get(resource, `${attribute}Input`);
}
