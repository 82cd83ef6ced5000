/** The saved plan of a stack, in its directory. */
export const PLAN_FILE = 'plan.tfplan';

/** A plan to remove the stack goes elsewhere, so that no deploy can apply it by accident. */
export const DESTROY_PLAN_FILE = 'destroy.tfplan';
