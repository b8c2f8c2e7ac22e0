/**
 * What an identity provider is told of us, as the service provider of a login by SAML 2.0: who we are, and where and how
 * it is to send its assertions (saml-metadata-2.0-os, section 2.4.4).
 *
 * @param base URL of the API as the provider reaches it, without anything that XML would take for its own.
 */
export function writeSamlMetadata(base: string, providerId: number): string {
  const place = `${base}/authentication/saml/${providerId}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${place}/metadata">
  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${place}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}

const host = /^([a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

/** The first of a list of hosts, as proxies write it; undefined for what is none. */
export function readHost(header: string | string[] | undefined): string | undefined {
  const first = [header].flat()[0]?.split(',', 1)[0]?.trim();
  return first !== undefined && host.test(first) ? first : undefined;
}
