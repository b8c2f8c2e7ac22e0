// A list by its id: the provider has its columns and its size here, its name and folder only in the list of all lists.
const { id } = request_path_variables;
const pageSize = 1000;
const { headers = [], totalCount, emailColumn } = response_body || {};
const isEmail = (name, index) =>
  index === emailColumn || (emailColumn === undefined && /^e-?mail/i.test(name));
const columns = headers.map((name, index) => ({ name, type: isEmail(name, index) ? 'email' : 'string' }));

const look = (offset) => {
  ask(`/api/1/list?listingtype=contact_list&count=${pageSize}&offset=${offset}`, (page) => {
    const lists = page.result || [];
    const found = lists.find((list) => list.id === id);
    const size = Number(totalCount);
    const known = { id, columns: columns.filter(({ name }) => name !== '_contact_id_') };
    if (Number.isFinite(size)) known.contactCount = size;
    const isLast = lists.length < pageSize || offset + lists.length >= Number(page.totalCount);
    if (found || isLast) done({ response_body: Object.assign({}, found, known) });
    else look(offset + lists.length);
  });
};

if (response_iserror) done();
else look(0);
