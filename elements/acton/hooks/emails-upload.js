// The provider takes a CSV file with one column of e-mail addresses. A JSON body may give them as `emails`.
const given = request_body_map;
const file = request_vendor_body_map && request_vendor_body_map.file;
const listed = Array.isArray(given) ? given : given && given.emails;
const emails = Array.isArray(listed)
  ? listed.map((one) => (one && typeof one === 'object' ? one.email : one)).filter(Boolean)
  : [];
if (file) done({ request_vendor_body_map: { file } });
else if (emails.length > 0) {
  const content = `${emails.map((email) => `"${String(email).replace(/"/g, '""')}"`).join('\n')}\n`;
  done({ request_vendor_body_map: { file: { filename: 'emails.csv', contentType: 'text/csv', content } } });
} else {
  done({
    continue: false,
    response_status_code: 400,
    response_error:
      'Send a CSV file with one column of e-mail addresses as the part \'file\', or JSON: {"emails": ["ann@example.com"]}.',
  });
}
