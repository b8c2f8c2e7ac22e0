/** The command line does not say what to do; the message does. */
export class UsageError extends Error {}

export const help = `ligand <command>

  ligand login [--url URL] [--email E-MAIL]            asks for the password, or takes it from LIGAND_PASSWORD
  ligand elements list [--json]                        the elements that you can use
  ligand elements import <file|folder|-> … [--update] [--dry-run] [--json]
                                                       elements as Cloud Elements exported them, OpenAPI, Swagger, WSDL and OData documents
  ligand elements export <key or id> [--out FILE]      the definition, as it was imported
  ligand elements remove <key or id>

Options of all commands:
  --url URL   the server; else LIGAND_URL, else where you logged in, else http://127.0.0.1:8080
  --help      this text

Secrets come from LIGAND_USER_SECRET and LIGAND_ORGANIZATION_SECRET, else from the login.
The exit status is 0 when all went well, 1 when something failed, 2 when the command was not understood.`;
