import type { FastifyInstance } from 'fastify';

/** Adds what is served under some paths. Hooks and parsers that a room adds are its own. */
export type Room = (server: FastifyInstance) => void;
