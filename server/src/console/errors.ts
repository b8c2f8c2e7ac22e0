import { AppError } from '#kernel/error';

export function foreignPage(): AppError {
  return new AppError(
    'foreign-page',
    403,
    'A page of another origin may not do this with your session. Use the console itself, or call the API with an Authorization header.',
  );
}

export function csrfTokenWrong(): AppError {
  return new AppError(
    'csrf-token-wrong',
    403,
    'The header ligand-csrf-token is missing or does not belong to this session. Load the page again.',
  );
}

export function sessionNeeded(): AppError {
  return new AppError(
    'session-needed',
    403,
    'Secrets are shown here to who has logged in with a browser. Use POST /authentication and GET /authentication/secrets instead.',
  );
}

export function instanceIdInvalid(): AppError {
  return new AppError(
    'instance-id-invalid',
    400,
    "The header elements-instance-id must hold the id of a connected account, a whole number such as '42'.",
  );
}

export function widgetNotFramed(): AppError {
  return new AppError(
    'widget-not-framed',
    403,
    'The widget is shown inside of a page of your own: load /widget.js there. See the guide of the widget.',
  );
}

export function widgetSessionOver(): AppError {
  return new AppError(
    'widget-session-over',
    404,
    'There is no such connect session, or it is over. Let your server make a new one with POST /connect-sessions.',
  );
}
