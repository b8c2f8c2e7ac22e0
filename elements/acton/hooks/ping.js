// Answered here: whether the account still works is told by any other call.
done({ continue: false, response_body: { dateTime: new Date().toISOString(), endpoint: 'acton' } });
