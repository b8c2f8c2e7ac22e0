// Written by `npm run reference` from docs/reference/openapi.json; do not edit.
export interface paths {
    "/accounts": {
        parameters: {
        };
        /** List the accounts that are active; where active = false finds the others */
        get: operations["getAccounts"];
        /** Add an account: a customer of yours, with users and connected accounts of its own */
        post: operations["postAccounts"];
    };
    "/accounts/identity-providers": {
        parameters: {
        };
        /** List the identity providers of your account */
        get: operations["getAccountsIdentityProviders"];
        /** Add an identity provider to your account */
        post: operations["postAccountsIdentityProviders"];
    };
    "/accounts/identity-providers/{id}": {
        parameters: {
        };
        /** One identity provider of your account */
        get: operations["getAccountsIdentityProvidersById"];
        /** Change the given fields of an identity provider of your account */
        put: operations["putAccountsIdentityProvidersById"];
        /** Delete an identity provider of your account */
        delete: operations["deleteAccountsIdentityProvidersById"];
        /** Change the given fields of an identity provider of your account */
        patch: operations["patchAccountsIdentityProvidersById"];
    };
    "/accounts/settings": {
        parameters: {
        };
        /** The settings of an account */
        get: operations["getAccountsSettings"];
        /** Replace all settings of an account */
        post: operations["postAccountsSettings"];
        /** Change settings of an account */
        patch: operations["patchAccountsSettings"];
    };
    "/accounts/{id}": {
        parameters: {
        };
        /** One account */
        get: operations["getAccountsById"];
        /** Change an account, switch it off or on; active: true brings a deleted one back */
        put: operations["putAccountsById"];
        /** Delete an account with its users and what they have connected */
        delete: operations["deleteAccountsById"];
        /** Change an account, switch it off or on; active: true brings a deleted one back */
        patch: operations["patchAccountsById"];
    };
    "/accounts/{id}/limits": {
        parameters: {
        };
        /** Limits of an account, and how much of them is used */
        get: operations["getAccountsByIdLimits"];
        /** Say how many hub calls an account may make; calls above get 429 with Retry-After */
        put: operations["putAccountsByIdLimits"];
        /** Let an account make any number of hub calls */
        delete: operations["deleteAccountsByIdLimits"];
    };
    "/accounts/{id}/roles": {
        parameters: {
        };
        /** The roles that an account gives to all its users */
        get: operations["getAccountsByIdRoles"];
    };
    "/accounts/{id}/roles/{key}": {
        parameters: {
        };
        /** Give a role to all users of an account */
        put: operations["putAccountsByIdRolesByKey"];
        /** Take a role from all users of an account */
        delete: operations["deleteAccountsByIdRolesByKey"];
    };
    "/accounts/{id}/settings": {
        parameters: {
        };
        /** The settings of an account */
        get: operations["getAccountsByIdSettings"];
        /** Replace all settings of an account */
        post: operations["postAccountsByIdSettings"];
        /** Change settings of an account */
        patch: operations["patchAccountsByIdSettings"];
    };
    "/accounts/{id}/users": {
        parameters: {
        };
        /** List the users of an account */
        get: operations["getAccountsByIdUsers"];
        /** Add a user to an account */
        post: operations["postAccountsByIdUsers"];
    };
    "/accounts/{id}/users/{idOrEmail}": {
        parameters: {
        };
        /** One user; with the right password in Elements-User-Password also its secret */
        get: operations["getAccountsByIdUsersByIdOrEmail"];
        /** Change a user, switch it off or on, or give it another password by headers */
        put: operations["putAccountsByIdUsersByIdOrEmail"];
        /** Delete a user; what it has connected stays with the account */
        delete: operations["deleteAccountsByIdUsersByIdOrEmail"];
        /** Change a user, switch it off or on, or give it another password by headers */
        patch: operations["patchAccountsByIdUsersByIdOrEmail"];
    };
    "/applications/users": {
        parameters: {
        };
        /** The user who calls */
        get: operations["getApplicationsUsers"];
        /** Add a user to the default account, with the password of the header */
        post: operations["postApplicationsUsers"];
    };
    "/applications/users/{email}": {
        parameters: {
        };
        /** Log in: the user, with its secret, for its e-mail and password */
        get: operations["getApplicationsUsersByEmail"];
    };
    "/applications/users/{email}/reset": {
        parameters: {
        };
        /** Ask for a new password by e-mail: this server sends none, and answers 403, whoever asks */
        post: operations["postApplicationsUsersByEmailReset"];
    };
    "/applications/users/{email}/updatepassword": {
        parameters: {
        };
        /** Set another password with the one in use, also when that has expired */
        patch: operations["patchApplicationsUsersByEmailUpdatepassword"];
    };
    "/audit": {
        parameters: {
        };
        /** Who did what, the newest first: of the organization, or of the own account */
        get: operations["getAudit"];
    };
    "/audit-logs": {
        parameters: {
        };
        /** Who did what, the newest first: of the organization, or of the own account */
        get: operations["getAuditLogs"];
    };
    "/audit/{id}": {
        parameters: {
        };
        /** One entry of the audit trail */
        get: operations["getAuditById"];
    };
    "/authentication": {
        parameters: {
        };
        /** Exchange user name and password for a login token */
        post: operations["postAuthentication"];
    };
    "/authentication/saml/{id}/metadata": {
        parameters: {
        };
        /**
         * SAML 2.0 metadata of this server for an identity provider, as XML
         * @description Behind a proxy, X-Forwarded-Host says under which host the provider reaches this server.
         */
        get: operations["getAuthenticationSamlByIdMetadata"];
    };
    "/authentication/secrets": {
        parameters: {
        };
        /** Get the API secrets of the user that has logged in */
        get: operations["getAuthenticationSecrets"];
    };
    "/catalog-properties": {
        parameters: {
        };
        /** How elements are shown in your catalog */
        get: operations["getCatalogProperties"];
        /** Say how elements are shown; others stay as they are, and an empty list forgets all */
        put: operations["putCatalogProperties"];
    };
    "/connect-sessions": {
        parameters: {
        };
        /** A one-time token with which the widget in a browser may connect one account, or one again */
        post: operations["postConnectSessions"];
    };
    "/connect-sessions/open": {
        parameters: {
        };
        /** For the widget: exchange the one-time token for a key, and learn what to ask */
        post: operations["postConnectSessionsOpen"];
    };
    "/connect-sessions/outcome": {
        parameters: {
        };
        /** For the window in which a provider has asked: what it has sent back */
        post: operations["postConnectSessionsOutcome"];
    };
    "/connect-sessions/{id}": {
        parameters: {
        };
        /** What became of a session: the instance that was connected in it */
        get: operations["getConnectSessionsById"];
        /** For the widget: the person does not want to connect anything */
        delete: operations["deleteConnectSessionsById"];
    };
    "/connect-sessions/{id}/consent": {
        parameters: {
        };
        /** For the widget: where to send the person for consent */
        post: operations["postConnectSessionsByIdConsent"];
    };
    "/connect-sessions/{id}/instance": {
        parameters: {
        };
        /** For the widget: connect the account again, under the same id and token; that ends the session */
        put: operations["putConnectSessionsByIdInstance"];
        /** For the widget: connect the account; that ends the session */
        post: operations["postConnectSessionsByIdInstance"];
    };
    "/connect-sessions/{id}/outcome": {
        parameters: {
        };
        /** For the widget: what the provider has sent back, once it has; it is told once */
        get: operations["getConnectSessionsByIdOutcome"];
    };
    "/console/secrets": {
        parameters: {
        };
        /** Your own API secrets, when you ask to see them */
        post: operations["postConsoleSecrets"];
    };
    "/console/session": {
        parameters: {
        };
        /** Who is logged in with this browser */
        get: operations["getConsoleSession"];
        /** Log in with a browser: the reply sets a cookie */
        post: operations["postConsoleSession"];
        /** Log out */
        delete: operations["deleteConsoleSession"];
    };
    "/console/sessions": {
        parameters: {
        };
        /** Log out with every browser; API secrets go on working */
        delete: operations["deleteConsoleSessions"];
    };
    "/console/set-up": {
        parameters: {
        };
        /** Choose name and password of the first user, with the link that the server has printed; logs in */
        post: operations["postConsoleSetUp"];
    };
    "/customers/organizations/{id}": {
        parameters: {
        };
        /** One organization, whoever it belongs to */
        get: operations["getCustomersOrganizationsById"];
        /** End an organization: its users cannot call any more, what it has connected is deleted */
        delete: operations["deleteCustomersOrganizationsById"];
    };
    "/customers/signup": {
        parameters: {
        };
        /**
         * Add an organization with an account and a user of its own
         * @description The user is its administrator unless other roles are given. The password policy is not applied.
         */
        post: operations["postCustomersSignup"];
    };
    "/docs": {
        parameters: {
        };
        /** This document; a browser gets a page to try it */
        get: operations["getDocs"];
    };
    "/docs/json": {
        parameters: {
        };
        /** This document, whatever the Accept header says */
        get: operations["getDocsJson"];
    };
    "/docs/{hub}": {
        parameters: {
        };
        /**
         * Swagger 2.0 of the elements of a hub, of all hubs (all), or of an area of the platform, such as accounts
         * @description Of a hub with very many elements, the first are documented.
         */
        get: operations["getDocsByHub"];
    };
    "/element-products": {
        parameters: {
        };
        /** List the products of marketplaces under which elements are sold */
        get: operations["getElementProducts"];
        /** Add a product of a marketplace */
        post: operations["postElementProducts"];
    };
    "/element-products/{id}": {
        parameters: {
        };
        /** One product of a marketplace */
        get: operations["getElementProductsById"];
        /** Delete a product of a marketplace; its element stays */
        delete: operations["deleteElementProductsById"];
        /** Change the given fields of a product of a marketplace */
        patch: operations["patchElementProductsById"];
    };
    "/elements": {
        parameters: {
        };
        /** List the elements that can be used: the catalog, and your own */
        get: operations["getElements"];
        /**
         * Import an element
         * @description Takes what the export gives. importReport says what of it cannot work, and why.
         */
        post: operations["postElements"];
    };
    "/elements/client-sdks/{packageId}": {
        parameters: {
        };
        /** Download a client of an element: a zip archive */
        get: operations["getElementsClientSdksByPackageId"];
    };
    "/elements/convert": {
        parameters: {
        };
        /**
         * Make an element of an OpenAPI, Swagger, WSDL or OData document, to be sent to POST /elements
         * @description The document is the body, or the file of a multipart body. importNotes say what was guessed.
         */
        post: operations["postElementsConvert"];
    };
    "/elements/keys": {
        parameters: {
        };
        /** List the keys of all elements */
        get: operations["getElementsKeys"];
    };
    "/elements/metadata": {
        parameters: {
        };
        /** What each element can do */
        get: operations["getElementsMetadata"];
    };
    "/elements/oauthApps": {
        parameters: {
        };
        /** List the OAuth apps that are stored for elements, their credentials masked */
        get: operations["getElementsOauthApps"];
    };
    "/elements/oauthProxies": {
        parameters: {
        };
        /** List your OAuth proxies, and those of your organization */
        get: operations["getElementsOauthProxies"];
        /** Make an OAuth proxy: one callback URL that sends people on to several applications */
        post: operations["postElementsOauthProxies"];
    };
    "/elements/oauthProxies/{id}": {
        parameters: {
        };
        /** One OAuth proxy */
        get: operations["getElementsOauthProxiesById"];
        /** Delete an OAuth proxy of your own */
        delete: operations["deleteElementsOauthProxiesById"];
    };
    "/elements/oauthProxies/{id}/applicationUrl": {
        parameters: {
        };
        /** Let a proxy send people on to an application: a URL, in which * is anything */
        post: operations["postElementsOauthProxiesByIdApplicationUrl"];
        /** Stop a proxy from sending people on to an application */
        delete: operations["deleteElementsOauthProxiesByIdApplicationUrl"];
    };
    "/elements/{keyOrId}": {
        parameters: {
        };
        /** One element: its configuration, resources, hooks and models */
        get: operations["getElementsByKeyOrId"];
        /** Change the fields of an element that are given; its key stays */
        put: operations["putElementsByKeyOrId"];
        /** Delete an element of your own */
        delete: operations["deleteElementsByKeyOrId"];
        /** Change the fields of an element that are given; its key stays */
        patch: operations["patchElementsByKeyOrId"];
    };
    "/elements/{keyOrId}/accounts": {
        parameters: {
        };
        /** The accounts that an element of your own is shared with */
        get: operations["getElementsByKeyOrIdAccounts"];
    };
    "/elements/{keyOrId}/accounts/{accountId}": {
        parameters: {
        };
        /** Share an element with another account */
        put: operations["putElementsByKeyOrIdAccountsByAccountId"];
        /** End the sharing of an element */
        delete: operations["deleteElementsByKeyOrIdAccountsByAccountId"];
    };
    "/elements/{keyOrId}/active": {
        parameters: {
        };
        /** Mark an element of your own as active */
        put: operations["putElementsByKeyOrIdActive"];
        /** Mark an element of your own as not active */
        delete: operations["deleteElementsByKeyOrIdActive"];
    };
    "/elements/{keyOrId}/client-sdks": {
        parameters: {
        };
        /** Make a client of an element: a package to download */
        post: operations["postElementsByKeyOrIdClientSdks"];
    };
    "/elements/{keyOrId}/clone": {
        parameters: {
        };
        /** Copy an element into one of your own */
        post: operations["postElementsByKeyOrIdClone"];
    };
    "/elements/{keyOrId}/configuration": {
        parameters: {
        };
        /** List each configuration key of an element */
        get: operations["getElementsByKeyOrIdConfiguration"];
        /** Add a configuration key */
        post: operations["postElementsByKeyOrIdConfiguration"];
    };
    "/elements/{keyOrId}/configuration/{part}": {
        parameters: {
        };
        /** One configuration key */
        get: operations["getElementsByKeyOrIdConfigurationByPart"];
        /** Change the given fields of a configuration key */
        put: operations["putElementsByKeyOrIdConfigurationByPart"];
        /** Delete a configuration key */
        delete: operations["deleteElementsByKeyOrIdConfigurationByPart"];
        /** Change the given fields of a configuration key */
        patch: operations["patchElementsByKeyOrIdConfigurationByPart"];
    };
    "/elements/{keyOrId}/configurations": {
        parameters: {
        };
        /** Add or change several rows: configuration */
        put: operations["putElementsByKeyOrIdConfigurations"];
    };
    "/elements/{keyOrId}/docs": {
        parameters: {
        };
        /** Swagger 2.0 of what an element offers */
        get: operations["getElementsByKeyOrIdDocs"];
    };
    "/elements/{keyOrId}/docs/{operationId}": {
        parameters: {
        };
        /** Swagger 2.0 of one operation */
        get: operations["getElementsByKeyOrIdDocsByOperationId"];
    };
    "/elements/{keyOrId}/export": {
        parameters: {
        };
        /** The definition of an element, as it was imported */
        get: operations["getElementsByKeyOrIdExport"];
    };
    "/elements/{keyOrId}/hooks": {
        parameters: {
        };
        /** List each hook of an element */
        get: operations["getElementsByKeyOrIdHooks"];
        /** Add a hook */
        post: operations["postElementsByKeyOrIdHooks"];
    };
    "/elements/{keyOrId}/hooks/{part}": {
        parameters: {
        };
        /** One hook */
        get: operations["getElementsByKeyOrIdHooksByPart"];
        /** Change the given fields of a hook */
        put: operations["putElementsByKeyOrIdHooksByPart"];
        /** Delete a hook */
        delete: operations["deleteElementsByKeyOrIdHooksByPart"];
        /** Change the given fields of a hook */
        patch: operations["patchElementsByKeyOrIdHooksByPart"];
    };
    "/elements/{keyOrId}/image": {
        parameters: {
        };
        /** The picture of an element */
        get: operations["getElementsByKeyOrIdImage"];
        /**
         * Give an element of your own a picture: PNG, JPEG, GIF, WebP or ICO, of at most 512 kB
         * @description The picture is the body, or the file of a multipart body.
         */
        put: operations["putElementsByKeyOrIdImage"];
        /**
         * Give an element of your own a picture: PNG, JPEG, GIF, WebP or ICO, of at most 512 kB
         * @description The picture is the body, or the file of a multipart body.
         */
        post: operations["postElementsByKeyOrIdImage"];
        /** Take the picture of an element of your own away */
        delete: operations["deleteElementsByKeyOrIdImage"];
    };
    "/elements/{keyOrId}/instances": {
        parameters: {
        };
        /** List the connected accounts of one element */
        get: operations["getElementsByKeyOrIdInstances"];
        /** Connect an account of this element */
        post: operations["postElementsByKeyOrIdInstances"];
    };
    "/elements/{keyOrId}/instances/{id}": {
        parameters: {
        };
        /** One connected account */
        get: operations["getElementsByKeyOrIdInstancesById"];
        /** Change an account, or connect it again with new providerData; absent members stay as they are */
        put: operations["putElementsByKeyOrIdInstancesById"];
        /** Disconnect an account; its token is dead from then on */
        delete: operations["deleteElementsByKeyOrIdInstancesById"];
        /** Change an account, or connect it again with new providerData; absent members stay as they are */
        patch: operations["patchElementsByKeyOrIdInstancesById"];
    };
    "/elements/{keyOrId}/lbdocs": {
        parameters: {
        };
        /** Swagger 2.0 of what an element offers */
        get: operations["getElementsByKeyOrIdLbdocs"];
    };
    "/elements/{keyOrId}/metadata": {
        parameters: {
        };
        /** What an element can do */
        get: operations["getElementsByKeyOrIdMetadata"];
    };
    "/elements/{keyOrId}/models": {
        parameters: {
        };
        /** List each model of an element */
        get: operations["getElementsByKeyOrIdModels"];
        /** Add or change several rows: model */
        put: operations["putElementsByKeyOrIdModels"];
        /** Add a model */
        post: operations["postElementsByKeyOrIdModels"];
    };
    "/elements/{keyOrId}/models/{part}": {
        parameters: {
        };
        /** One model */
        get: operations["getElementsByKeyOrIdModelsByPart"];
        /** Change the given fields of a model */
        put: operations["putElementsByKeyOrIdModelsByPart"];
        /** Delete a model */
        delete: operations["deleteElementsByKeyOrIdModelsByPart"];
        /** Change the given fields of a model */
        patch: operations["patchElementsByKeyOrIdModelsByPart"];
    };
    "/elements/{keyOrId}/models/{part}/fields": {
        parameters: {
        };
        /** Add or change fields of a model */
        put: operations["putElementsByKeyOrIdModelsByPartFields"];
    };
    "/elements/{keyOrId}/oauth/app": {
        parameters: {
        };
        /** The OAuth app that is stored for an element: your own, or the one of your organization */
        get: operations["getElementsByKeyOrIdOauthApp"];
        /**
         * Store an OAuth app of your own for an element; absent members and masks stay as they are
         * @description What the default account stores is used by all accounts of the organization.
         */
        put: operations["putElementsByKeyOrIdOauthApp"];
        /** Delete your OAuth app of an element; accounts connected with it cannot be refreshed any more */
        delete: operations["deleteElementsByKeyOrIdOauthApp"];
        /**
         * Store an OAuth app of your own for an element; absent members and masks stay as they are
         * @description What the default account stores is used by all accounts of the organization.
         */
        patch: operations["patchElementsByKeyOrIdOauthApp"];
    };
    "/elements/{keyOrId}/oauth/token": {
        parameters: {
        };
        /** For OAuth 1: a request token and its secret, before the OAuth URL */
        get: operations["getElementsByKeyOrIdOauthToken"];
    };
    "/elements/{keyOrId}/oauth/url": {
        parameters: {
        };
        /** Where to send a person for consent: the element's OAuth URL */
        get: operations["getElementsByKeyOrIdOauthUrl"];
        /** The same, with the parameters in the body */
        post: operations["postElementsByKeyOrIdOauthUrl"];
    };
    "/elements/{keyOrId}/oauth/url/default": {
        parameters: {
        };
        /** The OAuth URL with the stored app, or the one that the operator lends; for OAuth 1 with its token */
        get: operations["getElementsByKeyOrIdOauthUrlDefault"];
    };
    "/elements/{keyOrId}/objects": {
        parameters: {
        };
        /** List each object of an element */
        get: operations["getElementsByKeyOrIdObjects"];
        /** Add a object */
        post: operations["postElementsByKeyOrIdObjects"];
    };
    "/elements/{keyOrId}/objects/{part}": {
        parameters: {
        };
        /** One object */
        get: operations["getElementsByKeyOrIdObjectsByPart"];
        /** Change the given fields of a object */
        put: operations["putElementsByKeyOrIdObjectsByPart"];
        /** Delete a object */
        delete: operations["deleteElementsByKeyOrIdObjectsByPart"];
        /** Change the given fields of a object */
        patch: operations["patchElementsByKeyOrIdObjectsByPart"];
    };
    "/elements/{keyOrId}/parameters": {
        parameters: {
        };
        /** List each parameter of an element */
        get: operations["getElementsByKeyOrIdParameters"];
        /** Add a parameter */
        post: operations["postElementsByKeyOrIdParameters"];
    };
    "/elements/{keyOrId}/parameters/{part}": {
        parameters: {
        };
        /** One parameter */
        get: operations["getElementsByKeyOrIdParametersByPart"];
        /** Change the given fields of a parameter */
        put: operations["putElementsByKeyOrIdParametersByPart"];
        /** Delete a parameter */
        delete: operations["deleteElementsByKeyOrIdParametersByPart"];
        /** Change the given fields of a parameter */
        patch: operations["patchElementsByKeyOrIdParametersByPart"];
    };
    "/elements/{keyOrId}/report": {
        parameters: {
        };
        /** What of an element cannot work, and why */
        get: operations["getElementsByKeyOrIdReport"];
    };
    "/elements/{keyOrId}/resources": {
        parameters: {
        };
        /** List each resource of an element */
        get: operations["getElementsByKeyOrIdResources"];
        /** Add a resource */
        post: operations["postElementsByKeyOrIdResources"];
    };
    "/elements/{keyOrId}/resources/{part}": {
        parameters: {
        };
        /** One resource */
        get: operations["getElementsByKeyOrIdResourcesByPart"];
        /** Change the given fields of a resource */
        put: operations["putElementsByKeyOrIdResourcesByPart"];
        /** Delete a resource */
        delete: operations["deleteElementsByKeyOrIdResourcesByPart"];
        /** Change the given fields of a resource */
        patch: operations["patchElementsByKeyOrIdResourcesByPart"];
    };
    "/elements/{keyOrId}/resources/{resourceId}/hooks": {
        parameters: {
        };
        /** List each hook of a resource of an element */
        get: operations["getElementsByKeyOrIdResourcesByResourceIdHooks"];
        /** Add a hook of a resource */
        post: operations["postElementsByKeyOrIdResourcesByResourceIdHooks"];
    };
    "/elements/{keyOrId}/resources/{resourceId}/hooks/{part}": {
        parameters: {
        };
        /** One hook of a resource */
        get: operations["getElementsByKeyOrIdResourcesByResourceIdHooksByPart"];
        /** Change the given fields of a hook of a resource */
        put: operations["putElementsByKeyOrIdResourcesByResourceIdHooksByPart"];
        /** Delete a hook of a resource */
        delete: operations["deleteElementsByKeyOrIdResourcesByResourceIdHooksByPart"];
        /** Change the given fields of a hook of a resource */
        patch: operations["patchElementsByKeyOrIdResourcesByResourceIdHooksByPart"];
    };
    "/elements/{keyOrId}/resources/{resourceId}/models": {
        parameters: {
        };
        /** The model of a resource; empty where it has none */
        get: operations["getElementsByKeyOrIdResourcesByResourceIdModels"];
        /** Set the model of a resource */
        put: operations["putElementsByKeyOrIdResourcesByResourceIdModels"];
        /** Set the model of a resource */
        post: operations["postElementsByKeyOrIdResourcesByResourceIdModels"];
        /** Delete the model of a resource */
        delete: operations["deleteElementsByKeyOrIdResourcesByResourceIdModels"];
    };
    "/elements/{keyOrId}/resources/{resourceId}/parameters": {
        parameters: {
        };
        /** List each parameter of a resource of an element */
        get: operations["getElementsByKeyOrIdResourcesByResourceIdParameters"];
        /** Add a parameter of a resource */
        post: operations["postElementsByKeyOrIdResourcesByResourceIdParameters"];
    };
    "/elements/{keyOrId}/resources/{resourceId}/parameters/{part}": {
        parameters: {
        };
        /** One parameter of a resource */
        get: operations["getElementsByKeyOrIdResourcesByResourceIdParametersByPart"];
        /** Change the given fields of a parameter of a resource */
        put: operations["putElementsByKeyOrIdResourcesByResourceIdParametersByPart"];
        /** Delete a parameter of a resource */
        delete: operations["deleteElementsByKeyOrIdResourcesByResourceIdParametersByPart"];
        /** Change the given fields of a parameter of a resource */
        patch: operations["patchElementsByKeyOrIdResourcesByResourceIdParametersByPart"];
    };
    "/elements/{keyOrId}/trace/{traceId}": {
        parameters: {
        };
        /**
         * What was exchanged with the provider when an account was connected with providerData.debug
         * @description By method and path of each request. The id is in the header elements-trace-id of that call.
         */
        get: operations["getElementsByKeyOrIdTraceByTraceId"];
    };
    "/elements/{keyOrId}/transformations": {
        parameters: {
        };
        /** The transformations that an element brings */
        get: operations["getElementsByKeyOrIdTransformations"];
    };
    "/elements/{keyOrId}/versions": {
        parameters: {
        };
        /** The definition of an element of your own and what it was before: the last 50, the newest first */
        get: operations["getElementsByKeyOrIdVersions"];
    };
    "/elements/{keyOrId}/versions/{version}": {
        parameters: {
        };
        /** One of them, with its definition */
        get: operations["getElementsByKeyOrIdVersionsByVersion"];
    };
    "/elements/{keyOrId}/versions/{version}/restore": {
        parameters: {
        };
        /** Make an earlier definition that of the element again; what it is now becomes an earlier one */
        post: operations["postElementsByKeyOrIdVersionsByVersionRestore"];
    };
    "/events/{elementKey}": {
        parameters: {
        };
        /**
         * A provider's webhook; the instances are in the header Element-Instances, or found by the element
         * @description The reply comes when the events are stored. Handshakes of providers are answered; an HMAC of the body is checked where the element says how it is made.
         */
        get: operations["getWebhookOfElement"];
        /**
         * A provider's webhook; the instances are in the header Element-Instances, or found by the element
         * @description The reply comes when the events are stored. Handshakes of providers are answered; an HMAC of the body is checked where the element says how it is made.
         */
        post: operations["postWebhookOfElement"];
    };
    "/events/{elementKey}/{encodedInstanceId}": {
        parameters: {
        };
        /**
         * A provider's webhook for one instance; with {elementKey}Polling and credentials, the result of a poll
         * @description The reply comes when the events are stored. Handshakes of providers are answered; an HMAC of the body is checked where the element says how it is made.
         */
        get: operations["getWebhookOfInstance"];
        /**
         * A provider's webhook for one instance; with {elementKey}Polling and credentials, the result of a poll
         * @description The reply comes when the events are stored. Handshakes of providers are answered; an HMAC of the body is checked where the element says how it is made.
         */
        post: operations["postWebhookOfInstance"];
    };
    "/hubs": {
        parameters: {
        };
        /** The hubs that there are elements for */
        get: operations["getHubs"];
        /** Make a hub of your own */
        post: operations["postHubs"];
    };
    "/hubs/keys": {
        parameters: {
        };
        /** The keys of the hubs */
        get: operations["getHubsKeys"];
    };
    "/hubs/{hub}": {
        parameters: {
        };
        /** One hub */
        get: operations["getHubsByHub"];
        /** Delete a hub of your own; elements stay in it */
        delete: operations["deleteHubsByHub"];
    };
    "/hubs/{hub}/elements": {
        parameters: {
        };
        /** The elements of a hub */
        get: operations["getHubsByHubElements"];
    };
    "/hubs/{hub}/{path}": {
        parameters: {
        };
        /**
         * GET a resource of the connected account
         * @description Which resources there are is the element's to say. The hub's name is not looked at.
         */
        get: operations["getHubResource"];
        /**
         * PUT a resource of the connected account
         * @description Which resources there are is the element's to say. The hub's name is not looked at.
         */
        put: operations["putHubResource"];
        /**
         * POST a resource of the connected account
         * @description Which resources there are is the element's to say. The hub's name is not looked at.
         */
        post: operations["postHubResource"];
        /**
         * DELETE a resource of the connected account
         * @description Which resources there are is the element's to say. The hub's name is not looked at.
         */
        delete: operations["deleteHubResource"];
        /**
         * PATCH a resource of the connected account
         * @description Which resources there are is the element's to say. The hub's name is not looked at.
         */
        patch: operations["patchHubResource"];
    };
    "/instances": {
        parameters: {
        };
        /** List the connected accounts */
        get: operations["getInstances"];
        /** Change an account, or connect it again with new providerData, of the account that the Element token names */
        put: operations["putInstances"];
        /** Connect an account: exchange the code and get an Element token */
        post: operations["postInstances"];
        /** Change an account, or connect it again with new providerData, of the account that the Element token names */
        patch: operations["patchInstances"];
    };
    "/instances/configuration": {
        parameters: {
        };
        /** List the configuration, secrets masked, of the account that the Element token names */
        get: operations["getInstancesConfiguration"];
    };
    "/instances/configuration/{part}": {
        parameters: {
        };
        /** One value of the configuration, by the id or the key of its row, of the account that the Element token names */
        get: operations["getInstancesConfigurationByPart"];
        /** Change one value of the configuration; null takes it away, and a mask leaves it as it is, of the account that the Element token names */
        put: operations["putInstancesConfigurationByPart"];
        /** Change one value of the configuration; null takes it away, and a mask leaves it as it is, of the account that the Element token names */
        patch: operations["patchInstancesConfigurationByPart"];
    };
    "/instances/count": {
        parameters: {
        };
        /** How many accounts are connected, of each element */
        get: operations["getInstancesCount"];
    };
    "/instances/docs": {
        parameters: {
        };
        /** Swagger 2.0 of what a connected account offers, of the account that the Element token names */
        get: operations["getInstancesDocs"];
    };
    "/instances/docs/{part}": {
        parameters: {
        };
        /** Swagger 2.0 of one operation, of the account that the Element token names */
        get: operations["getInstancesDocsByPart"];
    };
    "/instances/docs/{part}/definitions": {
        parameters: {
        };
        /** The models of one operation; resolveReferences=true puts those that they refer to inside, of the account that the Element token names */
        get: operations["getInstancesDocsByPartDefinitions"];
    };
    "/instances/enabled": {
        parameters: {
        };
        /** Enable an account, of the account that the Element token names */
        put: operations["putInstancesEnabled"];
        /** Disable an account: hub calls answer 403 until it is enabled, of the account that the Element token names */
        delete: operations["deleteInstancesEnabled"];
    };
    "/instances/events": {
        parameters: {
        };
        /** Events, the newest first */
        get: operations["getInstancesEvents"];
    };
    "/instances/events/analytics": {
        parameters: {
        };
        /** How many events there were over time */
        get: operations["getInstancesEventsAnalytics"];
    };
    "/instances/events/analytics/accounts": {
        parameters: {
        };
        /** The same by account, with how many were delivered and given up */
        get: operations["getInstancesEventsAnalyticsAccounts"];
    };
    "/instances/events/analytics/instances": {
        parameters: {
        };
        /** The same by instance, with how many were delivered and given up */
        get: operations["getInstancesEventsAnalyticsInstances"];
    };
    "/instances/events/callbacks": {
        parameters: {
        };
        /** Where events go, and whether it takes them: circuit, held deliveries. Those with trouble first */
        get: operations["getInstancesEventsCallbacks"];
    };
    "/instances/events/deliveries": {
        parameters: {
        };
        /** Deliveries of events, the newest first */
        get: operations["getInstancesEventsDeliveries"];
    };
    "/instances/events/deliveries/counts": {
        parameters: {
        };
        /** How many deliveries there are of each status */
        get: operations["getInstancesEventsDeliveriesCounts"];
    };
    "/instances/events/deliveries/{deliveryId}": {
        parameters: {
        };
        /** One delivery with its attempts: what was sent and what the callback answered, without secrets */
        get: operations["getInstancesEventsDeliveriesByDeliveryId"];
    };
    "/instances/events/dispositions": {
        parameters: {
        };
        /** What became of events */
        get: operations["getInstancesEventsDispositions"];
    };
    "/instances/events/replay": {
        parameters: {
        };
        /**
         * Deliver events again: those of a filter or a time range, to the callback that their instance has now
         * @description Without `from`, `to` or `where` those that have failed. A receiver sees the same id as before.
         */
        post: operations["postInstancesEventsReplay"];
    };
    "/instances/events/{eventId}": {
        parameters: {
        };
        /** One event */
        get: operations["getInstancesEventsByEventId"];
    };
    "/instances/events/{eventId}/replay": {
        parameters: {
        };
        /** Deliver one event again */
        post: operations["postInstancesEventsByEventIdReplay"];
    };
    "/instances/objects": {
        parameters: {
        };
        /** The names of the objects that a connected account has, of the account that the Element token names */
        get: operations["getInstancesObjects"];
    };
    "/instances/objects/{objectName}/docs": {
        parameters: {
        };
        /** Swagger 2.0 of an object, of the account that the Element token names */
        get: operations["getInstancesObjectsByObjectNameDocs"];
    };
    "/instances/objects/{objectName}/metadata": {
        parameters: {
        };
        /** The fields of an object, of the account that the Element token names */
        get: operations["getInstancesObjectsByObjectNameMetadata"];
    };
    "/instances/validate": {
        parameters: {
        };
        /** Ask the provider whether the account still works; valid says so from then on, of the account that the Element token names */
        post: operations["postInstancesValidate"];
    };
    "/instances/{id}": {
        parameters: {
        };
        /** One connected account */
        get: operations["getInstancesById"];
        /** Change an account, or connect it again with new providerData; absent members stay as they are */
        put: operations["putInstancesById"];
        /** Disconnect an account; its token is dead from then on */
        delete: operations["deleteInstancesById"];
        /** Change an account, or connect it again with new providerData; absent members stay as they are */
        patch: operations["patchInstancesById"];
    };
    "/instances/{id}/configuration": {
        parameters: {
        };
        /** List the configuration, secrets masked */
        get: operations["getInstancesByIdConfiguration"];
    };
    "/instances/{id}/configuration/{part}": {
        parameters: {
        };
        /** One value of the configuration, by the id or the key of its row */
        get: operations["getInstancesByIdConfigurationByPart"];
        /** Change one value of the configuration; null takes it away, and a mask leaves it as it is */
        put: operations["putInstancesByIdConfigurationByPart"];
        /** Change one value of the configuration; null takes it away, and a mask leaves it as it is */
        patch: operations["patchInstancesByIdConfigurationByPart"];
    };
    "/instances/{id}/docs": {
        parameters: {
        };
        /** Swagger 2.0 of what a connected account offers */
        get: operations["getInstancesByIdDocs"];
    };
    "/instances/{id}/docs/{part}": {
        parameters: {
        };
        /** Swagger 2.0 of one operation */
        get: operations["getInstancesByIdDocsByPart"];
    };
    "/instances/{id}/docs/{part}/definitions": {
        parameters: {
        };
        /** The models of one operation; resolveReferences=true puts those that they refer to inside */
        get: operations["getInstancesByIdDocsByPartDefinitions"];
    };
    "/instances/{id}/enabled": {
        parameters: {
        };
        /** Enable an account */
        put: operations["putInstancesByIdEnabled"];
        /** Disable an account: hub calls answer 403 until it is enabled */
        delete: operations["deleteInstancesByIdEnabled"];
    };
    "/instances/{id}/events": {
        parameters: {
        };
        /** Events of an instance, the newest first */
        get: operations["getInstancesByIdEvents"];
    };
    "/instances/{id}/events/deliveries": {
        parameters: {
        };
        /** Deliveries of events of an instance, the newest first */
        get: operations["getInstancesByIdEventsDeliveries"];
    };
    "/instances/{id}/events/deliveries/counts": {
        parameters: {
        };
        /** How many deliveries of an instance there are of each status */
        get: operations["getInstancesByIdEventsDeliveriesCounts"];
    };
    "/instances/{id}/events/replay": {
        parameters: {
        };
        /**
         * Deliver events of an instance again: those of a filter or a time range, to the callback that their instance has now
         * @description Without `from`, `to` or `where` those that have failed. A receiver sees the same id as before.
         */
        post: operations["postInstancesByIdEventsReplay"];
    };
    "/instances/{id}/events/{eventId}": {
        parameters: {
        };
        /** One event of an instance */
        get: operations["getInstancesByIdEventsByEventId"];
    };
    "/instances/{id}/events/{eventId}/replay": {
        parameters: {
        };
        /** Deliver one event of an instance again */
        post: operations["postInstancesByIdEventsByEventIdReplay"];
    };
    "/instances/{id}/logging": {
        parameters: {
        };
        /** Whether requests to the provider and its replies are logged */
        get: operations["getInstancesByIdLogging"];
        /**
         * Log requests to the provider and its replies for some minutes
         * @description Secrets are redacted, bodies are kept up to 8 KB, and no more than 1,000 requests. Entries are stored encrypted and deleted after three days.
         */
        put: operations["putInstancesByIdLogging"];
        /** End that log before its time; its entries stay */
        delete: operations["deleteInstancesByIdLogging"];
    };
    "/instances/{id}/logs": {
        parameters: {
        };
        /** What was logged of the requests to the provider, the newest first */
        get: operations["getInstancesByIdLogs"];
        /** Delete what was logged */
        delete: operations["deleteInstancesByIdLogs"];
    };
    "/instances/{id}/objects": {
        parameters: {
        };
        /** The names of the objects that a connected account has */
        get: operations["getInstancesByIdObjects"];
    };
    "/instances/{id}/objects/{objectName}/docs": {
        parameters: {
        };
        /** Swagger 2.0 of an object */
        get: operations["getInstancesByIdObjectsByObjectNameDocs"];
    };
    "/instances/{id}/objects/{objectName}/metadata": {
        parameters: {
        };
        /** The fields of an object */
        get: operations["getInstancesByIdObjectsByObjectNameMetadata"];
    };
    "/instances/{id}/validate": {
        parameters: {
        };
        /** Ask the provider whether the account still works; valid says so from then on */
        post: operations["postInstancesByIdValidate"];
    };
    "/jobs": {
        parameters: {
        };
        /** List the jobs: one for each connected account that is polled for events */
        get: operations["getJobs"];
    };
    "/jobs/{id}": {
        parameters: {
        };
        /** One job */
        get: operations["getJobsById"];
        /** End a job: switches the events of its connected account off */
        delete: operations["deleteJobsById"];
    };
    "/jobs/{id}/disable": {
        parameters: {
        };
        /** Pause a job: nothing is polled, and nothing forgotten */
        put: operations["putJobsByIdDisable"];
    };
    "/jobs/{id}/enable": {
        parameters: {
        };
        /** Let a paused job go on: it tells what has changed meanwhile */
        put: operations["putJobsByIdEnable"];
    };
    "/models/{name}/csv": {
        parameters: {
        };
        /** Make a table of the fields of a model, as CSV */
        post: operations["postModelsByNameCsv"];
    };
    "/models/{name}/schema": {
        parameters: {
        };
        /** Make a model of a sample record */
        post: operations["postModelsByNameSchema"];
    };
    "/models/{name}/schema/csv": {
        parameters: {
        };
        /**
         * Make a model of a table of fields
         * @description The table is the body, or the file of a multipart body.
         */
        post: operations["postModelsByNameSchemaCsv"];
    };
    "/notifications": {
        parameters: {
        };
        /** Notifications of topics, the newest first */
        get: operations["getNotifications"];
        /** Tell the subscribers of a topic something */
        post: operations["postNotifications"];
    };
    "/notifications/emails": {
        parameters: {
        };
        /** Send an e-mail: this server sends none, and answers 501 */
        post: operations["postNotificationsEmails"];
    };
    "/notifications/subscriptions": {
        parameters: {
        };
        /** Subscriptions to topics */
        get: operations["getNotificationsSubscriptions"];
        /** Have the notifications of topics posted to a URL */
        post: operations["postNotificationsSubscriptions"];
    };
    "/notifications/subscriptions/deliveries": {
        parameters: {
        };
        /** Deliveries to all callbacks, the newest first */
        get: operations["getNotificationsSubscriptionsDeliveries"];
        /** Let queued deliveries go, and their callbacks take events again */
        put: operations["putNotificationsSubscriptionsDeliveries"];
    };
    "/notifications/subscriptions/{id}": {
        parameters: {
        };
        /** One subscription */
        get: operations["getNotificationsSubscriptionsById"];
        /** End a subscription */
        delete: operations["deleteNotificationsSubscriptionsById"];
    };
    "/notifications/{id}": {
        parameters: {
        };
        /** One notification */
        get: operations["getNotificationsById"];
        /** Delete a notification */
        delete: operations["deleteNotificationsById"];
    };
    "/notifications/{id}/acknowledge": {
        parameters: {
        };
        /** Say that a notification was seen */
        put: operations["putNotificationsByIdAcknowledge"];
    };
    "/notifications/{id}/subscriptions/deliveries": {
        parameters: {
        };
        /** Deliveries of one notification, or of one event */
        get: operations["getNotificationsByIdSubscriptionsDeliveries"];
    };
    "/notifications/{id}/subscriptions/{subscriptionId}/deliveries": {
        parameters: {
        };
        /** The delivery of one notification to one subscription */
        get: operations["getNotificationsByIdSubscriptionsBySubscriptionIdDeliveries"];
    };
    "/oauth/callback": {
        parameters: {
        };
        /** Where a provider sends a person after consent through a proxy: on to the application */
        get: operations["getOauthCallback"];
    };
    "/organizations/branding": {
        parameters: {
        };
        /** How your organization looks; empty where nobody has said */
        get: operations["getOrganizationsBranding"];
        /** Say how your organization looks; every field is required */
        put: operations["putOrganizationsBranding"];
        /** Forget how your organization looks, its logo and favicon too */
        delete: operations["deleteOrganizationsBranding"];
    };
    "/organizations/branding/favicon": {
        parameters: {
        };
        /**
         * Give your organization a favicon: PNG, JPEG, GIF, WebP or ICO, of at most 512 kB
         * @description The picture is the body, or the file of a multipart body.
         */
        patch: operations["patchOrganizationsBrandingFavicon"];
    };
    "/organizations/branding/logo": {
        parameters: {
        };
        /**
         * Give your organization a logo: PNG, JPEG, GIF, WebP or ICO, of at most 512 kB
         * @description The picture is the body, or the file of a multipart body.
         */
        patch: operations["patchOrganizationsBrandingLogo"];
    };
    "/organizations/identity-providers": {
        parameters: {
        };
        /** List the identity providers of your organization */
        get: operations["getOrganizationsIdentityProviders"];
        /** Add an identity provider to your organization */
        post: operations["postOrganizationsIdentityProviders"];
    };
    "/organizations/identity-providers/{id}": {
        parameters: {
        };
        /** One identity provider of your organization */
        get: operations["getOrganizationsIdentityProvidersById"];
        /** Change the given fields of an identity provider of your organization */
        put: operations["putOrganizationsIdentityProvidersById"];
        /** Delete an identity provider of your organization */
        delete: operations["deleteOrganizationsIdentityProvidersById"];
        /** Change the given fields of an identity provider of your organization */
        patch: operations["patchOrganizationsIdentityProvidersById"];
    };
    "/organizations/me": {
        parameters: {
        };
        /** Your organization */
        get: operations["getOrganizationsMe"];
        /** Rename your organization */
        put: operations["putOrganizationsMe"];
    };
    "/organizations/me/secret": {
        parameters: {
        };
        /** Replace the secret of your organization */
        post: operations["postOrganizationsMeSecret"];
    };
    "/organizations/me/secret/previous": {
        parameters: {
        };
        /** End the time in which the secret before still works */
        delete: operations["deleteOrganizationsMeSecretPrevious"];
    };
    "/organizations/password-policies": {
        parameters: {
        };
        /** What the organization asks of passwords */
        get: operations["getOrganizationsPasswordPolicies"];
        /** Change what the organization asks of passwords from now on */
        put: operations["putOrganizationsPasswordPolicies"];
        /** Make the password policy the default one again */
        delete: operations["deleteOrganizationsPasswordPolicies"];
    };
    "/organizations/privileges": {
        parameters: {
        };
        /** Everything that a role may allow */
        get: operations["getOrganizationsPrivileges"];
    };
    "/organizations/roles": {
        parameters: {
        };
        /** The roles of the organization */
        get: operations["getOrganizationsRoles"];
        /** Change several roles: all or none */
        put: operations["putOrganizationsRoles"];
    };
    "/organizations/roles/reset": {
        parameters: {
        };
        /** Make all roles again what they are by default */
        put: operations["putOrganizationsRolesReset"];
    };
    "/organizations/roles/{id}": {
        parameters: {
        };
        /** One role */
        get: operations["getOrganizationsRolesById"];
        /** Change a role: what is given replaces what was; it counts at once */
        put: operations["putOrganizationsRolesById"];
    };
    "/organizations/users": {
        parameters: {
        };
        /** List the users of the organization */
        get: operations["getOrganizationsUsers"];
        /** Add a user to the default account */
        post: operations["postOrganizationsUsers"];
    };
    "/organizations/users/{idOrEmail}": {
        parameters: {
        };
        /** One user; with the right password in Elements-User-Password also its secret */
        get: operations["getOrganizationsUsersByIdOrEmail"];
        /** Change a user, switch it off or on, or give it another password by headers */
        put: operations["putOrganizationsUsersByIdOrEmail"];
        /** Delete a user; what it has connected stays with the account */
        delete: operations["deleteOrganizationsUsersByIdOrEmail"];
        /** Change a user, switch it off or on, or give it another password by headers */
        patch: operations["patchOrganizationsUsersByIdOrEmail"];
    };
    "/organizations/{organizationId}/accounts": {
        parameters: {
        };
        /** List the accounts of your organization */
        get: operations["getOrganizationsByOrganizationIdAccounts"];
    };
    "/organizations/{organizationId}/accounts/{id}": {
        parameters: {
        };
        /** One account of your organization */
        get: operations["getOrganizationsByOrganizationIdAccountsById"];
    };
    "/usage": {
        parameters: {
        };
        /**
         * Calls of the caller's account, the newest first
         * @description 404 for a range that is still to come; an empty list where there were no calls.
         */
        get: operations["getUsage"];
    };
    "/usage/analytics/activity": {
        parameters: {
        };
        /** Calls over time */
        get: operations["getUsageAnalyticsActivity"];
    };
    "/usage/analytics/activity/element-instances": {
        parameters: {
        };
        /** Calls of single connected accounts, the 1000 busiest of them, the busiest first */
        get: operations["getUsageAnalyticsActivityElementInstances"];
    };
    "/usage/analytics/activity/element-instances/created-count": {
        parameters: {
        };
        /** How many connected accounts were made in a time, of those that are still there */
        get: operations["getUsageAnalyticsActivityElementInstancesCreatedCount"];
    };
    "/usage/analytics/activity/elements": {
        parameters: {
        };
        /** Calls over time, by element */
        get: operations["getUsageAnalyticsActivityElements"];
    };
    "/usage/analytics/activity/formula-instances": {
        parameters: {
        };
        /** Calls of single formula instances, the 1000 busiest of them, the busiest first */
        get: operations["getUsageAnalyticsActivityFormulaInstances"];
    };
    "/usage/analytics/activity/formula-instances/created-count": {
        parameters: {
        };
        /** How many formula instances were made in a time, of those that are still there */
        get: operations["getUsageAnalyticsActivityFormulaInstancesCreatedCount"];
    };
    "/usage/analytics/statuses": {
        parameters: {
        };
        /** Calls by the status of their replies */
        get: operations["getUsageAnalyticsStatuses"];
    };
    "/usage/analytics/times": {
        parameters: {
        };
        /** How long calls took: on average, the longest, and what of it the provider took */
        get: operations["getUsageAnalyticsTimes"];
    };
    "/usage/limits": {
        parameters: {
        };
        /** Limits of the caller's account, and how much of them is used */
        get: operations["getUsageLimits"];
    };
    "/usage/{requestId}": {
        parameters: {
        };
        /**
         * One call: what became of it, and why it failed
         * @description By the elements-request-id of its reply, or by its traffic id. With what was exchanged with the provider and what hooks gave to `done`, if that was logged.
         */
        get: operations["getUsageByRequestId"];
    };
    "/users": {
        parameters: {
        };
        /** List the users you may see */
        get: operations["getUsers"];
    };
    "/users/{idOrEmail}": {
        parameters: {
        };
        /** One user; with the right password in Elements-User-Password also its secret */
        get: operations["getUsersByIdOrEmail"];
        /** Change a user, switch it off or on, or give it another password by headers */
        put: operations["putUsersByIdOrEmail"];
        /** Delete a user; what it has connected stays with the account */
        delete: operations["deleteUsersByIdOrEmail"];
        /** Change a user, switch it off or on, or give it another password by headers */
        patch: operations["patchUsersByIdOrEmail"];
    };
    "/users/{idOrEmail}/roles": {
        parameters: {
        };
        /** The roles of a user, with those that its account gives */
        get: operations["getUsersByIdOrEmailRoles"];
    };
    "/users/{idOrEmail}/roles/{key}": {
        parameters: {
        };
        /** Give a role to a user */
        put: operations["putUsersByIdOrEmailRolesByKey"];
        /** Take a role from a user */
        delete: operations["deleteUsersByIdOrEmailRolesByKey"];
    };
    "/users/{idOrEmail}/secret": {
        parameters: {
        };
        /** Replace the secret of a user: your own (me), or one whom you may edit */
        post: operations["postUsersByIdOrEmailSecret"];
    };
    "/users/{idOrEmail}/secret/previous": {
        parameters: {
        };
        /** End the time in which the secret before still works */
        delete: operations["deleteUsersByIdOrEmailSecretPrevious"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Account */
        Account: {
            id: number;
            name: string;
            description?: string;
            active: boolean;
            /** @description Id of the organization */
            companyId: number;
            createdDate: string;
            updatedDate: string;
            externalId?: string;
            defaultAccount: boolean;
            /** @description Default or CompanyAccount */
            type: string;
        };
        /** AccountChange */
        AccountChange: {
            name?: string;
            description?: string;
            externalId?: string;
            active?: boolean;
        } & {
            [key: string]: unknown;
        };
        /** AuditEntry */
        AuditEntry: {
            id: number;
            /** @description When it was done, ISO 8601 */
            date: string;
            action: string;
            method: string;
            path: string;
            /** @description Of the call that did it: its header elements-request-id */
            requestId: string;
            userId: number;
            accountId: number;
            /** @description Of the user, at that time */
            email: string;
        };
        /** Call */
        Call: {
            traffic_id: string;
            /** @description Also in the header elements-request-id of the reply */
            request_id: string;
            /** @description When the call came */
            traffic_date: string;
            request_method: string;
            /** @description Values of query parameters are left out unless they are harmless */
            request_uri: string;
            request_ip: string;
            /** @description SUCCESS or FAILED */
            request_status: string;
            /** @description HTTP status; 499 when the caller went away */
            response_status: number;
            /** @description Milliseconds to the end of the reply */
            process_time: number;
            user_id: number;
            account_id: number;
            /** @description Id of the organization */
            company_id: number;
            company_external_id: string;
            company_external_name: string;
            /** @description Whether it called a connected account, not the platform's own paths */
            element_api: boolean;
            element_key?: string;
            element_name?: string;
            element_instance_id?: number;
            /** @description As long as it is connected */
            element_instance_name?: string;
            hub?: string;
            /** @description Status of the provider's last reply */
            provider_status?: number;
            /** @description Milliseconds that the provider took */
            provider_time?: number;
            /** @description Requests to the provider */
            provider_calls?: number;
            /** @description What the reply of a failed call said */
            message?: string;
            /** @description What the provider said */
            provider_message?: string;
            /** @description Hooks that have run and requests to the provider, the first 50. Only with one call */
            steps?: {
                /** @description hook or provider */
                kind: string;
                /** @description Of the hook; of a request its method and host */
                name: string;
                /** @description preRequest or postRequest */
                when?: string;
                /** @description From the beginning of the call */
                startMs: number;
                durationMs: number;
                /** @description done; stopped: a hook has ended the call; failed: a hook threw, or no reply came */
                outcome: string;
                /** @description Of the provider's reply */
                status?: number;
            }[];
            /** @description What hooks gave to `done`, as JSON, where the account was logged. Only with one call */
            hooks?: {
                name: string;
                when: string;
                output: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        /** ClientPackages */
        ClientPackages: {
            packageIds: string[];
        };
        /** ConfigurationRow */
        ConfigurationRow: {
            id: number;
            key: string;
            name: string;
            /** @description Always text; secrets are masked */
            propertyValue?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * Definition
         * @description An exported element, whole or a draft; what is not understood is kept
         */
        Definition: {
            /** @description Required for a new element */
            name?: string;
            /** @description Made of the name by default; never changes */
            key?: string;
        } & {
            [key: string]: unknown;
        };
        /** Delivery */
        Delivery: {
            id: number;
            /** @description Id of the event or the notification */
            notificationId: number;
            /** @description Id of the callback, or of the subscription */
            subscriptionId: number;
            /** @description Not for a notification */
            instanceId?: number;
            instanceName?: string;
            channel: string;
            /** @description created: due; retry: failed and due again; queued: waits to be released; delivered; failed: given up */
            status: string;
            url: string;
            attempts: number;
            nextAttemptDate?: string;
            createdDate: string;
            updatedDate: string;
        } & {
            [key: string]: unknown;
        };
        /** Element */
        Element: {
            id: number;
            key: string;
            name: string;
            hub: string;
            description: string;
            active: boolean;
            deleted: boolean;
            typeOauth: boolean;
            trialAccount: boolean;
            configDescription?: string;
            signupURL?: string;
        } & {
            [key: string]: unknown;
        };
        /** Error */
        Error: {
            /** @description Also in the header elements-request-id */
            requestId: string;
            /** @description What is wrong and what to do */
            message: string;
            /** @description What the provider said, when a call to it failed */
            providerMessage?: string;
        };
        /** Event */
        Event: {
            id: string;
            instanceId: number;
            /** @description As long as the instance is there */
            instanceName?: string;
            elementKey: string;
            /** @description When it was taken, ISO 8601 */
            eventDate: string;
            /** @description webhook or polling */
            source: string;
            /** @description RECEIVED: kept; DISPATCHED: on its way to the callback; NOTIFIED: the callback has it */
            status: string;
            /** @description What the provider sent, as JSON text */
            providerData: string;
            /** @description What has changed */
            events: unknown[];
            /** @description Its deliveries */
            notifiedData: unknown[];
        } & {
            [key: string]: unknown;
        };
        /** Hub */
        Hub: {
            key: string;
            name: string;
            description: string;
            active: boolean;
            videoLink?: string;
            elements: {
                id: number;
                name: string;
                key: string;
            }[];
            resources?: string[];
        } & {
            [key: string]: unknown;
        };
        /** ImportProblem */
        ImportProblem: {
            method?: string;
            path?: string;
            /** @description What cannot work, and why */
            reason: string;
        };
        /** Instance */
        Instance: {
            id: number;
            name: string;
            /** @description The Element token: send it with every hub call */
            token: string;
            /** @description false when the provider no longer accepts the credentials */
            valid: boolean;
            disabled: boolean;
            eventsEnabled: boolean;
            tags: string[];
            /** @description Values by key, secrets masked */
            configuration?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** InstanceChange */
        InstanceChange: {
            name?: string;
            element?: {
                key?: string;
                id?: number | string;
            };
            oauthProxy?: {
                isOauthProxy?: boolean | string;
                oauthProxyName?: string;
            } & {
                [key: string]: unknown;
            };
            /** @description Values by configuration key; keys that the element doesn't know are kept */
            configuration?: {
                [key: string]: unknown;
            };
            /** @description What the provider sent with the callback: code, or error; with externalAuthentication the tokens */
            providerData?: {
                [key: string]: unknown;
            };
            tags?: string[];
            /** @description 'initial': providerData brings tokens that were got elsewhere; they are refreshed here from then on */
            externalAuthentication?: "none" | "initial";
        } & {
            [key: string]: unknown;
        };
        /** Limits */
        Limits: {
            accountId: number;
            limits: {
                /** @description Hub calls; 0 allows none */
                calls: number;
                per: "minute" | "hour" | "day" | "month";
                /** @description Calls of this period, but for those of the last seconds */
                used: number;
                remaining: number;
                /** @description When the next period begins */
                resetDate: string;
            }[];
        };
        /** LimitsChange */
        LimitsChange: {
            limits: {
                /** @description Hub calls; 0 allows none */
                calls: number;
                per: "minute" | "hour" | "day" | "month";
            }[];
        };
        /** Logging */
        Logging: {
            instanceId: number;
            traceLoggingEnabled: boolean;
            traceTag?: string;
            /** @description When it ends, or has ended */
            until?: string;
        };
        /** LoggingStart */
        LoggingStart: {
            /** @description Then it ends by itself; 15 if not said */
            minutes?: number;
            /** @description To find these entries by */
            traceTag?: string;
        };
        /** NewAccount */
        NewAccount: {
            name?: string;
            description?: string;
            /** @description Yours; name and description are the same by default */
            externalId: string;
        } & {
            [key: string]: unknown;
        };
        /** NewHub */
        NewHub: {
            key: string;
            name: string;
            description?: string;
            videoLink?: string;
            active?: boolean;
        } & {
            [key: string]: unknown;
        };
        /** NewInstance */
        NewInstance: {
            name: string;
            element?: {
                key?: string;
                id?: number | string;
            };
            oauthProxy?: {
                isOauthProxy?: boolean | string;
                oauthProxyName?: string;
            } & {
                [key: string]: unknown;
            };
            /** @description Values by configuration key; keys that the element doesn't know are kept */
            configuration?: {
                [key: string]: unknown;
            };
            /** @description What the provider sent with the callback: code, or error; with externalAuthentication the tokens */
            providerData?: {
                [key: string]: unknown;
            };
            tags?: string[];
            /** @description 'initial': providerData brings tokens that were got elsewhere; they are refreshed here from then on */
            externalAuthentication?: "none" | "initial";
        } & {
            [key: string]: unknown;
        };
        /** NewUser */
        NewUser: {
            firstName: string;
            lastName: string;
            /** @description Also the name for the login */
            email: string;
            password: string;
            active?: boolean;
            roles?: ({
                key: string;
            } & {
                [key: string]: unknown;
            })[];
            externalId?: string | null;
            phone?: string | null;
            street1?: string | null;
            street2?: string | null;
            city?: string | null;
            stateProvince?: string | null;
            postalCode?: string | null;
            country?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** OauthApp */
        OauthApp: {
            id: number;
            elementKey: string;
            /** @description Of an element of your own */
            elementId?: number;
            /** @description Masked */
            apiKey: string;
            /** @description Masked */
            apiSecret?: string;
            callbackUrl?: string;
            scope?: string;
            /** @description Stored by the default account, for all accounts of the organization */
            shared: boolean;
            createdDate: string;
            updatedDate: string;
        };
        /** OauthAppChange */
        OauthAppChange: {
            /** @description Client id of the app at the provider; required at first */
            apiKey?: string | null;
            /** @description Client secret; not for apps that have none */
            apiSecret?: string | null;
            /** @description URL that the app has registered at the provider */
            callbackUrl?: string | null;
            /** @description Scopes to ask for, in place of the default of the element */
            scope?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** OauthProxy */
        OauthProxy: {
            id: number;
            name: string;
            /** @description Register it at the provider */
            callbackUrl: string;
            /** @description Where people may be sent on to */
            applicationUrls: string[];
            createdDate: string;
        };
        /** OauthUrl */
        OauthUrl: {
            element: string;
            oauthUrl: string;
        };
        /** Organization */
        Organization: {
            id: number;
            name: string;
            secret?: string;
            vdrVersion: string;
        };
        /**
         * PasswordPolicy
         * @description What is not given stays
         */
        PasswordPolicy: {
            minLength?: number;
            minUppercase?: number;
            minLowercase?: number;
            minNumbers?: number;
            minSymbols?: number;
            symbolCharacterSet?: string;
            previousPasswordCount?: number;
            expirationDays?: number;
        } & {
            [key: string]: unknown;
        };
        /** Replayed */
        Replayed: {
            /** @description Deliveries that go out again */
            replayed: number;
        };
        /** Role */
        Role: {
            id: number;
            name: string;
            key: string;
            active: boolean;
            description: string;
            features: unknown[];
            /** @description Who has a role of a level may give and take those up to it */
            level: number;
            privileges: {
                key: string;
                name: string;
            }[];
        };
        /** RoleChange */
        RoleChange: {
            name?: string;
            description?: string;
            active?: boolean;
            privileges?: ({
                key: string;
            } & {
                [key: string]: unknown;
            })[];
        } & {
            [key: string]: unknown;
        };
        /** SavedElement */
        SavedElement: {
            id: number;
            key: string;
            name: string;
            hub: string;
            description: string;
            active: boolean;
            deleted: boolean;
            typeOauth: boolean;
            trialAccount: boolean;
            configDescription?: string;
            signupURL?: string;
            importReport: components["schemas"]["ImportProblem"][];
        } & {
            [key: string]: unknown;
        };
        /** Secret */
        Secret: {
            secret: string;
            /** @description Until then the secret before works too, ISO 8601 */
            previousSecretExpires?: string;
        };
        /** SecretReplacement */
        SecretReplacement: {
            /**
             * @description So long the secret before still works; 0 when it has leaked
             * @default 86400
             */
            graceSeconds: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * Settings
         * @description By name; null takes a setting away
         */
        Settings: {
            [key: string]: string | number | boolean | null;
        };
        /** User */
        User: {
            id: number;
            accountId: number;
            createdDate: string;
            firstName: string;
            lastName: string;
            fullName: string;
            email: string;
            /** @description Always the word secured */
            password: string;
            active: boolean;
            enabled: boolean;
            emailValid: boolean;
            accountExpired: boolean;
            accountNonExpired: boolean;
            accountLocked: boolean;
            accountNonLocked: boolean;
            credentialsExpired: boolean;
            credentialsNonExpired: boolean;
            /** @description 1970-01-01 if never */
            lastLoginDate: string;
            externalId?: string;
            phone?: string;
            street1?: string;
            street2?: string;
            city?: string;
            stateProvince?: string;
            postalCode?: string;
            country?: string;
            /** @description When it was made, or with the right password */
            secret?: string;
            roles: components["schemas"]["Role"][];
        };
        /**
         * UserChange
         * @description What is not given stays; passwords go in headers
         */
        UserChange: {
            firstName?: string;
            lastName?: string;
            /** @description Also the name for the login */
            email?: string;
            active?: boolean;
            externalId?: string | null;
            phone?: string | null;
            street1?: string | null;
            street2?: string | null;
            city?: string | null;
            stateProvince?: string | null;
            postalCode?: string | null;
            country?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** Validity */
        Validity: {
            id: number;
            valid: boolean;
            /** @description false when the element has no way to ask the provider */
            checked: boolean;
            /** @description Why */
            message: string;
            providerMessage?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Account = components['schemas']['Account'];
export type AccountChange = components['schemas']['AccountChange'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type Call = components['schemas']['Call'];
export type ClientPackages = components['schemas']['ClientPackages'];
export type ConfigurationRow = components['schemas']['ConfigurationRow'];
export type Definition = components['schemas']['Definition'];
export type Delivery = components['schemas']['Delivery'];
export type Element = components['schemas']['Element'];
export type Error = components['schemas']['Error'];
export type Event = components['schemas']['Event'];
export type Hub = components['schemas']['Hub'];
export type ImportProblem = components['schemas']['ImportProblem'];
export type Instance = components['schemas']['Instance'];
export type InstanceChange = components['schemas']['InstanceChange'];
export type Limits = components['schemas']['Limits'];
export type LimitsChange = components['schemas']['LimitsChange'];
export type Logging = components['schemas']['Logging'];
export type LoggingStart = components['schemas']['LoggingStart'];
export type NewAccount = components['schemas']['NewAccount'];
export type NewHub = components['schemas']['NewHub'];
export type NewInstance = components['schemas']['NewInstance'];
export type NewUser = components['schemas']['NewUser'];
export type OauthApp = components['schemas']['OauthApp'];
export type OauthAppChange = components['schemas']['OauthAppChange'];
export type OauthProxy = components['schemas']['OauthProxy'];
export type OauthUrl = components['schemas']['OauthUrl'];
export type Organization = components['schemas']['Organization'];
export type PasswordPolicy = components['schemas']['PasswordPolicy'];
export type Replayed = components['schemas']['Replayed'];
export type Role = components['schemas']['Role'];
export type RoleChange = components['schemas']['RoleChange'];
export type SavedElement = components['schemas']['SavedElement'];
export type Secret = components['schemas']['Secret'];
export type SecretReplacement = components['schemas']['SecretReplacement'];
export type Settings = components['schemas']['Settings'];
export type User = components['schemas']['User'];
export type UserChange = components['schemas']['UserChange'];
export type Validity = components['schemas']['Validity'];
export type $defs = Record<string, never>;
export interface operations {
    getAccounts: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description So many are left out before the first page */
                offset?: string;
                /** @description CEQL, such as name = 'x' */
                where?: string;
                /** @description Such as name desc */
                orderBy?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"][];
                };
            };
        };
    };
    postAccounts: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    getAccountsIdentityProviders: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        id: number;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
    };
    postAccountsIdentityProviders: {
        parameters: {
        };
        /** @description Kept and given back as it is */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getAccountsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putAccountsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        /** @description Kept and given back as it is */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteAccountsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchAccountsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        /** @description Kept and given back as it is */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getAccountsSettings: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    postAccountsSettings: {
        parameters: {
        };
        /** @description By name; null takes a setting away */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    patchAccountsSettings: {
        parameters: {
        };
        /** @description By name; null takes a setting away */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    getAccountsById: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    putAccountsById: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    deleteAccountsById: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchAccountsById: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    getAccountsByIdLimits: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
        };
    };
    putAccountsByIdLimits: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitsChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
        };
    };
    deleteAccountsByIdLimits: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
        };
    };
    getAccountsByIdRoles: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"][];
                };
            };
        };
    };
    putAccountsByIdRolesByKey: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
                /** @description Key of the role */
                key: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    deleteAccountsByIdRolesByKey: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
                /** @description Key of the role */
                key: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    getAccountsByIdSettings: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    postAccountsByIdSettings: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        /** @description By name; null takes a setting away */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    patchAccountsByIdSettings: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        /** @description By name; null takes a setting away */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    getAccountsByIdUsers: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description So many are left out before the first page */
                offset?: string;
                /** @description CEQL, such as name = 'x' */
                where?: string;
                /** @description Such as name desc */
                orderBy?: string;
            };
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
        };
    };
    postAccountsByIdUsers: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    getAccountsByIdUsersByIdOrEmail: {
        parameters: {
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id of the account */
                id: number;
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    putAccountsByIdUsersByIdOrEmail: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id of the account */
                id: number;
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        /** @description What is not given stays; passwords go in headers */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    deleteAccountsByIdUsersByIdOrEmail: {
        parameters: {
            path: {
                /** @description Id of the account */
                id: number;
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchAccountsByIdUsersByIdOrEmail: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id of the account */
                id: number;
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        /** @description What is not given stays; passwords go in headers */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    getApplicationsUsers: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    postApplicationsUsers: {
        parameters: {
            header: {
                "elements-user-password": string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    firstName: string;
                    lastName: string;
                    /** @description Also the name for the login */
                    email: string;
                    active?: boolean;
                    roles?: ({
                        key: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                    externalId?: string | null;
                    phone?: string | null;
                    street1?: string | null;
                    street2?: string | null;
                    city?: string | null;
                    stateProvince?: string | null;
                    postalCode?: string | null;
                    country?: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    getApplicationsUsersByEmail: {
        parameters: {
            header: {
                "elements-user-password": string;
            };
            path: {
                email: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    postApplicationsUsersByEmailReset: {
        parameters: {
            path: {
                email: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchApplicationsUsersByEmailUpdatepassword: {
        parameters: {
            header: {
                "elements-user-password": string;
                "elements-user-newpassword": string;
            };
            path: {
                email: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description Id or e-mail of who did it */
                user?: string;
                /** @description Such as instance.remove */
                action?: string;
                /** @description ISO 8601: nothing older */
                from?: string;
                /** @description ISO 8601: nothing newer */
                to?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntry"][];
                };
            };
        };
    };
    getAuditLogs: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description Id or e-mail of who did it */
                user?: string;
                /** @description Such as instance.remove */
                action?: string;
                /** @description ISO 8601: nothing older */
                from?: string;
                /** @description ISO 8601: nothing newer */
                to?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntry"][];
                };
            };
        };
    };
    getAuditById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntry"];
                };
            };
        };
    };
    postAuthentication: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The e-mail address of the user. */
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
        };
    };
    getAuthenticationSamlByIdMetadata: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getAuthenticationSecrets: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        userSecret: string;
                        organizationSecret: string;
                    };
                };
            };
        };
    };
    getCatalogProperties: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description Whose view of the catalog; your own (user) by default */
                entityType?: "user" | "account" | "organization";
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        elementId: number;
                        hidden: boolean;
                        position?: number;
                        featured: boolean;
                    }[];
                };
            };
        };
    };
    putCatalogProperties: {
        parameters: {
            query?: {
                /** @description Whose view of the catalog; your own (user) by default */
                entityType?: "user" | "account" | "organization";
            };
        };
        requestBody: {
            content: {
                "application/json": ({
                    elementId: number;
                    hidden?: boolean;
                    position?: number | null;
                    featured?: boolean;
                } & {
                    [key: string]: unknown;
                })[];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        elementId: number;
                        hidden: boolean;
                        position?: number;
                        featured: boolean;
                    }[];
                };
            };
        };
    };
    postConnectSessions: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Keys that may be connected; with instanceId they can be left out */
                    elements?: string[];
                    /** @description An account of yours that is to be connected again */
                    instanceId?: number;
                    /** @description Of the page that shows the widget, such as https://app.example.com */
                    origin: string;
                    name?: string;
                    tags?: string[];
                    /** @description Values that the browser neither sees nor changes, such as those of your app */
                    configuration?: {
                        [key: string]: unknown;
                    };
                    /** @description Until when the token can be used; 600 */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description For the widget; it works once */
                        token: string;
                        expiresAt: string;
                    };
                };
            };
        };
    };
    postConnectSessionsOpen: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        key: string;
                        origin: string;
                        name?: string;
                        again?: {
                            /** @description Of the account that is connected again */
                            name: string;
                            /** @description Keys whose values stay when ******** is sent */
                            kept: string[];
                        };
                        elements: {
                            key: string;
                            name: string;
                            image?: unknown;
                            isOauth: boolean;
                            configuration: unknown[];
                        }[];
                    };
                };
            };
        };
    };
    postConnectSessionsOutcome: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    state: string;
                    data: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    getConnectSessionsById: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description waiting, open, connected, ended or expired */
                        state: string;
                        instanceId?: number;
                        elements: string[];
                        origin: string;
                        expiresAt: string;
                    };
                };
            };
        };
    };
    deleteConnectSessionsById: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    postConnectSessionsByIdConsent: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    element: string;
                    configuration?: {
                        [key: string]: string;
                    };
                    callbackUrl: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                        secret?: string;
                    };
                };
            };
        };
    };
    putConnectSessionsByIdInstance: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    element: string;
                    configuration?: {
                        [key: string]: string;
                    };
                    callbackUrl?: string;
                    providerData?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        instanceId: number;
                    };
                };
            };
        };
    };
    postConnectSessionsByIdInstance: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    element: string;
                    configuration?: {
                        [key: string]: string;
                    };
                    callbackUrl?: string;
                    providerData?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        instanceId: number;
                    };
                };
            };
        };
    };
    getConnectSessionsByIdOutcome: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    postConsoleSecrets: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        userSecret: string;
                        organizationSecret: string;
                    };
                };
            };
        };
    };
    getConsoleSession: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user?: {
                            id: number;
                            email: string;
                            firstName: string;
                            lastName: string;
                            privileges: string[];
                        };
                        /** @description To send as ligand-csrf-token with whatever changes something */
                        csrfToken?: string;
                        /** @description Nobody has logged in yet: the server has printed a link */
                        setUpIsOpen: boolean;
                    };
                };
            };
        };
    };
    postConsoleSession: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user?: {
                            id: number;
                            email: string;
                            firstName: string;
                            lastName: string;
                            privileges: string[];
                        };
                        /** @description To send as ligand-csrf-token with whatever changes something */
                        csrfToken?: string;
                        /** @description Nobody has logged in yet: the server has printed a link */
                        setUpIsOpen: boolean;
                    };
                };
            };
        };
    };
    deleteConsoleSession: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    deleteConsoleSessions: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    postConsoleSetUp: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    email: string;
                    firstName: string;
                    lastName: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user?: {
                            id: number;
                            email: string;
                            firstName: string;
                            lastName: string;
                            privileges: string[];
                        };
                        /** @description To send as ligand-csrf-token with whatever changes something */
                        csrfToken?: string;
                        /** @description Nobody has logged in yet: the server has printed a link */
                        setUpIsOpen: boolean;
                    };
                };
            };
        };
    };
    getCustomersOrganizationsById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    deleteCustomersOrganizationsById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postCustomersSignup: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    organization: {
                        name: string;
                    } & {
                        [key: string]: unknown;
                    };
                    account?: {
                        name?: string;
                        description?: string;
                        /** @description Yours; name and description are the same by default */
                        externalId?: string;
                    };
                    user: components["schemas"]["NewUser"];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organization: components["schemas"]["Organization"];
                        account: {
                            id: number;
                            name: string;
                        };
                        user: {
                            id: number;
                            email: string;
                            secret: string;
                        };
                    };
                };
            };
        };
    };
    getDocs: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getDocsJson: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getDocsByHub: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
            path: {
                /** @description Key of the hub */
                hub: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementProducts: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        elementId?: number;
                        productRefId?: string;
                        /** @description The marketplace, such as aws */
                        provider: string;
                        /** @description Such as element */
                        type: string;
                        description?: string;
                    }[];
                };
            };
        };
    };
    postElementProducts: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    type: string;
                    elementId?: number | null;
                    productRefId?: string | null;
                    description?: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        elementId?: number;
                        productRefId?: string;
                        /** @description The marketplace, such as aws */
                        provider: string;
                        /** @description Such as element */
                        type: string;
                        description?: string;
                    };
                };
            };
        };
    };
    getElementProductsById: {
        parameters: {
            path: {
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        elementId?: number;
                        productRefId?: string;
                        /** @description The marketplace, such as aws */
                        provider: string;
                        /** @description Such as element */
                        type: string;
                        description?: string;
                    };
                };
            };
        };
    };
    deleteElementProductsById: {
        parameters: {
            path: {
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementProductsById: {
        parameters: {
            path: {
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    provider?: string;
                    type?: string;
                    elementId?: number | null;
                    productRefId?: string | null;
                    description?: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        elementId?: number;
                        productRefId?: string;
                        /** @description The marketplace, such as aws */
                        provider: string;
                        /** @description Such as element */
                        type: string;
                        description?: string;
                    };
                };
            };
        };
    };
    getElements: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default. Who asks for no page gets all */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description CEQL, such as key = 'x' or hub IN ('crm', 'marketing') */
                where?: string;
                /** @description Part of the name, key or description */
                searchText?: string;
                /** @description Such as name desc, id */
                orderBy?: string;
                /** @description true leaves out configuration, resources and other long lists */
                abridged?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"][];
                };
            };
        };
    };
    postElements: {
        parameters: {
        };
        /** @description An exported element, whole or a draft; what is not understood is kept */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Definition"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedElement"];
                };
            };
        };
    };
    getElementsClientSdksByPackageId: {
        parameters: {
            path: {
                /** @description One of packageIds */
                packageId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postElementsConvert: {
        parameters: {
            query?: {
                /** @description swagger, soap or odata; by default the document tells */
                type?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsKeys: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
        };
    };
    getElementsMetadata: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description true adds all that is known */
                expand?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    getElementsOauthApps: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthApp"][];
                };
            };
        };
    };
    getElementsOauthProxies: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthProxy"][];
                };
            };
        };
    };
    postElementsOauthProxies: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Where providers reach this server; by default as this request did */
                    callbackUrl?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthProxy"];
                };
            };
        };
    };
    getElementsOauthProxiesById: {
        parameters: {
            path: {
                /** @description Id of the proxy */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthProxy"];
                };
            };
        };
    };
    deleteElementsOauthProxiesById: {
        parameters: {
            path: {
                /** @description Id of the proxy */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postElementsOauthProxiesByIdApplicationUrl: {
        parameters: {
            query: {
                applicationUrl: string;
            };
            path: {
                /** @description Id of the proxy */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthProxy"];
                };
            };
        };
    };
    deleteElementsOauthProxiesByIdApplicationUrl: {
        parameters: {
            query: {
                applicationUrl: string;
            };
            path: {
                /** @description Id of the proxy */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthProxy"];
                };
            };
        };
    };
    getElementsByKeyOrId: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    putElementsByKeyOrId: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        /** @description An exported element, whole or a draft; what is not understood is kept */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Definition"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedElement"];
                };
            };
        };
    };
    deleteElementsByKeyOrId: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrId: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        /** @description An exported element, whole or a draft; what is not understood is kept */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Definition"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedElement"];
                };
            };
        };
    };
    getElementsByKeyOrIdAccounts: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": number[];
                };
            };
        };
    };
    putElementsByKeyOrIdAccountsByAccountId: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description Id of an account of your organization */
                accountId: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    deleteElementsByKeyOrIdAccountsByAccountId: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description Id of an account of your organization */
                accountId: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    putElementsByKeyOrIdActive: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    deleteElementsByKeyOrIdActive: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    postElementsByKeyOrIdClientSdks: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description javascript or typescript: one package of JavaScript with types, which is given by default; awslambda-native-java gives it too, with a warning
                     * @enum {string}
                     */
                    type?: "javascript" | "typescript" | "awslambda-native-java";
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientPackages"];
                };
            };
        };
    };
    postElementsByKeyOrIdClone: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        /** @description Optional: { name, key } */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedElement"];
                };
            };
        };
    };
    getElementsByKeyOrIdConfiguration: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    postElementsByKeyOrIdConfiguration: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdConfigurationByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdConfigurationByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdConfigurationByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdConfigurationByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdConfigurations: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getElementsByKeyOrIdDocs: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdDocsByOperationId: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                operationId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdExport: {
        parameters: {
            query?: {
                /** @description true: of the resources only your own */
                extendedOnly?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    getElementsByKeyOrIdHooks: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    postElementsByKeyOrIdHooks: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdImage: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    putElementsByKeyOrIdImage: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    postElementsByKeyOrIdImage: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    deleteElementsByKeyOrIdImage: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Element"];
                };
            };
        };
    };
    getElementsByKeyOrIdInstances: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description Part of the name */
                searchText?: string;
                /** @description CEQL, such as disabled = false and valid = false */
                where?: string;
                "tags[]"?: string | string[];
                tags?: string | string[];
                /** @description false leaves out the configuration and what is said of the element */
                hydrate?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
        };
    };
    postElementsByKeyOrIdInstances: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInstance"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    getElementsByKeyOrIdInstancesById: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    putElementsByKeyOrIdInstancesById: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstanceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    deleteElementsByKeyOrIdInstancesById: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdInstancesById: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstanceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    getElementsByKeyOrIdLbdocs: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdMetadata: {
        parameters: {
            query?: {
                expand?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdModels: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    putElementsByKeyOrIdModels: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postElementsByKeyOrIdModels: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdModelsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdModelsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdModelsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdModelsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdModelsByPartFields: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        [key: string]: unknown;
                    }[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdOauthApp: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthApp"];
                };
            };
        };
    };
    putElementsByKeyOrIdOauthApp: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OauthAppChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthApp"];
                };
            };
        };
    };
    deleteElementsByKeyOrIdOauthApp: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdOauthApp: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OauthAppChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthApp"];
                };
            };
        };
    };
    getElementsByKeyOrIdOauthToken: {
        parameters: {
            query?: {
                /** @description Client id of your app at the provider; by default the stored app */
                apiKey?: string;
                /** @description Client secret of your app at the provider */
                apiSecret?: string;
                /** @description URL that your app has registered at the provider */
                callbackUrl?: string;
                /** @description Scopes to ask for; the element has a default */
                scope?: string;
                /** @description Comes back with the callback; the element's key by default */
                state?: string;
                /** @description true: the consent goes through a proxy */
                isOauthProxy?: unknown;
                /** @description Name of your OAuth proxy */
                oauthProxyName?: string;
                /** @description With a proxy: where it sends the person on to; the proxy must allow it */
                callbackProxy?: string;
                /** @description For OAuth 1: from /oauth/token */
                requestToken?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        secret: string;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdOauthUrl: {
        parameters: {
            query?: {
                /** @description Client id of your app at the provider; by default the stored app */
                apiKey?: string;
                /** @description Client secret of your app at the provider */
                apiSecret?: string;
                /** @description URL that your app has registered at the provider */
                callbackUrl?: string;
                /** @description Scopes to ask for; the element has a default */
                scope?: string;
                /** @description Comes back with the callback; the element's key by default */
                state?: string;
                /** @description true: the consent goes through a proxy */
                isOauthProxy?: unknown;
                /** @description Name of your OAuth proxy */
                oauthProxyName?: string;
                /** @description With a proxy: where it sends the person on to; the proxy must allow it */
                callbackProxy?: string;
                /** @description For OAuth 1: from /oauth/token */
                requestToken?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthUrl"];
                };
            };
        };
    };
    postElementsByKeyOrIdOauthUrl: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Client id of your app at the provider; by default the stored app */
                    apiKey?: string;
                    /** @description Client secret of your app at the provider */
                    apiSecret?: string;
                    /** @description URL that your app has registered at the provider */
                    callbackUrl?: string;
                    /** @description Scopes to ask for; the element has a default */
                    scope?: string;
                    /** @description Comes back with the callback; the element's key by default */
                    state?: string;
                    /** @description true: the consent goes through a proxy */
                    isOauthProxy?: unknown;
                    /** @description Name of your OAuth proxy */
                    oauthProxyName?: string;
                    /** @description With a proxy: where it sends the person on to; the proxy must allow it */
                    callbackProxy?: string;
                    /** @description For OAuth 1: from /oauth/token */
                    requestToken?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OauthUrl"];
                };
            };
        };
    };
    getElementsByKeyOrIdOauthUrlDefault: {
        parameters: {
            query?: {
                /** @description URL that your app has registered at the provider */
                callbackUrl?: string;
                /** @description Scopes to ask for; the element has a default */
                scope?: string;
                /** @description Comes back with the callback; the element's key by default */
                state?: string;
                /** @description true: the consent goes through a proxy */
                isOauthProxy?: unknown;
                /** @description Name of your OAuth proxy */
                oauthProxyName?: string;
                /** @description With a proxy: where it sends the person on to; the proxy must allow it */
                callbackProxy?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        element: string;
                        oauthUrl: string;
                        configuration?: {
                            /** @description For OAuth 1: of the request token */
                            secret: string;
                        };
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdObjects: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    postElementsByKeyOrIdObjects: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdObjectsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdObjectsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdObjectsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdObjectsByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdParameters: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    postElementsByKeyOrIdParameters: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdReport: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportProblem"][];
                };
            };
        };
    };
    getElementsByKeyOrIdResources: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    postElementsByKeyOrIdResources: {
        parameters: {
            path: {
                keyOrId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdResourcesByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdResourcesByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdResourcesByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdResourcesByPart: {
        parameters: {
            path: {
                keyOrId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdResourcesByResourceIdHooks: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    postElementsByKeyOrIdResourcesByResourceIdHooks: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdResourcesByResourceIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdResourcesByResourceIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdResourcesByResourceIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdResourcesByResourceIdHooksByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdResourcesByResourceIdModels: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdResourcesByResourceIdModels: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    postElementsByKeyOrIdResourcesByResourceIdModels: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdResourcesByResourceIdModels: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdResourcesByResourceIdParameters: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                accountOnly?: string;
            };
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    postElementsByKeyOrIdResourcesByResourceIdParameters: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdResourcesByResourceIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putElementsByKeyOrIdResourcesByResourceIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteElementsByKeyOrIdResourcesByResourceIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchElementsByKeyOrIdResourcesByResourceIdParametersByPart: {
        parameters: {
            path: {
                keyOrId: string;
                resourceId: string;
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdTraceByTraceId: {
        parameters: {
            path: {
                keyOrId: string;
                traceId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getElementsByKeyOrIdTransformations: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown[];
                };
            };
        };
    };
    getElementsByKeyOrIdVersions: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        /** @description When it became the definition */
                        date: string;
                        current: boolean;
                    }[];
                };
            };
        };
    };
    getElementsByKeyOrIdVersionsByVersion: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description As GET …/versions tells it */
                version: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        /** @description When it became the definition */
                        date: string;
                        current: boolean;
                        definition: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    postElementsByKeyOrIdVersionsByVersionRestore: {
        parameters: {
            path: {
                /** @description Key or id of the element */
                keyOrId: string;
                /** @description As GET …/versions tells it */
                version: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedElement"];
                };
            };
        };
    };
    getWebhookOfElement: {
        parameters: {
            path: {
                /** @description Key of the element */
                elementKey: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postWebhookOfElement: {
        parameters: {
            path: {
                /** @description Key of the element */
                elementKey: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getWebhookOfInstance: {
        parameters: {
            path: {
                /** @description Key of the element */
                elementKey: string;
                /** @description Id of the instance in base64 */
                encodedInstanceId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postWebhookOfInstance: {
        parameters: {
            path: {
                /** @description Key of the element */
                elementKey: string;
                /** @description Id of the instance in base64 */
                encodedInstanceId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getHubs: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description true adds the resources */
                hydrate?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hub"][];
                };
            };
        };
    };
    postHubs: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHub"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hub"];
                };
            };
        };
    };
    getHubsKeys: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
        };
    };
    getHubsByHub: {
        parameters: {
            path: {
                /** @description Key of the hub */
                hub: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hub"];
                };
            };
        };
    };
    deleteHubsByHub: {
        parameters: {
            path: {
                /** @description Key of the hub */
                hub: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getHubsByHubElements: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Key of the hub */
                hub: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    getHubResource: {
        parameters: {
            path: {
                hub: string;
                /** @description The rest of the path */
                path: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    putHubResource: {
        parameters: {
            path: {
                hub: string;
                /** @description The rest of the path */
                path: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postHubResource: {
        parameters: {
            path: {
                hub: string;
                /** @description The rest of the path */
                path: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    deleteHubResource: {
        parameters: {
            path: {
                hub: string;
                /** @description The rest of the path */
                path: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchHubResource: {
        parameters: {
            path: {
                hub: string;
                /** @description The rest of the path */
                path: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getInstances: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description Part of the name */
                searchText?: string;
                /** @description CEQL, such as disabled = false and valid = false */
                where?: string;
                "tags[]"?: string | string[];
                tags?: string | string[];
                /** @description false leaves out the configuration and what is said of the element */
                hydrate?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
        };
    };
    putInstances: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstanceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    postInstances: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInstance"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    patchInstances: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstanceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    getInstancesConfiguration: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"][];
                };
            };
        };
    };
    getInstancesConfigurationByPart: {
        parameters: {
            path: {
                /** @description Which one */
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"];
                };
            };
        };
    };
    putInstancesConfigurationByPart: {
        parameters: {
            path: {
                /** @description Which one */
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null takes the value away */
                    propertyValue?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"];
                };
            };
        };
    };
    patchInstancesConfigurationByPart: {
        parameters: {
            path: {
                /** @description Which one */
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null takes the value away */
                    propertyValue?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"];
                };
            };
        };
    };
    getInstancesCount: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        totalInstances: number;
                        /** @description By element's key */
                        elementInstances: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
    };
    getInstancesDocs: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getInstancesDocsByPart: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
            path: {
                /** @description Which one */
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getInstancesDocsByPartDefinitions: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
                resolveReferences?: string;
            };
            path: {
                /** @description Which one */
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putInstancesEnabled: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    deleteInstancesEnabled: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    getInstancesEvents: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default. A page of large events has fewer: follow nextPage */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"][];
                };
            };
        };
    };
    getInstancesEventsAnalytics: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description year, quarter, month, week, day (default), hour, minute or second */
                interval?: string;
                "accountIds[]"?: string | string[];
                accountIds?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        timestamp: string;
                        count: number;
                        total: number;
                    }[];
                };
            };
        };
    };
    getInstancesEventsAnalyticsAccounts: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description year, quarter, month, week, day (default), hour, minute or second */
                interval?: string;
                "accountIds[]"?: string | string[];
                accountIds?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        timestamp: string;
                        count: number;
                        total: number;
                        records: unknown[];
                    }[];
                };
            };
        };
    };
    getInstancesEventsAnalyticsInstances: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description year, quarter, month, week, day (default), hour, minute or second */
                interval?: string;
                "accountIds[]"?: string | string[];
                accountIds?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        timestamp: string;
                        count: number;
                        total: number;
                        records: unknown[];
                    }[];
                };
            };
        };
    };
    getInstancesEventsCallbacks: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        url: string;
                        /** @description closed; open: it gets one attempt at a time, the next at openUntil */
                        circuit: string;
                        /** @description Since the last success */
                        failures: number;
                        openUntil?: string;
                        /** @description Since when deliveries are held until somebody releases or replays them */
                        suspendedDate?: string;
                        /** @description Deliveries on their way */
                        due: number;
                        /** @description Deliveries that are held */
                        queued: number;
                    }[];
                };
            };
        };
    };
    getInstancesEventsDeliveries: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default. A page of large events has fewer: follow nextPage */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"][];
                };
            };
        };
    };
    getInstancesEventsDeliveriesCounts: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: number;
                    };
                };
            };
        };
    };
    getInstancesEventsDeliveriesByDeliveryId: {
        parameters: {
            path: {
                deliveryId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    getInstancesEventsDispositions: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                interval?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown[];
                };
            };
        };
    };
    postInstancesEventsReplay: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    getInstancesEventsByEventId: {
        parameters: {
            path: {
                /** @description Id of the event */
                eventId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
        };
    };
    postInstancesEventsByEventIdReplay: {
        parameters: {
            path: {
                /** @description Id of the event */
                eventId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    getInstancesObjects: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getInstancesObjectsByObjectNameDocs: {
        parameters: {
            path: {
                /** @description Name of an object, such as contacts */
                objectName: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getInstancesObjectsByObjectNameMetadata: {
        parameters: {
            path: {
                /** @description Name of an object, such as contacts */
                objectName: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postInstancesValidate: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Validity"];
                };
            };
        };
    };
    getInstancesById: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    putInstancesById: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstanceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    deleteInstancesById: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchInstancesById: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstanceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    getInstancesByIdConfiguration: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"][];
                };
            };
        };
    };
    getInstancesByIdConfigurationByPart: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
                /** @description Which one */
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"];
                };
            };
        };
    };
    putInstancesByIdConfigurationByPart: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
                /** @description Which one */
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null takes the value away */
                    propertyValue?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"];
                };
            };
        };
    };
    patchInstancesByIdConfigurationByPart: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
                /** @description Which one */
                part: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null takes the value away */
                    propertyValue?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationRow"];
                };
            };
        };
    };
    getInstancesByIdDocs: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getInstancesByIdDocsByPart: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
                /** @description Which one */
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getInstancesByIdDocsByPartDefinitions: {
        parameters: {
            query?: {
                /** @description Where the API is reached; this host by default */
                baseUrl?: string;
                /** @description 3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0 */
                version?: string;
                /** @description aws documents calls by way of a gateway there, which wants a key of its own */
                provider?: string;
                resolveReferences?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
                /** @description Which one */
                part: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putInstancesByIdEnabled: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    deleteInstancesByIdEnabled: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
        };
    };
    getInstancesByIdEvents: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default. A page of large events has fewer: follow nextPage */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"][];
                };
            };
        };
    };
    getInstancesByIdEventsDeliveries: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default. A page of large events has fewer: follow nextPage */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"][];
                };
            };
        };
    };
    getInstancesByIdEventsDeliveriesCounts: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: number;
                    };
                };
            };
        };
    };
    postInstancesByIdEventsReplay: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    getInstancesByIdEventsByEventId: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
                /** @description Id of the event */
                eventId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
        };
    };
    postInstancesByIdEventsByEventIdReplay: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
                /** @description Id of the event */
                eventId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    getInstancesByIdLogging: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logging"];
                };
            };
        };
    };
    putInstancesByIdLogging: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoggingStart"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logging"];
                };
            };
        };
    };
    deleteInstancesByIdLogging: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logging"];
                };
            };
        };
    };
    getInstancesByIdLogs: {
        parameters: {
            query?: {
                /** @description elements-request-id of a call */
                requestId?: string;
                traceTag?: string;
                /** @description At most 200; 50 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    deleteInstancesByIdLogs: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getInstancesByIdObjects: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getInstancesByIdObjectsByObjectNameDocs: {
        parameters: {
            path: {
                id: string;
                /** @description Name of an object, such as contacts */
                objectName: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getInstancesByIdObjectsByObjectNameMetadata: {
        parameters: {
            path: {
                id: string;
                /** @description Name of an object, such as contacts */
                objectName: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postInstancesByIdValidate: {
        parameters: {
            path: {
                /** @description Id of the instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Validity"];
                };
            };
        };
    };
    getJobs: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        method: string;
                        /** @description The account that is polled */
                        uri: string;
                        disabled: boolean;
                        trigger: {
                            intervalMinutes: number;
                        };
                        objects: string[];
                        userId: number;
                        createdDate: string;
                        nextDate?: string;
                        lastDate?: string;
                        lastError?: string;
                    }[];
                };
            };
        };
    };
    getJobsById: {
        parameters: {
            path: {
                /** @description Id of the job, which is that of its instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        method: string;
                        /** @description The account that is polled */
                        uri: string;
                        disabled: boolean;
                        trigger: {
                            intervalMinutes: number;
                        };
                        objects: string[];
                        userId: number;
                        createdDate: string;
                        nextDate?: string;
                        lastDate?: string;
                        lastError?: string;
                    };
                };
            };
        };
    };
    deleteJobsById: {
        parameters: {
            path: {
                /** @description Id of the job, which is that of its instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    putJobsByIdDisable: {
        parameters: {
            path: {
                /** @description Id of the job, which is that of its instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        method: string;
                        /** @description The account that is polled */
                        uri: string;
                        disabled: boolean;
                        trigger: {
                            intervalMinutes: number;
                        };
                        objects: string[];
                        userId: number;
                        createdDate: string;
                        nextDate?: string;
                        lastDate?: string;
                        lastError?: string;
                    };
                };
            };
        };
    };
    putJobsByIdEnable: {
        parameters: {
            path: {
                /** @description Id of the job, which is that of its instance */
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        description: string;
                        method: string;
                        /** @description The account that is polled */
                        uri: string;
                        disabled: boolean;
                        trigger: {
                            intervalMinutes: number;
                        };
                        objects: string[];
                        userId: number;
                        createdDate: string;
                        nextDate?: string;
                        lastDate?: string;
                        lastError?: string;
                    };
                };
            };
        };
    };
    postModelsByNameCsv: {
        parameters: {
            query?: {
                /** @description true: the body is a model, no sample */
                fromSchema?: string;
            };
            path: {
                name: string;
            };
        };
        /** @description A record as a provider gives it, or a list of such */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    postModelsByNameSchema: {
        parameters: {
            path: {
                name: string;
            };
        };
        /** @description A record as a provider gives it, or a list of such */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        modelFields: {
                            [key: string]: unknown;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    postModelsByNameSchemaCsv: {
        parameters: {
            path: {
                name: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        modelFields: {
                            [key: string]: unknown;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                "topics[]"?: string | string[];
                topics?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        id: number;
                        from: string;
                        topic: string;
                        /** @description low, medium or high */
                        severity: string;
                        message: unknown;
                        createdDate: string;
                        /** @description Not acknowledged yet */
                        active: boolean;
                        acknowledged: boolean;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
    };
    postNotifications: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is about; whoever subscribes to it is told */
                    topic: string;
                    severity?: "low" | "medium" | "high";
                    /** @description What is told */
                    message?: string;
                    /** @description Who tells it; else the e-mail address of the caller */
                    from?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        from: string;
                        topic: string;
                        /** @description low, medium or high */
                        severity: string;
                        message: unknown;
                        createdDate: string;
                        /** @description Not acknowledged yet */
                        active: boolean;
                        acknowledged: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    postNotificationsEmails: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Address */
                    to: string;
                    from?: string;
                    subject?: string;
                    message?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getNotificationsSubscriptions: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        channel: string;
                        topics: string[];
                        config: {
                            [key: string]: unknown;
                        };
                    }[];
                };
            };
        };
    };
    postNotificationsSubscriptions: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description webhook */
                    channel: string;
                    topics: string[];
                    config: {
                        url: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        channel: string;
                        topics: string[];
                        config: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    getNotificationsSubscriptionsDeliveries: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default. A page of large events has fewer: follow nextPage */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"][];
                };
            };
        };
    };
    putNotificationsSubscriptionsDeliveries: {
        parameters: {
            query?: {
                /** @description ISO 8601; inclusive */
                from?: string;
                /** @description ISO 8601; inclusive */
                to?: string;
                /** @description CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…' */
                where?: string;
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"][];
                };
            };
        };
    };
    getNotificationsSubscriptionsById: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        channel: string;
                        topics: string[];
                        config: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    deleteNotificationsSubscriptionsById: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        channel: string;
                        topics: string[];
                        config: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    getNotificationsById: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        from: string;
                        topic: string;
                        /** @description low, medium or high */
                        severity: string;
                        message: unknown;
                        createdDate: string;
                        /** @description Not acknowledged yet */
                        active: boolean;
                        acknowledged: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteNotificationsById: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        from: string;
                        topic: string;
                        /** @description low, medium or high */
                        severity: string;
                        message: unknown;
                        createdDate: string;
                        /** @description Not acknowledged yet */
                        active: boolean;
                        acknowledged: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putNotificationsByIdAcknowledge: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        from: string;
                        topic: string;
                        /** @description low, medium or high */
                        severity: string;
                        message: unknown;
                        createdDate: string;
                        /** @description Not acknowledged yet */
                        active: boolean;
                        acknowledged: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getNotificationsByIdSubscriptionsDeliveries: {
        parameters: {
            query?: {
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
            path: {
                id: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"][];
                };
            };
        };
    };
    getNotificationsByIdSubscriptionsBySubscriptionIdDeliveries: {
        parameters: {
            query?: {
                /** @description true adds notification and subscription */
                hydrate?: string;
            };
            path: {
                id: string;
                subscriptionId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    getOauthCallback: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getOrganizationsBranding: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        headerFont?: string;
                        bodyFont?: string;
                        headerColor?: string;
                        bodyColor?: string;
                        themePrimaryColor?: string;
                        themeSecondaryColor?: string;
                        themeHighlightColor?: string;
                        buttonPrimaryBackgroundColor?: string;
                        buttonPrimaryTextColor?: string;
                        buttonSecondaryBackgroundColor?: string;
                        buttonSecondaryTextColor?: string;
                        buttonDeleteBackgroundColor?: string;
                        buttonDeleteTextColor?: string;
                        logoBackgroundColor?: string;
                        topBarBackgroundColor?: string;
                        topBarNavigationColor?: string;
                        topBarTitleColor?: string;
                        navigationBackgroundColor?: string;
                        navigationItemBorderColor?: string;
                        navigationLinkBackground?: string;
                        navigationLinkBackgroundHover?: string;
                        navigationLinkBackgroundActive?: string;
                        navigationLinkForeground?: string;
                        navigationLinkForegroundHover?: string;
                        navigationLinkForegroundActive?: string;
                        navigationIconSize?: string;
                        navigationLabelSize?: string;
                        navigationWidth?: string;
                        contextBackgroundColor?: string;
                        cardHeaderColor?: string;
                        cardBackground?: string;
                        cardMenuBackground?: string;
                        cardMenuLinkColor?: string;
                        tableHeaderBackground?: string;
                        tableHeaderForeground?: string;
                        tableBodyBackground?: string;
                        tableBodyForeground?: string;
                        componentsBorderColor?: string;
                        documentationUrl?: string;
                        logo?: string;
                        favicon?: string;
                    };
                };
            };
        };
    };
    putOrganizationsBranding: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        headerFont?: string;
                        bodyFont?: string;
                        headerColor?: string;
                        bodyColor?: string;
                        themePrimaryColor?: string;
                        themeSecondaryColor?: string;
                        themeHighlightColor?: string;
                        buttonPrimaryBackgroundColor?: string;
                        buttonPrimaryTextColor?: string;
                        buttonSecondaryBackgroundColor?: string;
                        buttonSecondaryTextColor?: string;
                        buttonDeleteBackgroundColor?: string;
                        buttonDeleteTextColor?: string;
                        logoBackgroundColor?: string;
                        topBarBackgroundColor?: string;
                        topBarNavigationColor?: string;
                        topBarTitleColor?: string;
                        navigationBackgroundColor?: string;
                        navigationItemBorderColor?: string;
                        navigationLinkBackground?: string;
                        navigationLinkBackgroundHover?: string;
                        navigationLinkBackgroundActive?: string;
                        navigationLinkForeground?: string;
                        navigationLinkForegroundHover?: string;
                        navigationLinkForegroundActive?: string;
                        navigationIconSize?: string;
                        navigationLabelSize?: string;
                        navigationWidth?: string;
                        contextBackgroundColor?: string;
                        cardHeaderColor?: string;
                        cardBackground?: string;
                        cardMenuBackground?: string;
                        cardMenuLinkColor?: string;
                        tableHeaderBackground?: string;
                        tableHeaderForeground?: string;
                        tableBodyBackground?: string;
                        tableBodyForeground?: string;
                        componentsBorderColor?: string;
                        documentationUrl?: string;
                        logo?: string;
                        favicon?: string;
                    };
                };
            };
        };
    };
    deleteOrganizationsBranding: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchOrganizationsBrandingFavicon: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        headerFont?: string;
                        bodyFont?: string;
                        headerColor?: string;
                        bodyColor?: string;
                        themePrimaryColor?: string;
                        themeSecondaryColor?: string;
                        themeHighlightColor?: string;
                        buttonPrimaryBackgroundColor?: string;
                        buttonPrimaryTextColor?: string;
                        buttonSecondaryBackgroundColor?: string;
                        buttonSecondaryTextColor?: string;
                        buttonDeleteBackgroundColor?: string;
                        buttonDeleteTextColor?: string;
                        logoBackgroundColor?: string;
                        topBarBackgroundColor?: string;
                        topBarNavigationColor?: string;
                        topBarTitleColor?: string;
                        navigationBackgroundColor?: string;
                        navigationItemBorderColor?: string;
                        navigationLinkBackground?: string;
                        navigationLinkBackgroundHover?: string;
                        navigationLinkBackgroundActive?: string;
                        navigationLinkForeground?: string;
                        navigationLinkForegroundHover?: string;
                        navigationLinkForegroundActive?: string;
                        navigationIconSize?: string;
                        navigationLabelSize?: string;
                        navigationWidth?: string;
                        contextBackgroundColor?: string;
                        cardHeaderColor?: string;
                        cardBackground?: string;
                        cardMenuBackground?: string;
                        cardMenuLinkColor?: string;
                        tableHeaderBackground?: string;
                        tableHeaderForeground?: string;
                        tableBodyBackground?: string;
                        tableBodyForeground?: string;
                        componentsBorderColor?: string;
                        documentationUrl?: string;
                        logo?: string;
                        favicon?: string;
                    };
                };
            };
        };
    };
    patchOrganizationsBrandingLogo: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        headerFont?: string;
                        bodyFont?: string;
                        headerColor?: string;
                        bodyColor?: string;
                        themePrimaryColor?: string;
                        themeSecondaryColor?: string;
                        themeHighlightColor?: string;
                        buttonPrimaryBackgroundColor?: string;
                        buttonPrimaryTextColor?: string;
                        buttonSecondaryBackgroundColor?: string;
                        buttonSecondaryTextColor?: string;
                        buttonDeleteBackgroundColor?: string;
                        buttonDeleteTextColor?: string;
                        logoBackgroundColor?: string;
                        topBarBackgroundColor?: string;
                        topBarNavigationColor?: string;
                        topBarTitleColor?: string;
                        navigationBackgroundColor?: string;
                        navigationItemBorderColor?: string;
                        navigationLinkBackground?: string;
                        navigationLinkBackgroundHover?: string;
                        navigationLinkBackgroundActive?: string;
                        navigationLinkForeground?: string;
                        navigationLinkForegroundHover?: string;
                        navigationLinkForegroundActive?: string;
                        navigationIconSize?: string;
                        navigationLabelSize?: string;
                        navigationWidth?: string;
                        contextBackgroundColor?: string;
                        cardHeaderColor?: string;
                        cardBackground?: string;
                        cardMenuBackground?: string;
                        cardMenuLinkColor?: string;
                        tableHeaderBackground?: string;
                        tableHeaderForeground?: string;
                        tableBodyBackground?: string;
                        tableBodyForeground?: string;
                        componentsBorderColor?: string;
                        documentationUrl?: string;
                        logo?: string;
                        favicon?: string;
                    };
                };
            };
        };
    };
    getOrganizationsIdentityProviders: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        id: number;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
    };
    postOrganizationsIdentityProviders: {
        parameters: {
        };
        /** @description Kept and given back as it is */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getOrganizationsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    putOrganizationsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        /** @description Kept and given back as it is */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    deleteOrganizationsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchOrganizationsIdentityProvidersById: {
        parameters: {
            path: {
                /** @description Id */
                id: number;
            };
        };
        /** @description Kept and given back as it is */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getOrganizationsMe: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    putOrganizationsMe: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    postOrganizationsMeSecret: {
        parameters: {
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecretReplacement"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Secret"];
                };
            };
        };
    };
    deleteOrganizationsMeSecretPrevious: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getOrganizationsPasswordPolicies: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordPolicy"];
                };
            };
        };
    };
    putOrganizationsPasswordPolicies: {
        parameters: {
        };
        /** @description What is not given stays */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordPolicy"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordPolicy"];
                };
            };
        };
    };
    deleteOrganizationsPasswordPolicies: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordPolicy"];
                };
            };
        };
    };
    getOrganizationsPrivileges: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: string;
                        name: string;
                    }[];
                };
            };
        };
    };
    getOrganizationsRoles: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"][];
                };
            };
        };
    };
    putOrganizationsRoles: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": ({
                    id: number;
                    name?: string;
                    description?: string;
                    active?: boolean;
                    privileges?: ({
                        key: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                })[];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"][];
                };
            };
        };
    };
    putOrganizationsRolesReset: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"][];
                };
            };
        };
    };
    getOrganizationsRolesById: {
        parameters: {
            path: {
                /** @description Id of the role */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    putOrganizationsRolesById: {
        parameters: {
            path: {
                /** @description Id of the role */
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    getOrganizationsUsers: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description So many are left out before the first page */
                offset?: string;
                /** @description CEQL, such as name = 'x' */
                where?: string;
                /** @description Such as name desc */
                orderBy?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
        };
    };
    postOrganizationsUsers: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    getOrganizationsUsersByIdOrEmail: {
        parameters: {
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    putOrganizationsUsersByIdOrEmail: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        /** @description What is not given stays; passwords go in headers */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    deleteOrganizationsUsersByIdOrEmail: {
        parameters: {
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchOrganizationsUsersByIdOrEmail: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        /** @description What is not given stays; passwords go in headers */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    getOrganizationsByOrganizationIdAccounts: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description So many are left out before the first page */
                offset?: string;
                /** @description CEQL, such as name = 'x' */
                where?: string;
                /** @description Such as name desc */
                orderBy?: string;
            };
            path: {
                organizationId: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"][];
                };
            };
        };
    };
    getOrganizationsByOrganizationIdAccountsById: {
        parameters: {
            path: {
                organizationId: number;
                /** @description Id of the account */
                id: number;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description Key of a hub */
                hub?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description Tags that the connected account had; all of them */
                "tags[]"?: string | string[];
                /** @description success or failed */
                status?: string;
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
                /** @description GET, POST and so on */
                "methods[]"?: string | string[];
                /** @description Part of the path */
                path?: string;
                /** @description HTTP status of the reply, such as 404, or a class, such as 5xx */
                statusCode?: string;
                /** @description true: calls of connected accounts; false: those of the platform's own paths */
                elementApi?: string;
                /** @description Part of the path, the request id, the name of the element or what a failure said */
                searchText?: string;
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 100 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description So many calls are left out first */
                pageOffset?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"][];
                };
            };
        };
    };
    getUsageAnalyticsActivity: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        timestamp: string;
                        count: number;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
    };
    getUsageAnalyticsActivityElementInstances: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        usage: ({
                            /** @description As long as it is connected */
                            instanceName?: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
        };
    };
    getUsageAnalyticsActivityElementInstancesCreatedCount: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        instancesCreatedCount: number;
                    };
                };
            };
        };
    };
    getUsageAnalyticsActivityElements: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        timestamp: string;
                        count: number;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
    };
    getUsageAnalyticsActivityFormulaInstances: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        usage: ({
                            /** @description As long as it is connected */
                            instanceName?: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
        };
    };
    getUsageAnalyticsActivityFormulaInstancesCreatedCount: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        instancesCreatedCount: number;
                    };
                };
            };
        };
    };
    getUsageAnalyticsStatuses: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        timestamp: string;
                        count: number;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
    };
    getUsageAnalyticsTimes: {
        parameters: {
            query?: {
                /** @description ISO 8601 date or time, such as 2026-11-25T10:00:00Z */
                from?: string;
                /** @description ISO 8601 date or time */
                to?: string;
                /** @description year, quarter, month, week, day (the default), hour, minute or second */
                interval?: string;
                /** @description Keys of elements */
                "keys[]"?: string | string[];
                /** @description The same */
                "elementKeys[]"?: string | string[];
                /** @description Ids of connected accounts */
                "instanceIds[]"?: string | string[];
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        timestamp: string;
                        count: number;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
    };
    getUsageLimits: {
        parameters: {
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
        };
    };
    getUsageByRequestId: {
        parameters: {
            path: {
                requestId: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description At most 1000; 200 by default */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
                /** @description So many are left out before the first page */
                offset?: string;
                /** @description CEQL, such as name = 'x' */
                where?: string;
                /** @description Such as name desc */
                orderBy?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
        };
    };
    getUsersByIdOrEmail: {
        parameters: {
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    putUsersByIdOrEmail: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        /** @description What is not given stays; passwords go in headers */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    deleteUsersByIdOrEmail: {
        parameters: {
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    patchUsersByIdOrEmail: {
        parameters: {
            query?: {
                /** @description true, with active: false: also deletes what belongs to it */
                permanent?: string;
            };
            header?: {
                /** @description The password in use */
                "elements-user-password"?: string;
                /** @description The new one */
                "elements-user-newpassword"?: string;
            };
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        /** @description What is not given stays; passwords go in headers */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    getUsersByIdOrEmailRoles: {
        parameters: {
            query?: {
                /** @description First page is 1 */
                page?: string;
                /** @description Rows of a page */
                pageSize?: string;
                /** @description elements-next-page-token of the page before */
                nextPage?: string;
                /** @description Only these, with commas: names or dotted paths */
                fields?: string;
            };
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"][];
                };
            };
        };
    };
    putUsersByIdOrEmailRolesByKey: {
        parameters: {
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
                /** @description Key of the role */
                key: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    deleteUsersByIdOrEmailRolesByKey: {
        parameters: {
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
                /** @description Key of the role */
                key: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    postUsersByIdOrEmailSecret: {
        parameters: {
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecretReplacement"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Secret"];
                };
            };
        };
    };
    deleteUsersByIdOrEmailSecretPrevious: {
        parameters: {
            path: {
                /** @description Id or e-mail of the user, or me */
                idOrEmail: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
}
