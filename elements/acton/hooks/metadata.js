// Fields of an object. `name:type`; `!` = required on create, `-` = read only, `?` = can be asked for by `where`.
const fields = {
  accounts: 'id:string-? name:string-? email:string-?',
  campaigns:
    'id:string-? msgId:string- title:string? name:string-? subject:string! type:string msgType:string-? htmlbody:string textbody:string sendername:string senderName:string-? senderemail:string senderEmail:string-? senderId:string- foldername:string headerid:string footerid:string logoid:string isnewcomposer:boolean isTextOnly:string- timeStamp:string-? timeWhen:string- updatedDate:date-?',
  contacts:
    'id:string-? listId:string-? listName:string-? email:string-? createdDate:date-? updatedDate:date-? created_date:date-? modified_date:date-?',
  'custom-objects':
    'id:string-? name:string!? description:string dataType:string! fields:array! requiredFields:array uniqueFieldSet:array eventTimestampField:string primaryEmailField:string externalIdField:string objectTypeField:string relationships:array',
  footers: 'id:string-? title:string!? html:string! text:string',
  forms:
    'id:string-? title:string-? description:string-? url:string- folder:string-? creation_time:number-? modified:number-?',
  hardbounces: 'id:string-? email:string-?',
  headers: 'id:string-? title:string!? html:string! text:string',
  images:
    'id:string-? name:string? folder:string-? foldername:string size:number-? width:string- height:string- url:string- thumb:string- creation_time:string-? last_modified:string-?',
  lists:
    'id:string-? name:string!? folderName:string? description:string-? headings:string fieldseparator:string quotecharacter:string uploadspecs:array mergespecs:array baseId:string- sourceId:string- sourceName:string- sourceSize:string- sourceTS:string- tsLastModified:number-? tsLastCounted:number- tsSource:number- bIsList:boolean-? bIsSingleton:boolean-',
  logos:
    'id:string-? title:string-? name:string! alttext:string tooltip:string targeturl:string alt_txt:string- tool_tip:string- target_url:string- url_str:string- url_str_ts:string-',
  'marketing-campaigns': 'id:string-? name:string-?',
  media:
    'id:string-? name:string? folder:string-? foldername:string size:string- url:string- target_url:string- creation_time:number-? last_modified:string-?',
  optouts: 'id:string-? email:string!? category:string?',
  pages: 'id:string-? title:string-? url:string- folder:string-? creation_time:string-? modified:string-?',
  programs: 'id:string-? name:string-? type:string-?',
  segments: 'id:string-? name:string!? parentId:string! type:string! filter:object',
  spamcomplaints: 'id:string-? email:string-?',
  'subscription-types': 'id:string-? name:string-?',
  users:
    'id:string- email:string! firstName:string! lastName:string! password:string! userType:string! title:string phoneNumber:string mobileNumber:string faxNumber:string timeZone:string sendEmailConfirmation:string',
};
const toField = (text) => {
  const [, vendorPath, type, marks] = /^([^:]+):(\w+)(.*)$/.exec(text);
  const readOnly = marks.includes('-');
  return {
    vendorPath,
    type,
    vendorReadOnly: readOnly,
    vendorRequired: marks.includes('!'),
    createable: !readOnly,
    updateable: !readOnly,
    filterable: marks.includes('?'),
  };
};

const name = request_path_variables.objectName;
const listId = request_parameters.discoveryId;
const found = Object.keys(fields).find((key) => key.toLowerCase() === name.toLowerCase());
const refuse = (response_status_code, response_error) =>
  done({ continue: false, response_status_code, response_error });
if (name.toLowerCase() === 'listscontacts') {
  if (!listId)
    refuse(
      400,
      'Each list has columns of its own: say which list by discoveryId, such as discoveryId=l-0001.',
    );
  else {
    done({
      request_vendor_path: `/api/1/list/${encodeURIComponent(listId)}`,
      request_vendor_parameters: { count: '20', offset: '0', datequalifiers: 'true' },
    });
  }
} else if (name.toLowerCase() === 'unified-contacts') {
  done({
    request_vendor_path: '/ucl/v2/{account.id}/schema/',
    request_vendor_parameters: { skipHidden: 'true', skipReadOnly: 'false' },
  });
} else if (found) {
  done({ continue: false, response_body: { fields: fields[found].split(' ').map(toField) } });
} else refuse(404, `There is no object '${name}'. GET /objects names those that there are.`);
