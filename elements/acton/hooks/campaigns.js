// Each message with an `id`, and its time as a date beside the provider's own.
const toCampaign = (message) => {
  const campaign = Object.assign({}, message, { id: message.msgId || message.id });
  const time = Number(message.timeStamp);
  if (message.timeStamp && Number.isFinite(time)) campaign.updatedDate = new Date(time).toISOString();
  return campaign;
};
const found = response_body && (response_body.msgresult || response_body.result);
if (response_iserror) done();
else if (Array.isArray(found)) done({ response_body: found.map(toCampaign) });
else done();
