// The provider counts seconds; callers may send dates.
const parameters = Object.assign({}, request_vendor_parameters);
for (const name of ['createdAfter', 'createdBefore', 'updatedAfter', 'updatedBefore']) {
  const value = parameters[name];
  if (value === undefined || /^\d+$/.test(value)) continue;
  const time = Date.parse(value);
  if (!Number.isNaN(time)) parameters[name] = String(Math.floor(time / 1000));
}
done({ request_vendor_parameters: parameters });
