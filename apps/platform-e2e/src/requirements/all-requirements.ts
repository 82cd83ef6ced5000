import type { Platform } from '../harness/platform';
import { alarms } from './alarms';
import { cluster } from './cluster';
import { deployment } from './deployment';
import { endpoints } from './endpoints';
import { loadBalancer } from './load-balancer';
import { logs } from './logs';
import { network } from './network';
import { registry } from './registry';
import { roles } from './roles';
import { scaling } from './scaling';
import { service } from './service';
import { shape } from './shape';

/** Checks every requirement of a deployed environment with AWS APIs. */
export function allRequirements(platform: () => Platform): void {
  describe('R0 shape', () => shape(platform));
  describe('R1 network', () => network(platform));
  describe('R2 registry', () => registry(platform));
  describe('R3 cluster', () => cluster(platform));
  describe('R4, R5 task and service', () => service(platform));
  describe('R6 load balancer', () => loadBalancer(platform));
  describe('R7 auto-scaling', () => scaling(platform));
  describe('R8 logs', () => logs(platform));
  describe('R9 roles', () => roles(platform));
  describe('R10 blue/green', () => deployment(platform));
  describe('R11 endpoints', () => endpoints(platform));
  describe('R12 alarms', () => alarms(platform));
}
