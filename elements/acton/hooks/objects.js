// Names of the objects that have metadata; with the newer version header also where they come from, and whether their
// fields are the account's own.
const names = [
  'accounts',
  'campaigns',
  'contacts',
  'custom-objects',
  'footers',
  'forms',
  'hardbounces',
  'headers',
  'images',
  'lists',
  'listsContacts',
  'logos',
  'marketing-campaigns',
  'media',
  'optouts',
  'pages',
  'programs',
  'segments',
  'spamcomplaints',
  'subscription-types',
  'unified-contacts',
  'users',
];
const dynamic = ['listsContacts', 'unified-contacts'];
const newer = String(request_headers['elements-version'] || '').toLowerCase() === 'helium';
const describe = (name) => {
  const object = { name, vendorName: name, type: 'ceCanonical', customFields: dynamic.includes(name) };
  if (name === 'listsContacts') object.discoveryId = 'id of a list';
  return object;
};
done({ continue: false, response_body: newer ? names.map(describe) : names });
