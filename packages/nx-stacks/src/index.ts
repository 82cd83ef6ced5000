export { afterTasks as postTasksExecution, beforeTasks as preTasksExecution } from './hooks';
export { createNodes } from './plugin';
