/** The page to try the API: Swagger UI from our own server. */
export function docsPage(docsPath: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ligand API</title>
    <link rel="stylesheet" href="${docsPath}/swagger-ui.css" />
    <link rel="icon" type="image/png" href="${docsPath}/favicon-32x32.png" />
  </head>
  <body>
    <div id="api"></div>
    <script src="${docsPath}/swagger-ui-bundle.js"></script>
    <script src="${docsPath}/start.js"></script>
  </body>
</html>
`;
}

/**
 * Starts the page. Swagger UI lets the last of several credentials in one header win, so the script joins the parts
 * of ours; the typed secrets stay in the page's memory.
 */
export function docsScript(docsPath: string): string {
  return `'use strict';
const ui = SwaggerUIBundle({
  url: '${docsPath}/json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  requestInterceptor(request) {
    const sent = request.headers && request.headers.Authorization;
    if (!sent || sent.startsWith('Bearer ')) return request;
    const known = ui.authSelectors.authorized().toJS();
    request.headers.Authorization = ['User', 'Organization', 'Element']
      .filter((part) => known[part])
      .map((part) => part + ' ' + known[part].value)
      .join(', ');
    return request;
  },
});
`;
}
