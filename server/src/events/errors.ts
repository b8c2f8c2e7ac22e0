import { AppError } from '#kernel/error';

export function eventNotFound(id: string): AppError {
  return new AppError('event-not-found', 404, `No event found with id ${id}.`);
}
