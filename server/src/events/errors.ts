import { AppError } from '#kernel/error';

export function jobNotFound(id: string): AppError {
  return new AppError('job-not-found', 404, `No job found with id ${id}.`);
}

export function eventNotFound(id: string): AppError {
  return new AppError('event-not-found', 404, `No event found with id ${id}.`);
}

/** Anybody may ask, so it does not tell which instances there are. */
export function noInstanceForEvents(elementKey: string): AppError {
  return new AppError(
    'events-no-instance',
    404,
    `No instances found that take webhooks of '${elementKey}': the URL or the header Element-Instances must name one whose events are enabled with event.vendor.type webhook.`,
  );
}

export function signatureInvalid(why: string): AppError {
  return new AppError(
    'events-signature-invalid',
    401,
    `${why} Sign the exact body with the secret that the instance is configured with.`,
  );
}

export function tooBusy(): AppError {
  return new AppError(
    'events-too-busy',
    503,
    'Too many events at once for this customer. Send them again in a moment.',
    {
      headers: { 'retry-after': '1' },
    },
  );
}

export function webhookTooLarge(limitBytes: number): AppError {
  return new AppError('webhook-too-large', 413, `A webhook may have at most ${limitBytes} bytes.`);
}

export function tooManyObjects(most: number): AppError {
  return new AppError(
    'events-too-many-objects',
    413,
    `A webhook may tell of at most ${most} objects. Send the changes in several calls.`,
  );
}

export function deliveryNotFound(id: number): AppError {
  return new AppError('delivery-not-found', 404, `No delivery found with id ${id}.`);
}

export function instanceUnknown(id: number): AppError {
  return new AppError('instance-not-found', 404, `No element instance found with id ${id}.`);
}

export function filterInvalid(why: string): AppError {
  return new AppError(
    'events-filter-invalid',
    400,
    `The filter cannot be used: ${why}. It may name status, instanceId, eventId, channel and config.url, joined by AND.`,
  );
}

export function nothingToReplay(): AppError {
  return new AppError(
    'events-no-callback',
    400,
    'None of these events has a callback to go to: set event.notification.callback.url of the instance first.',
  );
}

export function accountForeign(id: string): AppError {
  return new AppError(
    'account-foreign',
    403,
    `The account ${id.slice(0, 40)} is not one of your organization.`,
  );
}

export function pollReplyNoList(objectName: string, url: string): AppError {
  return new AppError(
    'poll-reply-no-list',
    502,
    `The reply to the poll of '${objectName}' is no list: its url ${url} must be one that answers a list of records.`,
  );
}

export function pollIdMissing(objectName: string, idField: string): AppError {
  return new AppError(
    'poll-id-missing',
    502,
    `No record of '${objectName}' has the field '${idField}': set idField in event.poller.configuration to the field with the id.`,
  );
}

export function pollListTooLong(objectName: string, most: number): AppError {
  return new AppError(
    'poll-list-too-long',
    502,
    `The list of '${objectName}' has more than ${most} records to compare as a whole: give its plan a datesConfiguration, and a url that asks for changes only.`,
  );
}

export function notificationNotFound(id: number): AppError {
  return new AppError('notification-not-found', 404, `No notification found with id ${id}.`);
}

export function subscriptionNotFound(id: number): AppError {
  return new AppError('subscription-not-found', 404, `No subscription found with id ${id}.`);
}

export function topicsMissing(): AppError {
  return new AppError('notification-topics-missing', 400, "Say whose notifications: 'topics[]' is missing.");
}

export function channelNotOffered(channel: string): AppError {
  return new AppError(
    'notification-channel',
    400,
    `The channel must be webhook: this server sends nothing by ${channel}. Take a webhook, and send it from there.`,
  );
}

export function mailNotOffered(): AppError {
  return new AppError(
    'mail-not-offered',
    501,
    'This server sends no e-mails. Subscribe a webhook to a topic, and send them from there.',
  );
}
