/** The live view as one HTML page that loads nothing else. */
import { createHash } from "node:crypto"
import { live } from "./live.ts"
import { style } from "./style.ts"

const script = `(${live.toString()})()`

const hash = (content: string): string => `'sha256-${createHash("sha256").update(content).digest("base64")}'`

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Embedded Linxio</title>
<style>${style}</style>
</head>
<body>
<h1>Embedded Linxio</h1>
<p><a href="/docs">Contract</a> · <a href="/openapi.json">openapi.json</a> · <span id="counts"></span> <strong id="connection" role="status"></strong></p>
<p>
<button id="expire" title="All access tokens issued so far are expired">Expire now</button>
<button id="revoke" title="All sessions opened so far have ended">Revoke sessions</button>
<button id="lose" title="The next request is processed, but its answer is lost">Lose the next answer</button>
<button id="clear" title="Ends all faults and removes the queued ones">Clear faults</button>
</p>
<h2>Accounts</h2>
<table>
<thead><tr><th>Account</th><th>Flags</th><th>Sessions</th><th></th></tr></thead>
<tbody id="accounts"></tbody>
</table>
<h2>Timeline</h2>
<pre id="timeline"></pre>
<script>${script}</script>
</body>
</html>
`

/** The page and its content security policy: it may run its own script and call its own server, and nothing else. */
export const livePage = {
  html,
  policy: `default-src 'none'; connect-src 'self'; img-src data:; script-src ${hash(script)}; style-src ${hash(style)}; frame-ancestors 'none'`
}
