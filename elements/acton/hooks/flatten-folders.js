// Folders with entries become one list of entries, each with the name of its folder. An entry that several folders
// show is given once. With an id in the path: that entry alone.
const folders = Array.isArray(response_body) ? response_body : undefined;
if (response_iserror || !folders) done();
else {
  const entries = new Map();
  for (const folder of folders) {
    const inside = Array.isArray(folder.entries) ? folder.entries : [folder];
    for (const entry of inside) {
      if (entries.has(entry.id)) continue;
      const own = inside === folder.entries ? { folder: folder.folder || folder.name } : {};
      entries.set(entry.id, Object.assign({}, entry, own));
    }
  }
  const { id } = request_path_variables;
  const found = entries.get(id);
  if (id === undefined) done({ response_body: [...entries.values()] });
  else if (found) done({ response_body: found });
  else done({ response_status_code: 404, response_error: `Act-On has nothing with the id ${id} here.` });
}
