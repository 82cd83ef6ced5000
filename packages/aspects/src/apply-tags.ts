import { TerraformResource, type IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addAspect } from './add-aspect';

export type Tags = Readonly<Record<string, string>>;

/** What every generated class of a resource with tags has. */
interface Taggable {
  tags: Tags;
  readonly tagsInput: Tags | undefined;
}

/** Puts tags on every resource that takes them (R0.9); what a resource says itself, such as `Name`, stays. */
class TagsAspect implements IAspect {
  constructor(private readonly tags: Tags) {}

  visit(node: IConstruct): void {
    if (isTaggable(node)) node.tags = { ...this.tags, ...node.tagsInput };
  }
}

/** Tags everything below a construct. An app has to have its stacks already. */
export function applyTags(scope: IConstruct, tags: Tags): void {
  addAspect(scope, new TagsAspect(tags));
}

/** Data sources have tags too, but as a filter. */
function isTaggable(node: IConstruct): node is IConstruct & Taggable {
  return TerraformResource.isTerraformResource(node) && 'tagsInput' in node;
}
