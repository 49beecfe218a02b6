function handler(event) {
  const request = event.request;
  const host = request.headers.host.value.toLowerCase();
  if (hosts.hasOwnProperty(host)) {
    return redirect(308, 'https://' + hosts[host] + request.uri, request.querystring);
  }
  for (let i = 0; i < redirects.length; i++) {
    const rest = restOf(redirects[i][0], request.uri);
    if (rest !== null) {
      const to = redirects[i][1].replace('*', function () { return rest; });
      return redirect(redirects[i][2], to[0] === '/' ? 'https://' + host + to : to, request.querystring);
    }
  }
  for (let i = 0; i < pages.length; i++) {
    if (new RegExp(pages[i][0]).test(request.uri)) {
      if (pages[i][1] && request.uri.slice(request.uri.lastIndexOf('/')).indexOf('.') < 0) {
        request.uri = pages[i][1];
      }
      return request;
    }
  }
  return request;
}
function restOf(from, uri) {
  if (from[from.length - 1] !== '*') {
    return from === uri ? '' : null;
  }
  const prefix = from.slice(0, -1);
  return uri.indexOf(prefix) === 0 ? uri.slice(prefix.length) : null;
}
function redirect(status, location, querystring) {
  const query = [];
  for (const name in querystring) {
    const values = querystring[name].multiValue || [querystring[name]];
    for (let i = 0; i < values.length; i++) {
      query.push(values[i].value === '' ? name : name + '=' + values[i].value);
    }
  }
  if (query.length > 0) {
    location += (location.indexOf('?') < 0 ? '?' : '&') + query.join('&');
  }
  return { statusCode: status, statusDescription: 'Redirect', headers: { location: { value: location } } };
}
