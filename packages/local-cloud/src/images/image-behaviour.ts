/** What an image does when it runs, as the server knows it (`ecs/images.py`). */
export type ImageBehaviour = 'healthy' | 'unhealthy' | 'crashes' | 'out-of-memory' | 'slow-start' | 'errors';
