import type { SynthesizedStack } from '@nightshift/testing';

/** The address of the resource at a path: `aws_lb_listener.Listeners_Production_39F62E3D`. */
export function addressOf(stack: SynthesizedStack, type: string, path: string): string {
  return stack.reference(type, path, 'id').slice('${'.length, -'.id}'.length);
}
