// The CMS asks a public server for its words in a language, and whether it is the newest. Here it is
// given the words that lie beside it, and an empty answer to all but the git host.
const own = window.fetch;
const json = { headers: { "Content-Type": "application/json" } };
const empty = () => Promise.resolve(new Response("{}", json));
const words = {{ words|tojson }};
window.fetch = (input, options) => {
  const address = new URL(input instanceof Request ? input.url : input, location.href);
  const asked = /\/locales\/(\w+)(?:-\w+)?\.json$/.exec(address.pathname);
  if (["blob:", "data:"].includes(address.protocol)) return own(input, options);
  if (address.origin === location.origin || address.origin === {{ git_host|tojson }}) return own(input, options);
  return asked && words.includes(asked[1]) ? own(asked[1] + ".json") : empty();
};
