export { afterTasks as postTasksExecution } from './after-tasks';
export { beforeTasks as preTasksExecution } from './before-tasks';
export { createNodes } from './create-nodes';
