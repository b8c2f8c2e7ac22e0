// An upload is a job: asked for again and again, until it has ended. A doubtful end must not look like a refusal of
// the upload itself, which the platform might then send a second time. Each question counts against the provider's limit,
// and no job has ended at once: the first one waits, too.
const longestWaitMs = 45000;
const firstPauseMs = 150;
const uploaded = response_body || {};
const jobId = uploaded.jobId || uploaded.jobid || uploaded.jobID;
const given = request_body_map || {};
const about = given.list && typeof given.list === 'object' ? given.list : given;

const finish = (details) => {
  const id = details.listId || uploaded.listId || uploaded.id || request_path_variables.id || jobId;
  const reply = Object.assign({}, details, { status: 'success' });
  if (id !== undefined) reply.id = String(id);
  const name = about.name || about.listname || about.listName;
  if (name && request_method === 'POST') reply.name = name;
  if (jobId !== undefined) reply.jobId = String(jobId);
  if (uploaded.message) reply.message = uploaded.message;
  done({ response_body: reply });
};
const giveUp = (why) => {
  const error = `Act-On took the upload as job ${jobId}, but ${why}. GET /lists/jobs/${jobId} tells how it goes on.`;
  done({ response_status_code: 502, response_error: error });
};
const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return undefined;
  }
};

const startedMs = Date.now();
const poll = (pauseMs) => {
  const url = `${configuration['base.url']}/api/1/list/${encodeURIComponent(jobId)}/status`;
  const headers = {
    Accept: 'application/json',
    Authorization: `Bearer ${configuration['oauth.user.token']}`,
  };
  const again = (why) => {
    if (Date.now() - startedMs + pauseMs > longestWaitMs) return giveUp(why);
    setTimeout(() => poll(Math.min(pauseMs * 2, 5000)), pauseMs);
  };
  const sent = require(url.startsWith('https:') ? 'https' : 'http').request(url, { headers }, (response) => {
    let text = '';
    response.on('data', (part) => (text += part));
    response.on('end', () => {
      const job = parse(text);
      const status = response.statusCode;
      if (status === 429 || status >= 500) return again(`its status could not be read (status ${status})`);
      if (status >= 400)
        return giveUp(`its status was refused: ${(job && job.message) || `status ${status}`}`);
      if (!job || typeof job !== 'object') return giveUp('its status cannot be read');
      if (/running|pending|queued|progress/i.test(String(job.status)))
        return again('it has not ended in time');
      const details = job.details || parse(job.jobDetails) || {};
      const ended =
        /^(success|ok|completed?)$/i.test(String(job.status)) &&
        /^(ok|success|undefined)$/i.test(String(details.status));
      if (ended) return finish(details);
      const why = details.message || details.error || job.message || details.status || job.status;
      done({
        response_status_code: 400,
        response_error: `Act-On could not take the upload (job ${jobId}): ${why}`,
        response_body: job,
      });
    });
  });
  sent.on('error', () => again('its status could not be read'));
  sent.end();
};

if (response_iserror) done();
else if (uploaded.errorCode)
  done({
    response_status_code: 400,
    response_error: uploaded.message || `Act-On error ${uploaded.errorCode}`,
  });
else if (jobId === undefined) finish({});
else setTimeout(() => poll(firstPauseMs), firstPauseMs);
