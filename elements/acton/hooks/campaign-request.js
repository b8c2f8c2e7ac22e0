// The provider wants texts: ids joined by commas, Y and N, times in seconds, names in lower case.
const fields = request_body_map || {};
if (typeof fields !== 'object' || Array.isArray(fields)) {
  done({
    continue: false,
    response_status_code: 400,
    response_error: 'Send a JSON object with the fields of the message.',
  });
} else {
  const own = { name: 'title', id: undefined, msgId: undefined };
  const form = {};
  for (const [name, value] of Object.entries(fields)) {
    const vendor = Object.hasOwn(own, name) ? own[name] : name.toLowerCase();
    if (!vendor || value === null || value === undefined || (name === 'name' && fields.title)) continue;
    const isTime =
      (vendor === 'when' || vendor === 'whenend') && typeof value === 'string' && !/^\d+$/.test(value);
    const time = isTime ? Date.parse(value) : NaN;
    if (Array.isArray(value)) form[vendor] = value.join(',');
    else if (vendor === 'isnewcomposer') form[vendor] = String(value);
    else if (typeof value === 'boolean') form[vendor] = value ? 'Y' : 'N';
    else form[vendor] = Number.isNaN(time) ? String(value) : String(Math.floor(time / 1000));
  }
  if (request_method === 'POST' && request_vendor_path === '/api/1/message' && !form.type)
    form.type = 'draft';
  done({ request_vendor_body_map: form });
}
