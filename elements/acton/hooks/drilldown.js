// The provider's verbs are in capitals; ours may come as people write them: `opt-out`, `Opened`.
const verb = request_path_variables.drilldown.toUpperCase().replace(/[^A-Z]+/g, '_');
const verbs = ['SENT', 'SUPPRESSED', 'OPENED', 'CLICKED', 'BOUNCED', 'OPT_OUT', 'SPAM'];
const known = verb === 'OPTOUT' ? 'OPT_OUT' : verb;
if (verbs.includes(known)) done({ request_vendor_path: request_vendor_path.replace('{drilldown}', known) });
else {
  const names = verbs.map((name) => name.toLowerCase()).join(', ');
  done({
    continue: false,
    response_status_code: 400,
    response_error: `'${request_path_variables.drilldown}' is no report. Ask for one of ${names}.`,
  });
}
