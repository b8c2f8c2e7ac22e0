// "Invalid or missing …" of an id in the path is a 400 at the provider; here it is what it is: not found.
const missing = [10004, 10008, 10012, 10013, 10017, 10030, 10054];
const code = response_body && Number(response_body.errorCode);
if (response_status_code === 400 && missing.includes(code)) done({ response_status_code: 404 });
else done();
